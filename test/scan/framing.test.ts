import fc from "fast-check";
import { concat, from, NEVER, Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LineCut } from "../../src/scan/cutter.ts";
import { cutFrames, type LineFraming } from "../../src/scan/framing.ts";

const [stx, etx, lf, cr] = [0x02, 0x03, 0x0a, 0x0d];
const byEnds = (...ends: number[][]): LineFraming => ({ by: "marks", start: [], ends, settleMs: 0 });
const lines = byEnds([cr], [cr, lf], [lf]);
const stxEtx: LineFraming = { by: "marks", start: [stx], ends: [[etx], [etx, cr]], settleMs: 0 };
const settled: LineFraming = { by: "marks", start: [], ends: [[cr], [cr, lf]], settleMs: 40 };
const silence: LineFraming = { by: "silence", gapMs: 50 };

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

/** A cut as a test reads it: the text of a frame, or why and how many bytes were discarded. */
const shown = (cut: LineCut) =>
	cut.kind === "frame" ? Buffer.from(cut.bytes).toString("latin1") : `${cut.why}: ${cut.length}`;

/** What comes of the pieces, and of the end of the port after the last. */
function cuts(framing: LineFraming, pieces: readonly Uint8Array[], mostBytes = 100): string[] {
	const all: string[] = [];
	from(pieces)
		.pipe(cutFrames(framing, mostBytes))
		.subscribe((cut) => all.push(shown(cut)));
	return all;
}

/** What comes of the pieces while the port stays open. */
function cutsSoFar(framing: LineFraming, ...texts: string[]): string[] {
	const all: string[] = [];
	concat(from(texts.map(bytes)), NEVER)
		.pipe(cutFrames(framing, 100))
		.subscribe((cut) => all.push(shown(cut)));
	return all;
}

test("a read comes out as soon as its mark is there, whichever of the marks it is", () => {
	expect(cutsSoFar(lines, "one\rtwo\r\nthree\nfour")).toEqual(["one", "two", "three"]);
});

test("LF that comes in a later piece than its CR makes no read of its own", () => {
	expect(cutsSoFar(lines, "one\r", "\ntwo\r", "\n")).toEqual(["one", "two"]);
});

test("LF behind CR belongs to CR LF even when LF alone ends nothing", () => {
	expect(cutsSoFar(byEnds([cr], [cr, lf]), "one\r", "\ntwo\r", "x\nthree\r")).toEqual([
		"one",
		"two",
		"x\nthree",
	]);
});

test("the longest mark that fits is taken off", () => {
	expect(cutsSoFar(byEnds([lf], [cr, lf]), "one\r\ntwo\n")).toEqual(["one", "two"]);
});

test("a mark whose longer form does not come after all leaves the next read whole", () => {
	expect(cutsSoFar(byEnds([cr], [cr, 0x58, 0x59]), "one\rXZ\r")).toEqual(["one", "XZ"]);
});

test("a mark does not begin inside the mark before", () => {
	expect(cutsSoFar(byEnds([0x41, 0x42], [0x42, 0x43]), "1AB", "C2AB")).toEqual(["1", "C2"]);
});

test("CR, LF and GS inside STX and ETX are content", () => {
	expect(cutsSoFar(stxEtx, "\x02a\r\nb\x1dc\x03")).toEqual(["a\r\nb\x1dc"]);
});

test("bytes in front of STX are discarded, but for the rest of a longer end mark", () => {
	expect(cutsSoFar(stxEtx, "noise\x02one\x03", "\r\x02two\x03\r\n\x02three\x03")).toEqual([
		"between-frames: 5",
		"one",
		"two",
		"between-frames: 1",
		"three",
	]);
});

test("half a read is discarded when the port is gone", () => {
	expect(cuts(lines, [bytes("one\rtw")])).toEqual(["one", "unfinished: 2"]);
	expect(cuts(stxEtx, [bytes("\x02on")])).toEqual(["unfinished: 2"]);
	expect(cuts(stxEtx, [bytes("on")])).toEqual(["between-frames: 2"]);
	expect(cuts(silence, [bytes("one")])).toEqual(["unfinished: 3"]);
});

