import { from } from "rxjs";
import { expect, test } from "vitest";
import { keyboardWedge } from "../../../drivers/scanners/keyboard-wedge.ts";
import { typedReports } from "../../../hardware-mocks/scanner/keys.ts";
import { keyReads$ } from "../../../src/scan/keys.ts";

test.each(["\r", "\t"])("reads that end with %j come apart, GS inside them", (end) => {
	const reads = ["]C10104607112345678\x1d21Abc", "]Q3 https://a.b/?q=1"];
	const bytes$ = from(reads.flatMap((read) => typedReports(read, {}, end)));
	const heard: string[] = [];
	keyReads$(keyboardWedge.framing, { bytes$ }, 4_096).subscribe((cut) => {
		heard.push(cut.kind === "frame" ? Buffer.from(cut.bytes).toString() : cut.kind);
	});
	expect(heard).toEqual(reads);
});

test("it claims keyboards of scanner makers and no other", () => {
	expect(keyboardWedge.marks.length).toBeGreaterThan(0);
	for (const mark of keyboardWedge.marks)
		expect(mark).toEqual({
			vendorId: expect.stringMatching(/^[0-9a-f]{4}$/),
			usagePage: 0x01,
			usage: 0x06,
		});
});

test("the facts cannot be changed by whoever uses them", () => {
	const { marks, framing, greeting, deeds } = keyboardWedge;
	for (const facts of [keyboardWedge, marks, ...marks, framing, framing.ends, greeting, deeds])
		expect(Object.isFrozen(facts)).toBe(true);
});
