import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Journal, openJournal } from "../../src/journal/journal.ts";
import type { Clock } from "../../src/model/clock.ts";
import { folderSettings, intentOf } from "./intents.ts";

/** A clock that stands until a test moves it. */
export function handClock(at = Date.parse("2026-03-01T10:00:00Z")): Clock & { at: number } {
	const clock = { at, now: () => clock.at, sleep: () => Promise.resolve() };
	return clock;
}

/** A real folder that is gone after the test. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "kassad-journal-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** An open journal that is closed after the test. */
export function opened(folder = temporaryFolder(), clock: Clock = handClock()): Journal {
	const journal = openJournal(folderSettings(folder), clock);
	onTestFinished(() => journal.close());
	return journal;
}

/** Begins the payment of order `name`; most other facts derive from the name. */
export function begun(journal: Journal, name: string) {
	const result = journal.begin(intentOf(name));
	if (result.kind !== "begun") throw new TypeError(`${name} was begun before`);
	return result.operation;
}

/** Every file of a folder with its bytes. */
export function contents(folder: string): Map<string, Buffer> {
	return new Map(
		readdirSync(folder)
			.sort()
			.map((name) => [name, readFileSync(join(folder, name))]),
	);
}
