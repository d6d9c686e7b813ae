import type { Daemon } from "../../hardware-mocks/demo/daemon.ts";

export type LogLine = Readonly<Record<string, unknown>>;

/** The first line that the daemon has logged, or logs from now on, with this message and these facts. */
export function logLine(daemon: Daemon, msg: string, facts: LogLine = {}): Promise<LogLine> {
	const wanted = Object.entries({ ...facts, msg });
	const found = () => linesOf(daemon).find((line) => wanted.every(([name, value]) => line[name] === value));
	return new Promise((resolve) => {
		const look = () => {
			const line = found();
			if (line === undefined) return;
			daemon.process.stdout?.off("data", look);
			resolve(line);
		};
		// Behind the daemon's own reader, which has taken the lines out of the same bytes by then.
		daemon.process.stdout?.on("data", look);
		look();
	});
}

/** The lines that tell the steps of an operation, in their order. */
export function stepLines(daemon: Daemon, operation: string): LogLine[] {
	return linesOf(daemon).filter((line) => line.operation === operation && line.step !== undefined);
}

function linesOf({ log }: Daemon): LogLine[] {
	return log.filter((line) => line.startsWith("{")).map((line): LogLine => JSON.parse(line));
}
