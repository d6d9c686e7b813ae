import fc from "fast-check";
import { Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { honeywellPictures } from "../../drivers/scanners/pictures-honeywell.ts";
import { magellanPictures } from "../../drivers/scanners/pictures-magellan.ts";
import type { LineFraming } from "../../src/scan/framing.ts";
import { cutFrames } from "../../src/scan/framing.ts";
import { type Shipping, shipped$ } from "../../src/scan/ship.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const lines: LineFraming = { by: "marks", start: [], ends: [[0x0d]], settleMs: 0 };
const ascii = (text: string) => Buffer.from(text, "latin1");
const jpeg = (...middle: number[]) => Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...middle, 0xff, 0xd9]);

/** As the scanner answers IMGSHP: SYN FE, length, CR, header, GS, picture. */
function honeywell(picture: Uint8Array, start = [0x16, 0xfe], lengthEnd = 0x0d, headerEnd = 0x1d): Buffer {
	const body = Buffer.concat([ascii("IMGSHP2P6F"), Buffer.from([headerEnd]), picture]);
	const length = Buffer.alloc(4);
	length.writeUInt32LE(body.length);
	return Buffer.concat([Buffer.from(start), length, Buffer.from([lengthEnd]), body]);
}

function magellan(picture: Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(picture.length);
	return Buffer.concat([Buffer.from([0x06]), length, picture]);
}

/** A scanner and what is heard of it. */
function plugged(shipping: Shipping["shipping"], mostBytes = 10_000) {
	const bytes$ = new Subject<Uint8Array>();
	const asked$ = new Subject<void>();
	const heard: string[] = [];
	const port = { bytes$, write: async () => undefined };
	const listening = shipped$({ shipping, mostBytes, asked$ }, port, (ear) =>
		ear.bytes$.pipe(cutFrames(lines, 100)),
	).subscribe({
		next: (cut) => {
			if (cut.kind === "frame") heard.push(Buffer.from(cut.bytes).toString("latin1"));
			else if (cut.kind === "discarded") heard.push(`${cut.why} ${cut.length}`);
			else heard.push(`${cut.picture.form} ${Buffer.from(cut.picture.bytes).toString("hex")}`);
		},
		complete: () => heard.push("end"),
	});
	const say = (...pieces: (string | Uint8Array)[]) => {
		for (const piece of pieces) bytes$.next(typeof piece === "string" ? ascii(piece) : piece);
	};
	return { say, heard, ask: () => asked$.next(), end: () => bytes$.complete(), listening };
}

describe("Honeywell", () => {
	test("a picture between two reads is a picture, and no echo is a read", () => {
		const { say, heard } = plugged(honeywellPictures);
		say("one\r", "IMGSNP0P\x06;", honeywell(jpeg(1, 2)), "IMGSHP2P6F\x06!", "two\r");
		expect(heard).toEqual(["one", "jpeg ffd8ffe00102ffd9", "two"]);
	});

	test("bytes of a picture that look like a read's end or another start are the picture's", () => {
		const { say, heard } = plugged(honeywellPictures);
		const inner = [0x0d, ...honeywell(jpeg(1)), 0x0d];
		say(honeywell(jpeg(...inner)), "next\r");
		expect(heard).toEqual([`jpeg ${jpeg(...inner).toString("hex")}`, "next"]);
	});

	test("what is no picture is told by its length alone", () => {
		const { say, heard } = plugged(honeywellPictures);
		say(honeywell(ascii("hello")), "next\r");
		expect(heard).toEqual(["not-a-read 23", "next"]);
	});

	test("raw pixels are known by the dimensions that they fit", () => {
		const { say, heard } = plugged(honeywellPictures, 100_000);
		say(honeywell(new Uint8Array(320 * 240)));
		expect(heard.map((cut) => cut.slice(0, 6))).toEqual(["grey 0"]);
	});

	test("an answer of another form than the guides' is a picture when the settings say so", () => {
		const form = { start: [0x02, 0x49, 0x01], lengthEnd: 0x0a, headerEnd: 0x1e };
		const { say, heard } = plugged({ ...honeywellPictures, ...form, rawSizes: [[2, 3]], doubtMs: 500 });
		say(honeywell(jpeg(1, 2), form.start, form.lengthEnd, form.headerEnd), "one\r");
		say(honeywell(new Uint8Array(6), form.start, form.lengthEnd, form.headerEnd), "\x02");
		vi.advanceTimersByTime(499);
		say("I\x01");
		vi.advanceTimersByTime(500);
		say("\r", honeywell(jpeg(1)).subarray(0, 6));
		expect(heard).toEqual(["jpeg ffd8ffe00102ffd9", "one", "grey 000000000000", "\x02I\x01"]);
	});

	test("reads that begin like an echo or a picture are reads, at the latest after a short pause", () => {
		const { say, heard } = plugged(honeywellPictures);
		for (const read of [
			"IMG",
			"IMGSHP",
			"IIMG1;2",
			"\x16",
			"\x16\xfe",
			"\x16\xfe\x01\0\0\0",
			"IM\x06!",
			"I",
		]) {
			say(`${read}\r`);
			// The end of a read may be a byte of a length: the doubt ends by itself.
			vi.advanceTimersByTime(60);
			expect(heard.pop()).toBe(read);
		}
	});

	test("a picture that claims more than the most is not waited for", () => {
		const { say, heard } = plugged(honeywellPictures, 100);
		say(honeywell(new Uint8Array(1_000).fill(0x41)), "\r", "next\r");
		expect(heard.at(-1)).toBe("next");
		expect(heard.some((cut) => cut.startsWith("not-a-read"))).toBe(false);
	});

	test("a picture that stops is unfinished after a pause, and the next read is whole", () => {
		const { say, heard } = plugged(honeywellPictures);
		say(honeywell(jpeg(...new Array(100).fill(7))).subarray(0, 60));
		vi.advanceTimersByTime(1_999);
		expect(heard).toEqual([]);
		vi.advanceTimersByTime(1);
		say("next\r");
		expect(heard).toEqual(["unfinished 60", "next"]);
	});

	test("a doubt ends after a short pause", () => {
		const { say, heard } = plugged(honeywellPictures);
		say("\x16");
		vi.advanceTimersByTime(60);
		say("\xfe\r");
		expect(heard).toEqual(["\x16\xfe"]);
	});

	test("half a picture is told when the port is gone, and nothing is left running", () => {
		const { say, heard, end } = plugged(honeywellPictures);
		say("one\r", honeywell(jpeg(1, 2)).subarray(0, 20));
		end();
		expect(heard).toEqual(["one", "unfinished 20", "end"]);
		expect(vi.getTimerCount()).toBe(0);
	});

	test("who stops listening leaves no timer", () => {
		const { say, listening } = plugged(honeywellPictures);
		say("\x16\xfe");
		expect(vi.getTimerCount()).toBe(1);
		listening.unsubscribe();
		expect(vi.getTimerCount()).toBe(0);
	});
});

