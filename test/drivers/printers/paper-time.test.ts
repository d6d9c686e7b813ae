import fc from "fast-check";
import { expect, test } from "vitest";
import { paperMs } from "../../../drivers/printers/paper-time.ts";
import type { Block } from "../../../src/model/block.ts";
import { line, model } from "./facts.ts";

/** 203 dots in 25.4 mm at 25.4 mm a second are a second; 1000 ms are for a start. */
const slow = model({ slowestMmPerSecond: 25.4 });
const dotsOf = (block: Block, facts = slow) =>
	Math.round(((paperMs(block, facts) - 1_000) / 1_000) * facts.dpi);

test("a line takes a sixth of an inch, one of twice the size or length twice as much", () => {
	expect(dotsOf([])).toBe(0);
	expect(dotsOf([line("a")])).toBe(34);
	expect(dotsOf([line("a", { size: 2 })])).toBe(68);
	expect(dotsOf([line("a".repeat(49))])).toBe(68);
});

test("symbols and pictures take their height", () => {
	// Version 1 is 21 modules of 6 dots.
	expect(dotsOf([{ kind: "symbol", symbol: "qr", data: "1" }])).toBe(126);
	const picture = { width: 8, height: 100, dots: new Uint8Array(800) };
	expect(dotsOf([{ kind: "picture", picture, align: "left" }])).toBe(100);
	// 96 characters that no Code 128 of this width holds are two lines.
	expect(dotsOf([{ kind: "symbol", symbol: "code128", data: "a".repeat(96) }])).toBe(68);
});

test("a cut takes a second and the way to the blade, and none where there is no blade", () => {
	const fast = (cut: "partial" | "none") =>
		paperMs([{ kind: "cut" }], model({ cut, slowestMmPerSecond: 1_000 }));
	// 20 mm at 1000 mm/s, the cut, the start.
	expect(fast("partial")).toBe(2_020);
	expect(fast("none")).toBe(1_000 + Math.ceil((4 * 2 * 34 * 25.4) / 203));
});

test("a longer block never takes less time, and the time is whole ms", () => {
	const lines = fc.array(
		fc.oneof(
			fc.string().map((text) => line(text)),
			fc.record({ kind: fc.constant("feed" as const), lines: fc.nat(9) }),
		),
	);
	fc.assert(
		fc.property(lines, lines, (head, tail) => {
			const [part, whole] = [paperMs(head, slow), paperMs([...head, ...tail], slow)];
			expect(whole).toBeGreaterThanOrEqual(part);
			expect(Number.isInteger(whole)).toBe(true);
		}),
	);
});
