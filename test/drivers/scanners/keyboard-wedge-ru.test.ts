import { from } from "rxjs";
import { expect, test } from "vitest";
import { keyboardWedge } from "../../../drivers/scanners/keyboard-wedge.ts";
import { keyboardWedgeRu } from "../../../drivers/scanners/keyboard-wedge-ru.ts";
import { typedReports } from "../../../hardware-mocks/scanner/keys.ts";
import { keyReads$ } from "../../../src/scan/keys.ts";

test("a scanner set to a Russian keyboard is read as plain text", () => {
	const read = "]Q1https://a.b/c?d=1;2,3:№";
	const heard: unknown[] = [];
	const bytes$ = from(typedReports(read, { keyboard: "ru" }));
	keyReads$(keyboardWedgeRu.framing, { bytes$ }, 4_096).subscribe((cut) => heard.push(cut));
	expect(heard).toEqual([{ kind: "frame", bytes: Uint8Array.from(Buffer.from(read)) }]);
});

test("it differs from the US one in its keyboard only, and is never found by itself", () => {
	const { id, title, marks, framing, ...rest } = keyboardWedgeRu;
	expect(keyboardWedge).toMatchObject(rest);
	expect(framing).toEqual({ ...keyboardWedge.framing, keyboard: "ru" });
	expect(marks).toEqual([]);
	expect([id, title]).not.toContain(keyboardWedge.id);
});

test("the facts cannot be changed by whoever uses them", () => {
	for (const facts of [keyboardWedgeRu, keyboardWedgeRu.framing, keyboardWedgeRu.marks])
		expect(Object.isFrozen(facts)).toBe(true);
});
