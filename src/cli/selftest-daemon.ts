import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connectPos, type PosClient } from "../client/pos-client.ts";
import type { Clock } from "../model/clock.ts";
import { root } from "./config-option.ts";

/** The daemon of a till, and how to leave it. */
export type Daemon = { readonly client: PosClient; leave(): Promise<void> };

/** A technician may need an hour for sixty-four scanners. */
const mostRunMs = 3_600_000;

/** A daemon waits for no server before it is ready for more than its deadlines, ms. */
const mostStartMs = 60_000;

/** Connects to the daemon that runs; undefined when none does. Rejects when whoever is there does not let us in. */
export async function runningDaemon(path: string): Promise<Daemon | undefined> {
	try {
		const client = await connectPos(path, { callMs: mostRunMs });
		return { client, leave: () => client.close() };
	} catch (error) {
		if (isAway(error)) return undefined;
		throw error;
	}
}

/** Starts a daemon of these settings for the time of a test. Resolves with its last words when it does not start. */
export async function startedDaemon(config: string, path: string, clock: Clock): Promise<Daemon | string> {
	const child = spawn(process.execPath, [join(root, "src/cli.ts"), "run", "--config", config], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = once(child, "exit");
	let last = "-";
	const ready = new Promise<boolean>((resolve) => {
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on("line", (line) => {
				if (isReady(line)) resolve(true);
				else if (line.trim() !== "") last = line;
			});
		}
		void ended.then(() => resolve(false));
	});
	const stop = async () => {
		if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
		await ended;
	};
	const over = new AbortController();
	const late = clock.sleep(mostStartMs, over.signal).then(
		() => false,
		() => false,
	);
	const isUp = await Promise.race([ready, late]);
	over.abort("decided");
	const running = isUp ? await runningDaemon(path) : undefined;
	if (running === undefined) {
		await stop();
		return last;
	}
	return {
		client: running.client,
		leave: async () => {
			await running.leave();
			await stop();
		},
	};
}

/** The daemon's log has a JSON object in each line. */
function isReady(line: string): boolean {
	try {
		return JSON.parse(line).msg === "ready";
	} catch {
		return false;
	}
}

function isAway(error: unknown): boolean {
	return error instanceof Error && "code" in error && ["ENOENT", "ECONNREFUSED"].includes(String(error.code));
}
