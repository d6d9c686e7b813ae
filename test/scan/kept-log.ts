import type { Log } from "../../src/model/log.ts";

/** A log that keeps its lines as text. */
export function keptLog() {
	const lines: string[] = [];
	const write = (facts: object, message: string) => void lines.push(`${message} ${JSON.stringify(facts)}`);
	const log: Log = { trace: write, debug: write, info: write, warn: write, error: write };
	return { log, lines };
}
