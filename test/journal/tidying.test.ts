import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { intentOf, refused } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const turns = async () => {
	for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
};

/** A journal whose clock waits until a test lets it go on. */
function busyJournal() {
	const waits: (() => void)[] = [];
	const sleep = () => new Promise<void>((resolve) => waits.push(resolve));
	const folder = temporaryFolder();
	const journal = opened(folder, Object.assign(handClock(), { sleep }));
	const logBytes = () => statSync(join(folder, "journal.db-wal")).size;
	return { journal, waits, logBytes };
}

test("when all is done the write-ahead log is emptied", async () => {
	const { journal, logBytes, waits } = busyJournal();
	begun(journal, "a");
	journal.finish("operation a", refused, { eventBody: {} });
	await turns();
	// What tidying itself writes last.
	const tidied = logBytes();
	begun(journal, "b");
	expect(logBytes()).toBeGreaterThan(tidied);
	journal.finish("operation b", refused, { eventBody: {} });
	await turns();
	expect(logBytes()).toBe(tidied);
	expect(waits).toEqual([]);
});

test("while another till is busy it waits for that, and no longer than its patience", async () => {
	const { journal, logBytes, waits } = busyJournal();
	const at = (name: string, terminal: string) => {
		const intent = intentOf(name);
		journal.begin({ ...intent, operation: { ...intent.operation, terminal } });
	};
	at("a", "till-1");
	at("b", "till-2");
	journal.finish("operation a", refused, { eventBody: {} });
	await turns();
	const busy = logBytes();
	at("c", "till-1");
	journal.finish("operation c", refused, { eventBody: {} });
	await turns();
	expect(logBytes()).toBeGreaterThan(busy);
	expect(waits).toHaveLength(1);
	waits[0]?.();
	await turns();
	expect(logBytes()).toBeLessThan(busy);
	expect(journal.inProgress("till-2")).toBe("operation b");
});
