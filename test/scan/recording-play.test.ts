import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { honeywellSerial } from "../../drivers/scanners/honeywell-serial.ts";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import type { Framing } from "../../src/model/device.ts";
import type { Piece, Recording } from "../../src/scan/recording.ts";
import { type Played, type PlayedDriver, played$ } from "../../src/scan/recording-play.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const piece = (atMs: number, text: string, from: Piece["from"] = "scanner"): Piece => ({
	atMs,
	from,
	bytes: new Uint8Array(Buffer.from(text)),
});

function recording(pieces: readonly Piece[], change: Partial<Recording["header"]> = {}): Recording {
	const header = { kassadRecording: 1, channel: "serial", title: "t", redacted: true, driver: "x" } as const;
	return { header: { ...header, ...change }, pieces };
}

/** Plays to the end; what came out, and how long that took. */
async function played(
	recording: Recording,
	speed: number,
	driver: PlayedDriver = serialGeneric,
): Promise<{ ms: number; all: Played[] }> {
	const all: Played[] = [];
	const start = performance.now();
	const end = new Promise<number>((resolve) => {
		played$(recording, driver, { speed, mostPictureBytes: 1_000 }).subscribe({
			next: (one) => all.push(one),
			complete: () => resolve(performance.now() - start),
		});
	});
	await vi.runAllTimersAsync();
	return { ms: await end, all };
}

const content = (text: string) => {
	const content = new Uint8Array(Buffer.from(text));
	return { content, plain: content };
};

test("reads come out with their kind, their content and the time of their last piece", async () => {
	const pieces = [
		piece(10, "]C0AB"),
		piece(15, "12\r"),
		piece(400, "STOP", "host"),
		piece(700, "]Q1x\rrest"),
	];
	const { all } = await played(recording(pieces), 1);
	expect(all).toEqual([
		{ kind: "read", atMs: 15, symbology: "code128", ...content("AB12") },
		{ kind: "read", atMs: 700, symbology: "qr", ...content("x") },
		{ kind: "discarded", atMs: 700, length: 4, why: "unfinished" },
	]);
});

test("what the header says of language and identifiers goes before the driver's word", async () => {
	const framing: Framing = { by: "marks", start: [], ends: [[0x21]], settleMs: 0 };
	const { all } = await played(recording([piece(0, "]C0AB!")], { framing, aim: false }), 1);
	expect(all).toEqual([{ kind: "read", atMs: 0, symbology: "unknown", ...content("]C0AB") }]);
});

test("a recording lasts as long as it did, and shorter at a higher speed", async () => {
	const pieces = [piece(0, "a\r"), piece(60_000, "b\r")];
	const [slow, fast] = [await played(recording(pieces), 1), await played(recording(pieces), 100)];
	expect(slow.all).toEqual(fast.all);
	expect(slow.ms).toBe(60_020);
	expect(fast.ms).toBe(620);
});

test("at no speed does a pause that ends a read stop to end it, nor does a shorter one begin to", async () => {
	const framing: Framing = { by: "silence", gapMs: 50 };
	const pieces = [piece(0, "a"), piece(40, "b"), piece(5_000, "c"), piece(5_060, "d")];
	for (const speed of [1, 10, 1_000]) {
		const { all } = await played(recording(pieces, { framing, aim: false }), speed);
		expect(all.map((one) => one.kind === "read" && Buffer.from(one.content).toString())).toEqual([
			"ab",
			"c",
			"d",
		]);
	}
});

/** As a Honeywell sends a picture: SYN FE, the length of what is behind CR, a header, GS, the picture. */
function shipped(picture: Uint8Array): Uint8Array {
	const body = Buffer.concat([Buffer.from("IMGSHP2P6F\x1d"), picture]);
	const length = Buffer.alloc(4);
	length.writeUInt32LE(body.length);
	return Uint8Array.from(Buffer.concat([Buffer.from([0x16, 0xfe]), length, Buffer.from([0x0d]), body]));
}

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0x0d, 0x0a, 0xff, 0xd9]);
const bytePiece = (atMs: number, bytes: Uint8Array): Piece => ({ atMs, from: "scanner", bytes });

test("a picture between two reads is a picture and no read, at any speed", async () => {
	const pieces = [piece(0, "]C0AB\r"), bytePiece(5_000, shipped(jpeg)), piece(5_010, "]C0CD\r")];
	for (const speed of [1, 1_000]) {
		const { all } = await played(recording(pieces), speed, honeywellSerial);
		expect(all).toEqual([
			{ kind: "read", atMs: 0, symbology: "code128", ...content("AB") },
			{ kind: "picture", atMs: 5_000, picture: { form: "jpeg", bytes: jpeg } },
			{ kind: "read", atMs: 5_010, symbology: "code128", ...content("CD") },
		]);
	}
});

test("a picture that stops is unfinished at any speed, and a larger one than may be is none", async () => {
	const half = [bytePiece(0, shipped(jpeg).subarray(0, 20)), piece(60_000, "]C0CD\r")];
	for (const speed of [1, 1_000]) {
		const { all } = await played(recording(half), speed, honeywellSerial);
		expect(all.map((one) => one.kind)).toEqual(["discarded", "read"]);
	}
	const large = [bytePiece(0, shipped(Uint8Array.from([...jpeg, ...Array(2_000).fill(0x41)])))];
	const { all } = await played(recording(large), 1, honeywellSerial);
	expect(all.filter(({ kind }) => kind === "picture")).toEqual([]);
});

test("a recording of another channel is refused", () => {
	const playing = { speed: 1, mostPictureBytes: 1_000 };
	expect(() => played$(recording([], { channel: "hid" }), serialGeneric, playing)).toThrow(
		"serial-generic is a serial scanner, the recording is not",
	);
});
