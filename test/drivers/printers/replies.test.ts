import fc from "fast-check";
import { expect, test } from "vitest";
import { replyListener } from "../../../drivers/printers/replies.ts";
import type { PrinterReply } from "../../../src/model/printer.ts";

const [xon, xoff] = [0x11, 0x13];

const heard = (...bytes: number[]) => replyListener()(Uint8Array.from(bytes));
const words = (replies: readonly PrinterReply[]) =>
	replies.map((reply) =>
		"byte" in reply
			? `${reply.kind} ${reply.byte.toString(16)}`
			: `${reply.kind} ${Buffer.from(reply.bytes).toString("hex")}`,
	);
const kinds = (...bytes: number[]) => words(heard(...bytes));

/** Bytes that replies are made of, and any others. */
const bytes = fc
	.array(
		fc.oneof(
			fc.constantFrom(0x12, 0x16, 0x10, 0x14, 0x00, 0x0f, 0x37, 0x22, 0x5f, 0x3d, 0x41, xon, xoff),
			fc.nat(255),
		),
		{ maxLength: 250 },
	)
	.map((sent) => Uint8Array.from(sent));

test("a real-time answer and a queued one are told apart", () => {
	expect(kinds(0x12, 0x00, 0x16, 0x0f)).toEqual(["real-time 12", "queued 0", "real-time 16", "queued f"]);
});

test("an automatic status is one reply, and its bytes are no answers", () => {
	expect(kinds(0x14, 0x00, 0x00, 0x0f, 0x12)).toEqual(["automatic 1400000f", "real-time 12"]);
});

test("flow control may stand anywhere, also inside an automatic status and a block", () => {
	expect(kinds(xoff, 0x10, 0x00, xon, 0x00, xoff, 0x0c, xon, 0x00)).toEqual([
		"automatic 1000000c",
		"queued 0",
	]);
	expect(kinds(0x37, 0x22, 0x41, xoff, 0x30, xon, 0x30, 0x31, xoff, 0x00)).toEqual(["block 372241303031"]);
});

test("an automatic status that breaks off swallows no real-time answer, and its bytes prove nothing", () => {
	expect(kinds(0x10, 0x00, 0x12)).toEqual(["real-time 12"]);
	expect(kinds(0x10, 0x00, 0x00, 0x14, 0x00, 0x00, 0x00)).toEqual(["automatic 14000000"]);
});

test("an automatic status whose bytes have not all come is no reply yet", () => {
	expect(kinds(0x10, 0x00)).toEqual([]);
});

test("half a block reply is no reply yet, and the rest completes it", () => {
	const listen = replyListener();
	expect(listen(Uint8Array.of(0x37, 0x22, 0x41))).toEqual([]);
	expect(words(listen(Uint8Array.of(0x30, 0x30, 0x31, 0x00, 0x12)))).toEqual([
		"block 372241303031",
		"real-time 12",
	]);
});

test("a text is a block, also an empty one; a block without an identifier is noise before an answer", () => {
	expect(kinds(0x5f, 0x45, 0x50, 0x00, 0x5f, 0x00)).toEqual(["block 5f4550", "block 5f"]);
	expect(kinds(0x37, 0x00)).toEqual(["queued 0"]);
});

test("noise that looks like the head of a block hides no answer behind it", () => {
	expect(kinds(0x37, 0x12, 0x12)).toEqual(["real-time 12", "real-time 12"]);
	expect(kinds(0x5f, ...Array(90).fill(0x80), 0x12)).toEqual(["real-time 12"]);
});

test("what is no reply at all is dropped", () => {
	expect(kinds(0x80, 0xff, 0x92, 0x41 | 0x80, 0x1b, 0x51)).toEqual([]);
});

test("each listener remembers for itself", () => {
	const [one, other] = [replyListener(), replyListener()];
	one(Uint8Array.of(0x10, 0x00));
	expect(words(other(Uint8Array.of(0x00)))).toEqual(["queued 0"]);
});

test("any bytes give the same replies in whatever pieces they come", () => {
	fc.assert(
		fc.property(bytes, fc.array(fc.nat(250)), (sent, places) => {
			const listen = replyListener();
			const cuts = [0, ...places.map((at) => Math.min(at, sent.length)), sent.length].sort((a, b) => a - b);
			const pieces = cuts.slice(1).map((end, at) => sent.subarray(cuts[at], end));
			expect(pieces.flatMap((piece) => words(listen(piece)))).toEqual(words(heard(...sent)));
		}),
	);
});

test("every reply has the shape of its kind", () => {
	fc.assert(
		fc.property(bytes, (sent) => {
			for (const reply of heard(...sent)) {
				if (reply.kind === "real-time") expect(reply.byte & 0x93).toBe(0x12);
				else if (reply.kind === "queued") expect(reply.byte & 0x90).toBe(0);
				else if (reply.kind === "automatic") expect(reply.bytes).toHaveLength(4);
				else expect(reply.bytes.length).toBeLessThanOrEqual(82);
			}
		}),
	);
});

test("whatever came before, an answer is heard once a listener's memory of less than a hundred bytes is full", () => {
	fc.assert(
		fc.property(bytes, (noise) => {
			const listen = replyListener();
			listen(noise);
			// The bytes FFh belong to no reply; they only can be inside a block that does not end.
			listen(new Uint8Array(82).fill(0xff));
			expect(words(listen(Uint8Array.of(0x16)))).toEqual(["real-time 16"]);
		}),
	);
});
