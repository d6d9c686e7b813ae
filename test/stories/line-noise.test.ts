import { createCipheriv } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Subject } from "rxjs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { metrologicSerial } from "../../drivers/scanners/metrologic-serial.ts";
import { zebraSsi } from "../../drivers/scanners/zebra-ssi.ts";
import type { Framing } from "../../src/model/device.ts";
import type { Cut } from "../../src/model/read.ts";
import { cutFrames } from "../../src/scan/framing.ts";
import { ssiReads$ } from "../../src/scan/ssi.ts";
import { codePackets, scannerPacket } from "../scan/ssi-kit.ts";

const mebibyte = 1_048_576;
const noiseBytes = 100 * mebibyte;
/** Seconds on a machine at rest, in ms many times as much: a busy one is no failure. */
const patience = 300_000;
const pieceBytes = 64 * 1_024;

/** What may be kept of all that. Measured are -1 to 1: a bound far below 100 and far above what V8 keeps for itself. */
const mostKept = 8 * mebibyte;

setFlagsFromString("--expose-gc");
const collectRubbish: () => void = runInNewContext("gc");

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** The same noise in every run: a stream cipher over nothing. */
function* noise(): Generator<Uint8Array> {
	const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, 7), Buffer.alloc(16));
	const nothing = Buffer.alloc(pieceBytes);
	for (let told = 0; told < noiseBytes; told += pieceBytes) yield cipher.update(nothing);
}

/** Hears the noise, and then what `say` says. */
function hear(framing: Framing, pieces: Iterable<Uint8Array>, ...then: readonly Uint8Array[]) {
	const bytes$ = new Subject<Uint8Array>();
	let cuts = 0;
	let writes = 0;
	let longest = 0;
	let last: Cut | undefined;
	const write = async () => {
		writes += 1;
	};
	const by = framing.by === "ssi" ? ssiReads$(framing, { bytes$, write }, 4_096) : undefined;
	const isLine = framing.by === "marks" || framing.by === "silence";
	const cuts$ = isLine ? bytes$.pipe(cutFrames(framing, 4_096)) : by;
	cuts$?.subscribe((cut) => {
		cuts += 1;
		last = cut;
		if (cut.kind === "frame") longest = Math.max(longest, cut.bytes.length);
	});
	const before = kept();
	for (const piece of pieces) bytes$.next(piece);
	const grown = kept() - before;
	vi.advanceTimersByTime(10_000);
	for (const bytes of then) bytes$.next(bytes);
	vi.advanceTimersByTime(1_000);
	const saw = `${cuts} cuts, ${writes} writes, longest read ${longest}, grown by ${grown} bytes`;
	return { cuts, writes, longest, last, grown, saw };
}

/**
 * What is in use, in bytes. Twice, because one collection only finds which array buffers are dead: a thread gives
 * them back behind it, on a busy machine so late that all 100 MB may still be counted. The next collection waits for
 * that thread (V8, heap/array-buffer-sweeper.cc, EnsureFinished).
 */
function kept(): number {
	collectRubbish();
	collectRubbish();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text));
const lines: readonly [string, Framing, string, string][] = [
	["marks", metrologicSerial.framing, "\r\n]C0123\r\n", "]C0123"],
	[
		"a start mark",
		{ by: "marks", start: [0x02], ends: [[0x03]], settleMs: 0 },
		"\x03\x02]C0123\x03",
		"]C0123",
	],
	[
		"a start mark that is in no noise",
		{ by: "marks", start: [...Buffer.from("<read>")], ends: [[0x03]], settleMs: 0 },
		"<read>]C0123\x03",
		"]C0123",
	],
	["silence", { by: "silence", gapMs: 50 }, "]C0123\r\n", "]C0123\r\n"],
];

test.each(lines)(
	"after 100 MB of noise on a line with %s hardly any of it is kept, and the next read is heard",
	(...line) => {
		const [, framing, sent, expected] = line;
		const { grown, longest, last, saw } = hear(framing, noise(), bytesOf(sent));
		expect(grown, saw).toBeLessThan(mostKept);
		expect(longest, saw).toBeLessThanOrEqual(4_096);
		expect(last, saw).toEqual({ kind: "frame", bytes: bytesOf(expected) });
	},
	patience,
);

const hello = Uint8Array.from(codePackets(0x1c, [0x48, 0x49]).flat());

test(
	"100 MB of noise on an SSI line make no read and few answers, and hardly any are kept",
	() => {
		const heard = hear(zebraSsi.framing, noise(), hello);
		expect(heard.grown, heard.saw).toBeLessThan(mostKept);
		expect(heard.cuts, heard.saw).toBe(2);
		expect(heard.writes, heard.saw).toBeLessThan(20);
		expect(heard.last, heard.saw).toEqual({
			kind: "frame",
			symbology: "qr",
			bytes: Uint8Array.of(0x48, 0x49),
		});
	},
	patience,
);

test(
	"a message of 100 MB of right packets that never ends is not kept",
	() => {
		const packet = Uint8Array.from(scannerPacket(0xb1, 2, Array(251).fill(0x55)));
		const many = Buffer.concat(Array(256).fill(packet));
		const pieces = Array<Uint8Array>(Math.ceil(noiseBytes / many.length)).fill(many);
		const heard = hear(zebraSsi.framing, pieces, hello);
		expect(heard.grown, heard.saw).toBeLessThan(mostKept);
		expect(heard.writes, heard.saw).toBeLessThan(100);
		expect(heard.last, heard.saw).toEqual({
			kind: "frame",
			symbology: "qr",
			bytes: Uint8Array.of(0x48, 0x49),
		});
	},
	patience,
);
