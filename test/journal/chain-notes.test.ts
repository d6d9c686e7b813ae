import { expect, test } from "vitest";
import { ChainNotes } from "../../src/journal/chain-notes.ts";

const note = (row: number, deed: "written" | "erased" = "written", part = "prints") => ({ part, row, deed });

test("the last note of each row is taken, in the order in which the rows were first touched, and once", () => {
	const notes = new ChainNotes();
	for (const one of [note(1), note(2), note(1, "written", "shifts"), note(1, "erased")]) notes.add(one);
	expect(notes.take()).toEqual([note(1, "erased"), note(2), note(1, "written", "shifts")]);
	expect([notes.take(), notes.isEmpty]).toEqual([[], true]);
});

test("notes that were forgotten are not taken", () => {
	const notes = new ChainNotes();
	notes.add(note(1));
	notes.forget();
	notes.add(note(2));
	expect(notes.take()).toEqual([note(2)]);
});
