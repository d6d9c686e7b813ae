import fc from "fast-check";
import { expect, test } from "vitest";
import { type Line, LineCutter } from "../../src/pos/lines.ts";

const cut = (mostBytes: number, ...chunks: (string | number[])[]): Line[] => {
	const cutter = new LineCutter(mostBytes);
	return chunks.flatMap((chunk) => [...cutter.push(Buffer.from(chunk as string))]);
};
const text = (line: string): Line => ({ kind: "text", text: line });

test("empty lines are no lines, between chunks too", () => {
	expect(cut(10, "\n\n\na\n\n", "\nb", "\n\n", "\nc\n")).toEqual([text("a"), text("b"), text("c")]);
	expect(cut(10, "\n".repeat(65_536))).toEqual([]);
});

test("whole lines come out however the bytes are cut into chunks", () => {
	const anyLine = fc
		.string({ unit: "grapheme" })
		.filter((line) => !line.includes("\n") && line.isWellFormed());
	fc.assert(
		fc.property(fc.array(anyLine), fc.array(fc.nat(2_000)), (lines, cuts) => {
			const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
			const borders = [
				0,
				...cuts.map((at) => Math.min(at, bytes.length)).sort((a, b) => a - b),
				bytes.length,
			];
			const cutter = new LineCutter(100_000);
			const found = borders.slice(1).flatMap((end, at) => [...cutter.push(bytes.subarray(borders[at], end))]);
			expect(found).toEqual(lines.filter((line) => line !== "").map(text));
			expect(cutter.heldBytes).toBe(0);
		}),
	);
});

test("an unfinished line is no line", () => {
	expect(cut(10, "ab")).toEqual([]);
	expect(cut(10, "ab\ncd")).toEqual([text("ab")]);
});

test("a line of exactly the most bytes passes, whole or in pieces, and one byte more does not", () => {
	expect(cut(4, "abcd\n")).toEqual([text("abcd")]);
	expect(cut(4, "ab", "cd", "\n")).toEqual([text("abcd")]);
	expect(cut(4, "abcde\n")).toEqual([{ kind: "too-long" }]);
	expect(cut(4, "abcde")).toEqual([{ kind: "too-long" }]);
	expect(cut(4, "abcd", "e\n")).toEqual([{ kind: "too-long" }]);
});

test("nothing follows a line that is too long", () => {
	expect(cut(4, "ab\ncdefgh\nij\n")).toEqual([text("ab"), { kind: "too-long" }]);
});

test("bytes that are not UTF-8 make one unreadable line, and the next one is read", () => {
	expect(cut(10, [0xff, 0x0a, 0x61, 0x0a])).toEqual([{ kind: "not-utf8" }, text("a")]);
	// A character cut in two by the chunks is whole again; an overlong slash and half a surrogate are none.
	expect(cut(10, [0xd1], [0x8f, 0x0a])).toEqual([text("я")]);
	expect(cut(10, [0xc0, 0xaf, 0x0a])).toEqual([{ kind: "not-utf8" }]);
	expect(cut(10, [0xed, 0xa0, 0x80, 0x0a])).toEqual([{ kind: "not-utf8" }]);
});

test("no more than the most bytes are ever held", () => {
	const chunk = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
	fc.assert(
		fc.property(fc.array(chunk), fc.integer({ min: 1, max: 500 }), (chunks, mostBytes) => {
			const cutter = new LineCutter(mostBytes);
			for (const bytes of chunks) {
				for (const line of cutter.push(bytes)) {
					if (line.kind === "text") expect(Buffer.byteLength(line.text)).toBeLessThanOrEqual(mostBytes);
				}
				expect(cutter.heldBytes).toBeLessThanOrEqual(mostBytes);
			}
		}),
	);
});
