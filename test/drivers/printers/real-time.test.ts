import fc from "fast-check";
import { expect, test } from "vitest";
import { holdsRealTime, withoutRealTime } from "../../../drivers/printers/real-time.ts";

/** Bytes in which DLE and what follows it are as frequent as all others together. */
const bytes = fc.array(fc.oneof(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x18), fc.nat(255)), {
	maxLength: 300,
});

test.each([
	[[0x10, 0x04, 0x01], true], // DLE EOT 1
	[[0x00, 0x10, 0x05, 0x02], true], // DLE ENQ 2
	[[0x10, 0x14, 0x01, 0x00, 0x01], true], // DLE DC4 1: the drawer
	[[0x10, 0x10, 0x04], true],
	[[0x10, 0x00, 0x04], false],
	[[0x04, 0x10], false],
	[[], false],
] as const)("%j is or is not a request", (sent, is) => {
	expect(holdsRealTime(Uint8Array.from(sent))).toBe(is);
});

test("only the DLE of a request is changed, by one dot more", () => {
	const data = Uint8Array.of(0x10, 0x04, 0x10, 0x00, 0x10, 0x10, 0x14, 0x05);
	expect([...withoutRealTime(data)]).toEqual([0x18, 0x04, 0x10, 0x00, 0x10, 0x18, 0x14, 0x05]);
});

test("no data holds a request afterwards, and no dot is lost", () => {
	fc.assert(
		fc.property(bytes, (data) => {
			const before = Uint8Array.from(data);
			const after = withoutRealTime(before);
			expect(holdsRealTime(after)).toBe(false);
			expect(after.map((byte, at) => byte & (before[at] ?? 0))).toEqual(before);
		}),
	);
});
