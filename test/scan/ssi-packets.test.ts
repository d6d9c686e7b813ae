import fc from "fast-check";
import { expect, test } from "vitest";
import { hostPacket, SsiSplitter } from "../../src/scan/ssi-packets.ts";
import { bytesOf, codePackets, hex, openConversation, scannerPacket } from "./ssi-kit.ts";

const byte = fc.nat(255);
const code = fc.record({
	type: fc.constantFrom(0x03, 0x11, 0x1b, 0x1c),
	content: fc.array(byte, { minLength: 1, maxLength: 600 }),
	most: fc.integer({ min: 3, max: 250 }),
});
const codes = fc.array(code, { minLength: 1, maxLength: 5 });

const streamOf = (all: readonly { type: number; content: number[]; most: number }[]) =>
	all.flatMap(({ type, content, most }) => codePackets(type, content, most).flat());

/** All reads of a stream that comes in these pieces, as type and content in hexadecimal. */
function readsOf(stream: readonly number[], cutAt: readonly number[] = []): string[] {
	const scanner = openConversation();
	const places = [0, ...cutAt.toSorted((one, other) => one - other), stream.length];
	for (const [index, to] of places.entries()) scanner.say(stream.slice(places[index - 1] ?? 0, to));
	scanner.bytes$.complete();
	return scanner.cuts.flatMap((cut) => (cut.kind === "frame" ? [`${cut.symbology} ${hex(cut.bytes)}`] : []));
}

/** Whether the first list is the second with some left out. */
function isPartOf(some: readonly string[], all: readonly string[]): boolean {
	let from = 0;
	return some.every((one) => {
		const at = all.indexOf(one, from);
		from = at + 1;
		return at >= 0;
	});
}

test.each([
	["ACK", 0xd0, [], 0, "04 D0 04 00 FF 28"],
	["NAK", 0xd1, [1], 0, "05 D1 04 00 01 FF 25"],
	["revision", 0xa3, [], 0, "04 A3 04 00 FF 55"],
	["temporary parameters", 0xc6, [0xff, 0xee, 1, 0x9f, 1], 0, "09 C6 04 00 FF EE 01 9F 01 FC 9F"],
	["permanent parameters", 0xc6, [0xff, 0xee, 1, 0x9f, 1], 8, "09 C6 04 08 FF EE 01 9F 01 FC 97"],
])("the host's packet for %s is the one of the guide", (_name, opcode, data, status, expected) => {
	expect([...hostPacket(opcode, data, status)]).toEqual(bytesOf(expected));
});

test("all codes come out byte for byte, however the stream is cut into pieces", () => {
	fc.assert(
		fc.property(codes, fc.array(fc.nat(3_000), { maxLength: 60 }), (all, cutAt) => {
			const stream = streamOf(all);
			const types: Record<number, string> = { 3: "code128", 17: "pdf417", 27: "datamatrix", 28: "qr" };
			const expected = all.map(({ type, content }) => `${types[type]} ${hex(content)}`);
			const within = cutAt.map((at) => Math.min(at, stream.length));
			expect(readsOf(stream, within)).toEqual(expected);
		}),
	);
});

test("however a damaged stream is cut into pieces, the same reads come of it", () => {
	fc.assert(
		fc.property(codes, byte, fc.nat(1_000), fc.array(fc.nat(1_000)), (all, wrong, where, cutAt) => {
			const stream = streamOf(all);
			stream[where % stream.length] = wrong;
			const within = cutAt.map((at) => at % stream.length);
			expect(readsOf(stream, within)).toEqual(readsOf(stream));
		}),
	);
});

test("a byte that was changed, lost or added on its way never makes a wrong read", () => {
	const damage = fc.constantFrom<(stream: number[], at: number, byte: number) => number[]>(
		(stream, at, byte) => stream.with(at, ((stream[at] ?? 0) + 1 + (byte % 255)) % 256),
		(stream, at) => stream.toSpliced(at, 1),
		(stream, at, byte) => stream.toSpliced(at, 0, byte),
		(stream, at) => stream.slice(0, at),
	);
	fc.assert(
		fc.property(codes, damage, fc.nat(), byte, (all, damaged, where, byte) => {
			const stream = streamOf(all);
			expect(isPartOf(readsOf(damaged(stream, where % stream.length, byte)), readsOf(stream))).toBe(true);
		}),
		{ numRuns: 1_000 },
	);
});

test("any bytes are told in full as packets and damage, and make nothing throw", () => {
	const piece = fc.oneof(
		fc.uint8Array(),
		fc.constant(null),
		fc.uint8Array({ maxLength: 251 }).map((data) => Uint8Array.from(scannerPacket(0xf6, 0, [...data]))),
	);
	fc.assert(
		fc.property(fc.array(piece), (pieces) => {
			let told = 0;
			const splitter = new SsiSplitter(({ data }) => {
				told += data.length + 6;
			});
			for (const piece of [...pieces, null]) {
				if (piece === null) told += splitter.silence()?.length ?? 0;
				else splitter.take(piece);
			}
			expect(told).toBe(pieces.reduce((all, piece) => all + (piece?.length ?? 0), 0));
		}),
	);
});
