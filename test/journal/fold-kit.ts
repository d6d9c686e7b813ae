import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { handClock } from "./kit.ts";

/** Bytes. */
export const page = 4_096;

/** Lets the event loop go round once. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A clock whose sleeps end when a test says that a second has passed. */
export function secondsByHand() {
	let waits: (() => void)[] = [];
	const sleep = (_: number, signal?: AbortSignal) =>
		new Promise<void>((resolve, reject) => {
			waits.push(resolve);
			signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
		});
	const second = async () => {
		const due = waits;
		waits = [];
		for (const wake of due) wake();
		await turn();
	};
	return { clock: Object.assign(handClock(), { sleep }), second };
}

/** A look at the log from outside, as a report tool has it. */
export function gauge(folder: string) {
	const path = join(folder, "journal.db");
	return () => {
		const file = new DatabaseSync(path, { readOnly: true });
		const found = file.prepare("PRAGMA wal_checkpoint(NOOP)").get();
		file.close();
		const { log, checkpointed } = found as { log: number; checkpointed: number };
		return { log, checkpointed, bytes: statSync(`${path}-wal`).size };
	};
}
