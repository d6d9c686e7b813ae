import { expect, test } from "vitest";
import { dataMatrix } from "../../../../drivers/printers/symbols/datamatrix.ts";

test("a card's number is these bytes and no others", () => {
	expect(Buffer.from(dataMatrix("9990001234", 576)?.bytes ?? []).toString("hex")).toBe(
		[
			"1d286b 0500 36 42 30 00 00", // GS ( k, cn 36h, function 66: square, of the size that it takes
			"1d286b 0300 36 43 06", // function 67: modules of 6 dots
			"1d286b 0d00 36 50 30", // function 80: 13 bytes follow
			Buffer.from("9990001234").toString("hex"),
			"1d286b 0300 36 51 30", // function 81: print
		]
			.join("")
			.replaceAll(" ", ""),
	);
});

test("letters above 7Fh take two codewords, and what has no place is no symbol", () => {
	// 144 codewords are 44 modules and 4 of quiet zone.
	expect(dataMatrix("x".repeat(144), 48 * 3)).toBeDefined();
	expect(dataMatrix("x".repeat(145), 48 * 3)).toBeUndefined();
	expect(dataMatrix("ы".repeat(36), 48 * 3)).toBeDefined();
	expect(dataMatrix("ы".repeat(37), 48 * 3)).toBeUndefined();
	expect(dataMatrix("x".repeat(1_559), 9_999)).toBeUndefined();
});
