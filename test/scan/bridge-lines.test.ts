import fc from "fast-check";
import { expect, test } from "vitest";
import { bridgeLines } from "../../src/scan/bridge-lines.ts";

/** What is heard of chunks, where a line may have `most` bytes. */
function heard(most: number, chunks: readonly Uint8Array[]) {
	const lines: string[] = [];
	let tooLong = 0;
	const push = bridgeLines(
		most,
		(line) => lines.push(line),
		() => {
			tooLong += 1;
		},
	);
	for (const chunk of chunks) {
		if (tooLong > 0) break;
		push(Buffer.from(chunk));
	}
	return { lines, tooLong };
}

const bytes = (text: string) => Buffer.from(text);

test("lines end at line feeds, and what follows the last one is not a line yet", () => {
	expect(heard(10, [bytes("a\nбв\n\nc")])).toEqual({ lines: ["a", "бв", ""], tooLong: 0 });
});

test("however the bytes are cut into chunks, the lines are the same", () => {
	fc.assert(
		fc.property(
			fc.array(fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replaceAll("\n", ""))),
			fc.array(fc.nat({ max: 200 })),
			(lines, cuts) => {
				const all = bytes(lines.map((line) => `${line}\n`).join(""));
				const places = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
				const chunks = places.slice(1).map((end, index) => all.subarray(places[index], end));
				expect(heard(1_024, chunks)).toEqual({ lines, tooLong: 0 });
			},
		),
	);
});

test("a line may have as many bytes as allowed, and one more is too long, finished or not", () => {
	expect(heard(3, [bytes("ab"), bytes("c\n")])).toEqual({ lines: ["abc"], tooLong: 0 });
	expect(heard(3, [bytes("x\nabcd\ny\n")])).toEqual({ lines: ["x"], tooLong: 1 });
	expect(heard(3, [bytes("ab"), bytes("cd")])).toEqual({ lines: [], tooLong: 1 });
});