test("nothing of one subscription is left for the next", () => {
	const port = new Subject<Uint8Array>();
	const frame$ = port.pipe(cutFrames(lines, 100));
	const all: string[] = [];
	frame$.subscribe().unsubscribe();
	const first = frame$.subscribe((cut) => all.push(shown(cut)));
	port.next(bytes("half"));
	first.unsubscribe();
	frame$.subscribe((cut) => all.push(shown(cut)));
	port.next(bytes("whole\r"));
	expect(all).toEqual(["whole"]);
});

test("a read of just the longest length is whole, one byte more is too long, and the next is whole again", () => {
	const pieces = [bytes(`${"a".repeat(100)}\r\n${"b".repeat(101)}\r\nnext\r\n`)];
	for (const framing of [lines, byEnds([cr, lf])]) {
		expect(cuts(framing, pieces)).toEqual(["a".repeat(100), "too-long: 101", "next"]);
	}
});

test("10 MB without a terminator are told at once and at the end, and the next read is whole", () => {
	const flood = Array.from({ length: 160 }, () => new Uint8Array(65_536).fill(0x41));
	const all = cuts(lines, [...flood, bytes("\rnext\r")], 4_096);
	expect(all.map((cut) => cut.split(":")[0])).toEqual(["too-long", "too-long", "next"]);
	const told = all.slice(0, 2).map((cut) => Number(cut.split(": ")[1]));
	expect(told[0]).toBeLessThan(4_200);
	expect(told.reduce((sum, length) => sum + length)).toBe(160 * 65_536);
});

test("10 MB without a start mark are told at once, and the read behind them is whole", () => {
	const flood = Array.from({ length: 160 }, () => new Uint8Array(65_536).fill(0x41));
	const all = cuts(stxEtx, [...flood, bytes("\x02next\x03")], 4_096);
	expect(all.map((cut) => cut.split(":")[0])).toEqual(["between-frames", "between-frames", "next"]);
});

/** Bytes that often are, or nearly are, marks. */
const unruly = fc.array(fc.constantFrom(stx, etx, lf, cr, 0x41, 0x42), { maxLength: 200 });

/** A text cut into pieces at random places. */
const pieces = (whole: readonly number[], places: readonly number[]) => {
	const at = [...places.map((place) => place % (whole.length + 1)), 0, whole.length].sort((a, b) => a - b);
	return at.slice(1).map((end, index) => Uint8Array.from(whole.slice(at[index], end)));
};

const framings = [
	lines,
	stxEtx,
	byEnds([cr, lf]),
	byEnds([cr], [cr, lf]),
	{ ...stxEtx, start: [stx, 0x41] } as LineFraming,
	{ ...lines, ends: [[0x41, 0x42], [0x42, cr], [cr]] } as LineFraming,
];

test("however the bytes are cut into pieces, the reads are the same", () => {
	fc.assert(
		fc.property(unruly, fc.array(fc.nat()), fc.constantFrom(...framings), (whole, places, framing) => {
			expect(cuts(framing, pieces(whole, places), 8)).toEqual(cuts(framing, [Uint8Array.from(whole)], 8));
		}),
		{ numRuns: 1_000 },
	);
});

test("what was joined with marks comes apart as it was, whatever the pieces", () => {
	const content = fc
		.uint8Array({ minLength: 1, maxLength: 60 })
		.map((content) => content.filter((byte) => byte !== cr && byte !== lf && byte !== etx))
		.filter(({ length }) => length > 0);
	const framed = fc.constantFrom(
		{ framing: lines, join: (one: Uint8Array) => [...one, cr, lf] },
		{ framing: lines, join: (one: Uint8Array) => [...one, cr] },
		{ framing: stxEtx, join: (one: Uint8Array) => [stx, ...one, etx] },
		{ framing: stxEtx, join: (one: Uint8Array) => [stx, ...one, etx, cr] },
	);
	fc.assert(
		fc.property(fc.array(content), framed, fc.array(fc.nat()), (contents, { framing, join }, places) => {
			expect(cuts(framing, pieces(contents.flatMap(join), places))).toEqual(
				contents.map((one) => Buffer.from(one).toString("latin1")),
			);
		}),
	);
});

