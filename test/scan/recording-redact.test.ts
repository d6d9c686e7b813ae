import fc from "fast-check";
import { expect, test } from "vitest";
import type { Framing, HidPosLayout } from "../../src/model/device.ts";
import { hexOf, type Piece } from "../../src/scan/recording.ts";
import { redacted } from "../../src/scan/recording-redact.ts";

/** Marked like dye. */
const card = "778067305918246ZQ7xW9518";
const key = new Uint8Array(32).fill(7);
const ascii = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const textOf = (pieces: readonly Piece[]) =>
	Buffer.concat(pieces.map(({ bytes }) => bytes)).toString("latin1");
const said = (...texts: (string | Uint8Array)[]): Piece[] =>
	texts.map((text, index) => ({
		atMs: index * 1_000,
		from: "scanner",
		bytes: typeof text === "string" ? ascii(text) : text,
	}));

const marks: Framing = { by: "marks", start: [], ends: [[13, 10], [13]], settleMs: 0 };
const ssi: Framing = { by: "ssi", types: {}, setup: [], answerMs: 100, tries: 1, gapMs: 200 };
const layout: HidPosLayout = { reportId: 2, length: 1, aim: 2, data: 5, mostData: 56, codeId: 61, more: 63 };
const hidPos: Framing = { by: "hid-pos", layout: "descriptor", fallback: layout, gapMs: 500 };
const ibm: Framing = { by: "ibm-oem", trailers: {} };
const keys: Framing = { by: "keys", keyboard: "us", ends: [13], gapMs: 50 };
const kept = { codeIds: null, prefixes: ["77"] };

function hide(pieces: readonly Piece[], framing: Framing): Piece[] {
	return redacted(pieces, { framing, ...kept }, key);
}

/** A packet of a scanner whose checksum is `damage` off. */
function packet(opcode: number, status: number, data: string, damage = 0): Uint8Array {
	const bytes = [4 + data.length, opcode, 0, status, ...ascii(data)];
	const sum = damage - bytes.reduce((sum, byte) => sum + byte, 0);
	return Uint8Array.of(...bytes, sum >> 8, sum);
}
const sumOf = (packet: Uint8Array) =>
	new DataView(packet.buffer).getUint16(packet.length - 2) +
	packet.subarray(0, -2).reduce((sum, byte) => sum + byte, 0);

function report(data: string, more = 0): Uint8Array {
	const bytes = new Uint8Array(64);
	bytes.set([2, data.length, ...ascii("]Q1"), ...ascii(data)]);
	bytes[61] = 0x73;
	bytes[63] = more;
	return bytes;
}

function ibmReport(data: Uint8Array, trailer: readonly number[]): Uint8Array {
	const bytes = new Uint8Array(64);
	bytes.set([4 + data.length + trailer.length, 0x10, 3, 0, ...data, ...trailer]);
	return bytes;
}

test("marks, AIM identifiers and the brand's prefix stay, and every other letter and digit is another", () => {
	const text = textOf(hide(said(`]C0${card}\r\n`, "]d14601=-21;a\r"), marks));
	expect(text).toMatch(/^\]C077[0-9]{13}[A-Z]{2}[0-9][a-z][A-Z][0-9]{4}\r\n\]d1[0-9]{4}=-[0-9]{2};[a-z]\r$/);
	expect(text).not.toContain(card.slice(2, 12));
	expect(text).not.toContain(card.slice(15, 21));
});

test("a read is hidden the same wherever it was cut into pieces, and is the same again when it is repeated", () => {
	const whole = textOf(hide(said(`]C0${card}\r]C0${card}\r`), marks));
	const [one, other] = whole.split("\r");
	expect(one).toBe(other);
	const anyCuts = fc.array(fc.nat(whole.length), { maxLength: 6 });
	fc.assert(
		fc.property(anyCuts, (cuts) => {
			const text = `]C0${card}\r]C0${card}\r`;
			const at = [0, ...cuts.toSorted((one, other) => one - other), text.length];
			const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
			const together = said(...pieces).map((piece) => ({ ...piece, atMs: 0 }));
			expect(textOf(hide(together, marks))).toBe(whole);
		}),
	);
});

test("what one read tells says nothing of another: a digit has no fixed substitute", () => {
	const known = "01234567890123456789";
	const texts = textOf(hide(said(`${known}\r`, `${known}x\r`), marks)).split("\r");
	expect(texts[0]).not.toBe(texts[1]?.slice(0, -1));
	const substitutes = new Set([...(texts[0] ?? "")].filter((_, index) => known[index] === "7"));
	expect(substitutes.size).toBe(2);
});

test("a picture of a code becomes zeros up to the pause behind it", () => {
	for (const start of ["\xff\xd8\xff", "\x89PNG", "II*\0", "MM\0*", "BM1234\0\0\0\0", "\x16\xfe"]) {
		const text = textOf(hide(said(`]C0${card}\r${start}${card}\r`, `]C0${card}\r`), marks));
		expect(text).toMatch(/^\]C0[^\0]{24}\r\0+\]C0[^\0]{24}\r$/);
	}
	expect(textOf(hide(said(`(${"-".repeat(8_192)}`), marks))).toMatch(/^\0+$/);
});