describe("Magellan", () => {
	test("it is asked in its own words, and its answer is a picture", () => {
		const { ask, say, heard } = plugged(magellanPictures);
		ask();
		say("one\r", magellan(jpeg(3)), "two\r");
		expect(Buffer.from(magellanPictures.request).toString("hex")).toBe("500470304242");
		expect(heard).toEqual(["one", "jpeg ffd8ffe003ffd9", "two"]);
	});

	test("asked again before its answer has come it is believed twice, and not a third time", () => {
		const { ask, say, heard } = plugged(magellanPictures);
		ask();
		say(magellan(jpeg(1)).subarray(0, 7));
		ask();
		say(magellan(jpeg(1)).subarray(7), magellan(jpeg(2)), "\x06one\r");
		expect(heard).toEqual(["jpeg ffd8ffe001ffd9", "jpeg ffd8ffe002ffd9", "\x06one"]);
	});

	test("a refusal and a failure are told, and what follows is ordinary", () => {
		const { ask, say, heard } = plugged(magellanPictures);
		ask();
		say("\x07", "one\r");
		ask();
		say(magellan(new Uint8Array(0)), "\x06two\r");
		expect(heard).toEqual(["not-a-read 1", "one", "not-a-read 5", "\x06two"]);
	});

	test("an answer that was not asked for, or that is too late, is none", () => {
		const { ask, say, heard } = plugged(magellanPictures);
		say(magellan(ascii("AB")), "\r");
		ask();
		vi.advanceTimersByTime(10_000);
		say("\x07C\r");
		expect(heard).toEqual(["\x06\0\0\0\x02AB", "\x07C"]);
	});
});

test("pictures over SSI are the business of its own language", () => {
	const { say, heard } = plugged({ by: "ssi" });
	say("\x16\xfe\r");
	expect(heard).toEqual(["\x16\xfe"]);
});

/** Reads, pictures, echoes and things that nearly are. */
const part = fc.oneof(
	fc
		.constantFrom("one\r", "IMG\r", "IMGSHP\x06!", "IMGSNP0P\x06;", "I", "IM", "\x16", "\x16\xfe", "\r")
		.map(ascii),
	fc.array(fc.nat(255), { maxLength: 20 }).map((middle) => honeywell(jpeg(...middle))),
	fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
);

function hear(whole: Buffer, places: readonly number[], shipping: Shipping["shipping"]): string[] {
	const { ask, say, heard, end } = plugged(shipping, 200);
	ask();
	const at = [0, ...places.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b);
	say(...at.slice(1).map((to, index) => Uint8Array.from(whole.subarray(at[index], to))));
	end();
	return heard;
}

test("however the bytes are cut into pieces, the same is heard", () => {
	const shippings = fc.constantFrom(honeywellPictures, magellanPictures);
	fc.assert(
		fc.property(fc.array(part), fc.array(fc.nat()), shippings, (parts, places, shipping) => {
			const whole = Buffer.concat(parts);
			expect(hear(whole, places, shipping)).toEqual(hear(whole, [], shipping));
		}),
		{ numRuns: 1_000 },
	);
});

test("noise makes no picture, and what is held stays bounded", () => {
	const { say, heard } = plugged(honeywellPictures, 4_096);
	let state = 1;
	for (let piece = 0; piece < 200; piece += 1) {
		const noise = new Uint8Array(10_000);
		for (let at = 0; at < noise.length; at += 1) {
			state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
			noise[at] = state >>> 16;
		}
		say(noise);
	}
	expect(heard.filter((cut) => /^(jpeg|bmp|tiff|png|grey) /.test(cut))).toEqual([]);
	say("\r", "next\r");
	expect(heard.at(-1)).toBe("next");
});