test("every byte is in a read, in a mark, or told as discarded", () => {
	const count = (cut: string) => Number(/^(?:too-long|unfinished): (\d+)$/.exec(cut)?.[1] ?? cut.length);
	fc.assert(
		fc.property(unruly, fc.integer({ min: 1, max: 20 }), (whole, mostBytes) => {
			const marks = whole.filter((byte) => byte === cr || byte === lf).length;
			const all = cuts(byEnds([cr], [lf]), [Uint8Array.from(whole)], mostBytes);
			expect(all.map(count).reduce((sum, length) => sum + length, marks)).toBe(whole.length);
		}),
		{ numRuns: 1_000 },
	);
});

describe("with a pause", () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());

	/** Plays a port: texts are what it sends, numbers are ms that pass. */
	function play(framing: LineFraming, ...steps: (string | number)[]): string[] {
		const port = new Subject<Uint8Array>();
		const all: string[] = [];
		const reading = port.pipe(cutFrames(framing, 100)).subscribe((cut) => all.push(shown(cut)));
		for (const step of steps) {
			if (typeof step === "string") port.next(bytes(step));
			else vi.advanceTimersByTime(step);
		}
		reading.unsubscribe();
		expect(vi.getTimerCount()).toBe(0);
		return all;
	}

	test("a terminator that more bytes follow is content", () => {
		expect(play(settled, "@\r\nANSI \r", 39, "more\r\n", 39)).toEqual([]);
		expect(play(settled, "@\r\nANSI \r", 39, "more\r\n", 40)).toEqual(["@\r\nANSI \rmore"]);
	});

	test("a pause without a terminator ends nothing", () => {
		expect(play(settled, "half", 1_000, "whole\r", 40)).toEqual(["halfwhole"]);
	});

	test("a read whose port is gone before the pause is whole when its terminator had come", () => {
		expect(cuts(settled, [bytes("one\r\n")])).toEqual(["one"]);
		expect(cuts(settled, [bytes("one\r\ntwo")])).toEqual(["unfinished: 8"]);
	});

	test("by silence any byte is content, and the pause begins again with every piece", () => {
		expect(play(silence, "one\r", 49, "\n\x1d", 49, "\0", 50, "two", 50)).toEqual(["one\r\n\x1d\0", "two"]);
	});

	test("a read that is too long ends with the next pause", () => {
		expect(play(silence, "a".repeat(100), 50, "b".repeat(150), 50, "next", 50)).toEqual([
			"a".repeat(100),
			"too-long: 102",
			"too-long: 48",
			"next",
		]);
		expect(
			play(settled, `${"a".repeat(100)}\r\n`, 40, "b".repeat(101), 10, "\r\n", 40, "next\r", 40),
		).toEqual(["a".repeat(100), "too-long: 103", "next"]);
	});
});

test("a stall of the process is not taken for a pause of the scanner", () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const machine = vi.spyOn(performance, "now").mockReturnValue(0);
	try {
		const port = new Subject<Uint8Array>();
		const all: string[] = [];
		port.pipe(cutFrames(silence, 100)).subscribe((cut) => all.push(shown(cut)));
		port.next(bytes("one "));
		// The timer of 50 ms runs only now, in front of the bytes that came meanwhile.
		machine.mockReturnValue(500);
		vi.advanceTimersByTime(50);
		port.next(bytes("read"));
		machine.mockReturnValue(550);
		vi.advanceTimersByTime(50);
		expect(all).toEqual(["one read"]);
	} finally {
		machine.mockRestore();
		vi.useRealTimers();
	}
});