test("with reads told apart by silence the identifiers behind a pause stay", () => {
	const text = textOf(hide(said(`]C0${card}`, `]Q1${card}`), { by: "silence", gapMs: 50 }));
	expect(text).toMatch(/^\]C077\w{22}\]Q177\w{22}$/);
	expect(text).not.toContain(card.slice(2, 12));
});

test("an SSI packet keeps its header, its type and how good its checksum is", () => {
	const sent = [
		packet(0xf3, 0, `\x1c${card}`),
		packet(0xf3, 1, `\x1c${card}`),
		packet(0xf3, 2, `\x03${card}`, 5),
	];
	const [first, again, damaged] = hide(said(...sent), ssi).map(({ bytes }) => bytes);
	for (const [index, bytes] of [first, again, damaged].entries()) {
		expect(bytes?.slice(0, 5)).toEqual(sent[index]?.slice(0, 5));
		expect(textOf(said(bytes ?? ""))).not.toContain(card.slice(2, 12));
	}
	expect(again?.slice(4, -2)).toEqual(first?.slice(4, -2));
	expect([first, again, damaged].map((bytes) => bytes && sumOf(bytes) & 0xffff)).toEqual([0, 0, 5]);
});

test("SSI acknowledgements stay; raw text in their place and pictures do not", () => {
	const ack = Uint8Array.of(4, 0xd0, 0, 0, 0xff, 0x2c);
	const picture = [packet(0xb1, 2, `0123456789${card}`), packet(0xb1, 0, card)];
	const bytes = hide(said(ack, `${card}\r`, ...picture, card.repeat(9)), ssi).map(({ bytes }) => bytes);
	expect(bytes[0]).toEqual(ack);
	expect(textOf(said(bytes[1] ?? ""))).toMatch(/^[0-9]{15}[A-Z]{2}[0-9][a-z]\w{5}\r$/);
	expect(textOf(said(bytes[2]?.slice(4, -2) ?? "", bytes[3]?.slice(4, -2) ?? ""))).toMatch(
		/^0123456789\0{48}$/,
	);
	for (const piece of bytes) expect(textOf(said(piece))).not.toContain(card.slice(2, 12));
});

test("a HID POS report keeps all but its data, and loses what an earlier one left behind it", () => {
	const stale = report(card, 1);
	stale[1] = 3;
	for (const [index, { bytes }] of hide(said(report(card, 1), stale), hidPos).entries()) {
		const places = [0, 1, 2, 3, 4, 61, 62, 63];
		const before = [report(card, 1), stale][index];
		expect(places.map((place) => bytes[place])).toEqual(places.map((place) => before?.[place]));
		expect(textOf(said(bytes))).not.toMatch(/8067305918246|ZQ7xW9/);
	}
	expect(textOf(hide(said(`\x09${card}`), hidPos))).not.toMatch(/8067305918246|ZQ7xW9/);
});

test("an IBM label keeps its head and its trailer, also in figures", () => {
	const long = ibmReport(ascii(card), [0, 0x33, 0x0b]);
	const raw = Uint8Array.of(9, 4, 6, 0, 1, 3, 8, 1, 3, 3, 3, 9, 3);
	const [label, product, shifted] = hide(said(long, ibmReport(raw, [0x16]), Uint8Array.of(0, ...long)), {
		by: "ibm-oem",
		trailers: {},
	}).map(({ bytes }) => bytes);
	expect(hexOf(label?.slice(0, 4) ?? ascii(""))).toBe("1f100300");
	expect(hexOf(label?.slice(28) ?? ascii(""))).toBe(`00330b${"00".repeat(33)}`);
	expect(shifted).toEqual(Uint8Array.of(0, ...(label ?? [])));
	expect([...(product?.slice(4, 17) ?? [])].every((digit) => digit <= 9)).toBe(true);
	expect(product?.slice(4, 17)).not.toEqual(raw);
	expect(product?.[17]).toBe(0x16);
	expect(textOf(said(label ?? ""))).not.toMatch(/8067305918246|ZQ7xW9/);
});

test("no letter and no digit of any noise stays where a card could be, in any language", () => {
	const languages: readonly Framing[] = [marks, { by: "silence", gapMs: 50 }, ssi, hidPos, ibm, keys];
	const noise = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 });
	fc.assert(
		fc.property(fc.constantFrom(...languages), noise, (framing, before) => {
			const pieces = hide([...said(...before), ...said(`${card}`)], framing);
			expect(textOf(pieces)).not.toMatch(/8067305918246|ZQ7xW9/);
			expect(pieces.map(({ bytes }) => bytes.length)).toEqual([...before.map(({ length }) => length), 24]);
		}),
	);
});

test("what the host wrote stays, and names fall away", () => {
	const trigger = { atMs: 0, from: "host", bytes: ascii("\x16T\r"), names: ["16 54 0D trigger"] } as const;
	expect(hide([trigger], marks)).toEqual([{ atMs: 0, from: "host", bytes: ascii("\x16T\r") }]);
});
