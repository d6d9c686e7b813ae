import fc from "fast-check";
import { expect, test } from "vitest";
import { type Reply, repliesIn } from "../../../drivers/printers/replies.ts";

const [xon, xoff] = [0x11, 0x13];

const kinds = (...bytes: number[]) =>
	repliesIn(Uint8Array.from(bytes)).map(({ kind, at }) => `${kind} ${at}`);

test("a real-time answer and a queued one are told apart", () => {
	expect(kinds(0x12, 0x00, 0x16, 0x0f)).toEqual(["real-time 0", "queued 1", "real-time 2", "queued 3"]);
});

test("the three bytes behind the head of an automatic status are no answers", () => {
	expect(kinds(0x14, 0x00, 0x00, 0x0f, 0x12)).toEqual(["real-time 4"]);
});

test("flow control may stand anywhere, also inside an automatic status", () => {
	expect(kinds(xoff, 0x10, 0x00, xon, 0x00, xoff, 0x0c, xon, 0x00)).toEqual(["queued 8"]);
});

test("an automatic status that breaks off swallows no real-time answer", () => {
	expect(kinds(0x10, 0x00, 0x12)).toEqual(["real-time 2"]);
});

test("an automatic status whose bytes have not all come is no answer yet", () => {
	expect(kinds(0x10, 0x00)).toEqual([]);
});

test("a block reply is read whole, without flow control in it", () => {
	const echo = [0x37, 0x22, 0x41, xoff, 0x30, xon, 0x30, 0x31, 0x00];
	expect(repliesIn(Uint8Array.from(echo))).toEqual([
		{ kind: "block", bytes: Uint8Array.of(0x37, 0x22, 0x41, 0x30, 0x30, 0x31), at: 0 },
	]);
});

test("half a block reply is no reply yet", () => {
	expect(kinds(0x37, 0x22, 0x41)).toEqual([]);
});

test("noise that looks like the head of a block hides no answer behind it", () => {
	expect(kinds(0x37, 0x12, 0x12)).toEqual(["real-time 1", "real-time 2"]);
	expect(kinds(0x5f, ...Array(90).fill(0x80), 0x12)).toEqual(["real-time 91"]);
});

test("any bytes are taken apart, in order, and in pieces as in one", () => {
	const bytes = fc.uint8Array({ maxLength: 200 });
	fc.assert(
		fc.property(bytes, bytes, (first, second) => {
			const whole = repliesIn(Uint8Array.of(...first, ...second));
			const places = whole.map(({ at }) => at);
			expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
			// What was understood of the first piece stays true when the second comes.
			const early: Reply[] = repliesIn(first);
			expect(whole.slice(0, early.length)).toEqual(early);
		}),
	);
});
