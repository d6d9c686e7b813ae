import fc from "fast-check";
import { expect, test } from "vitest";
import { holdsRealTime } from "../../../../drivers/printers/real-time.ts";
import { code128 } from "../../../../drivers/printers/symbols/code128.ts";

/** What GS k 73 is given, and its size in modules. */
const sent = (data: string, dots = 9_999) => {
	const bytes = Buffer.from(code128(data, dots)?.bytes ?? []);
	return { size: bytes[5], data: bytes.subarray(13), count: bytes[12] };
};
const hex = (data: string) => sent(data).data.toString("hex");

/** Reads `{B` and `{C` as a printer does: `{{` is a brace, and a byte of set C is two digits. */
function printed(data: Buffer): { text: string; characters: number } {
	let [text, characters, set] = ["", 0, ""];
	for (let at = 0; at < data.length; at++) {
		const [byte, next] = [data[at] ?? 0, String.fromCharCode(data[at + 1] ?? 0)];
		characters += 1;
		if (byte === 0x7b && next !== "{") set = next;
		else text += set === "C" ? String(byte).padStart(2, "0") : String.fromCharCode(byte);
		if (byte === 0x7b) at += 1;
	}
	return { text, characters };
}

test("a transaction's number is these bytes and no others", () => {
	expect(Buffer.from(code128("K-123456", 384)?.bytes ?? []).toString("hex")).toBe(
		[
			"1d 68 50", // GS h: bars of 80 dots
			"1d 77 03", // GS w: modules of 3 dots
			"1d 48 00", // GS H: no text under it
			"1d 6b 49 09", // GS k 73, 9 bytes follow
			"7b 42 4b 2d", // code set B: K -
			"7b 43 0c 22 38", // code set C: 12 34 56
		]
			.join("")
			.replaceAll(" ", ""),
	);
});

test.each([
	["12", "7b430c"], // two digits alone
	["123", "7b42313233"],
	["12345", "7b430c227b4235"], // the odd digit at the end
	["1234a", "7b430c227b4261"],
	["a1234", "7b42617b430c22"],
	["a12345", "7b4261317b43172d"], // the odd digit goes with the letter
	["a1234b", "7b4261313233" + "3462"], // two switches would cost what they save
	["a123456b", "7b42617b430c22387b4262"],
	["{", "7b427b7b"],
] as const)("%s is %s", (data, bytes) => {
	expect(hex(data)).toBe(bytes);
});

test("digits that would be DLE EOT in code set C are in code set B", () => {
	expect(holdsRealTime(Uint8Array.of(16, 4))).toBe(true);
	expect(hex("1604")).toBe("7b4231363034");
});

test("what does not fit the paper is no bar code", () => {
	// With start and check 11 modules for each character, 13 for the stop, 20 of quiet zone.
	expect(sent("ABCDEFGHIJKL", 384).size).toBe(2);
	expect(code128("ABCDEFGHIJKLM", 384)).toBeUndefined();
	expect(sent("ABCDEF", 384).size).toBe(3);
	expect(sent("ABCDEFG", 384).size).toBe(2);
	expect(sent("ABCDEFGHIJKL", 576).size).toBe(3);
});

test("only ASCII has characters in it, and 255 bytes are the most", () => {
	expect(code128("Ж", 576)).toBeUndefined();
	expect(code128("a\n", 576)).toBeUndefined();
	expect(code128("a".repeat(253), 9_999)).toBeDefined();
	expect(code128("a".repeat(254), 9_999)).toBeUndefined();
});

test("any text is read back from the bytes, never longer than in set B alone, without a request in them", () => {
	const digits = fc.string({ unit: fc.constantFrom(..."0123456789") });
	const parts = fc.array(fc.oneof(digits, fc.string({ unit: "grapheme-ascii" }), fc.constant("1604")));
	const ascii = parts.map((found) => found.join("")).filter((text) => text !== "" && text.length < 120);
	fc.assert(
		fc.property(ascii, (text) => {
			const { data, count } = sent(text);
			expect(count).toBe(data.length);
			const { text: read, characters } = printed(data);
			expect(read).toBe(text);
			expect(characters).toBeLessThanOrEqual(text.length + 1);
			expect(holdsRealTime(data)).toBe(false);
		}),
	);
});
