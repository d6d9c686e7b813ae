import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, watch } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parse } from "yaml";

/** kassad as a process of its own. */
export type Daemon = {
	readonly process: ChildProcess;
	/** Every line that it has logged. */
	readonly log: readonly string[];
	/** SIGKILL: no chance to tidy up. */
	kill(): Promise<void>;
	/** SIGTERM, and waits until it has ended. */
	stop(): Promise<void>;
};

/**
 * Starts the daemon with one configuration file.
 * Resolves when it says that it is ready. @throws with its last words when it ends before.
 */
export async function startDaemon(configFile: string, env: Record<string, string>): Promise<Daemon> {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const child = spawn(process.execPath, [program, "run", "--config", configFile], {
		env: { ...process.env, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	takeAlong(child);
	const log: string[] = [];
	const ended = once(child, "exit");
	const ready = new Promise<void>((resolve) => {
		createInterface({ input: child.stdout }).on("line", (line) => {
			log.push(line);
			if (line.includes('"msg":"ready"')) resolve();
		});
	});
	createInterface({ input: child.stderr }).on("line", (line) => log.push(line));
	const answers = saysLittle(configFile) ? listening(configFile) : ready;
	const endedEarly = ended.then(() => {
		throw new Error(`kassad ended before it was ready:\n${log.slice(-20).join("\n")}`);
	});
	await Promise.race([answers, endedEarly]);
	endedEarly.catch(() => undefined);
	const end = async (signal: NodeJS.Signals) => {
		if (child.exitCode === null && child.signalCode === null) child.kill(signal);
		await ended;
	};
	return { process: child, log, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

/** At these levels not even that it is ready is logged. */
function saysLittle(configFile: string): boolean {
	return ["warn", "error"].includes(parse(readFileSync(configFile, "utf8")).log.level);
}

/** Resolves when somebody answers at the socket, which is in the folder of the configuration. */
function listening(configFile: string): Promise<void> {
	return new Promise((resolve) => {
		const watcher = watch(dirname(configFile), (_, name) => {
			if (name !== "kassad.sock") return;
			const socket = connect(join(dirname(configFile), name), () => {
				watcher.close();
				socket.destroy();
				resolve();
			});
			socket.on("error", () => undefined);
		});
	});
}

/**
 * Lets the daemon die with this process, whatever that dies of. Left alone it would wait for its scanner, and take
 * another stage's when that gets the same name under /dev/pts.
 */
function takeAlong(daemon: ChildProcess): void {
	// Its standard input ends when this process does.
	const guard = spawn("sh", ["-c", `read -r nothing; kill -9 ${daemon.pid}`], {
		stdio: ["pipe", "ignore", "ignore"],
	});
	daemon.once("exit", () => guard.kill());
}
