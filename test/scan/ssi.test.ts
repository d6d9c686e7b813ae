import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bytesOf, codePackets, framing, openConversation, packets, scannerPacket } from "./ssi-kit.ts";

const ack = scannerPacket(0xd0, 0, []);
const hello = bytesOf("0A F3 00 00 1C 48 45 4C 4C 4F FD 73");
const helloAgain = bytesOf("0A F3 00 01 1C 48 45 4C 4C 4F FD 72");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A scanner that is set up and has nothing to say yet. */
function openQuiet(mostBytes?: number) {
	const scanner = openConversation(framing, mostBytes);
	scanner.say(ack);
	expect(scanner.written()).toEqual([packets.enable]);
	return scanner;
}

test("codes come with the symbology of their type byte, each acknowledged once", () => {
	const scanner = openQuiet();
	scanner.say(hello);
	scanner.say(bytesOf("0B F3 00 00 03 41 42 2D 31 32 0D FD DF"));
	scanner.say(bytesOf("0F F3 00 00 1B 30 31 30 34 36 30 1D 32 31 41 FC F7"));
	scanner.say(...codePackets(0x77, [0x41]));
	expect(scanner.heard).toEqual(["qr: HELLO", "code128: AB-12\r", "datamatrix: 010460\x1d21A", "other: A"]);
	expect(scanner.written()).toEqual([packets.ack, packets.ack, packets.ack, packets.ack]);
});

test("a repeat after a lost acknowledgement is acknowledged again and comes out once", () => {
	const scanner = openQuiet();
	scanner.say(hello, helloAgain, helloAgain);
	expect(scanner.heard).toEqual(["qr: HELLO"]);
	expect(scanner.written()).toEqual([packets.ack, packets.ack, packets.ack]);
	scanner.say(hello);
	expect(scanner.heard).toEqual(["qr: HELLO", "qr: HELLO"]);
});

test("a repeat of what never arrived is a read", () => {
	const scanner = openQuiet();
	scanner.say(codePackets(0x03, [0x41])[0] ?? [], helloAgain);
	expect(scanner.heard).toEqual(["code128: A", "qr: HELLO"]);
});

test("a message in several packets is one read without the type bytes between", () => {
	const scanner = openQuiet();
	scanner.say(bytesOf("0E F3 00 02 11 40 0A 1E 0D 41 4E 53 49 20 FD 2C"));
	expect(scanner.heard).toEqual([]);
	scanner.say(bytesOf("0B F3 00 00 11 36 33 36 30 32 36 FD BA"));
	expect(scanner.heard).toEqual(["pdf417: @\n\x1e\rANSI 636026"]);
	expect(scanner.written()).toEqual([packets.ack, packets.ack]);
});

test("a repeated packet inside a message does not come twice", () => {
	const scanner = openQuiet();
	const first = scannerPacket(0xf3, 2, [0x11, 0x41]);
	scanner.say(first, scannerPacket(0xf3, 3, [0x11, 0x41]), scannerPacket(0xf3, 0, [0x11, 0x41]));
	expect(scanner.heard).toEqual(["pdf417: AA"]);
});

test("a damaged packet is asked for again once the line is silent, and its repeat is the read", () => {
	const scanner = openQuiet();
	scanner.say(hello.with(6, 0x44));
	expect(scanner.written()).toEqual([]);
	vi.advanceTimersByTime(200);
	expect(scanner.written()).toEqual([packets.resend]);
	scanner.say(helloAgain);
	expect(scanner.heard).toEqual(["checksum: 12", "qr: HELLO"]);
	expect(scanner.written()).toEqual([packets.ack]);
});

test("the same code read twice counts twice, even if the second was damaged on its way", () => {
	const scanner = openQuiet();
	scanner.say(hello, hello.with(6, 0x44));
	vi.advanceTimersByTime(200);
	scanner.say(helloAgain);
	expect(scanner.heard).toEqual(["qr: HELLO", "checksum: 12", "qr: HELLO"]);
});

test("a repeat that is damaged itself and comes once more is no second read", () => {
	const scanner = openQuiet();
	scanner.say(hello, helloAgain.with(6, 0x44));
	vi.advanceTimersByTime(200);
	scanner.say(helloAgain);
	expect(scanner.heard).toEqual(["qr: HELLO", "checksum: 12"]);
});

test("half a packet is dropped after the gap, and the next one is heard", () => {
	const scanner = openQuiet();
	scanner.say(hello.slice(0, 7));
	vi.advanceTimersByTime(199);
	scanner.say(hello.slice(7));
	expect(scanner.heard).toEqual(["qr: HELLO"]);
	scanner.say(hello.slice(0, 7));
	vi.advanceTimersByTime(200);
	scanner.say(hello);
	expect(scanner.heard).toEqual(["qr: HELLO", "unfinished: 7", "qr: HELLO"]);
});

test("a message whose rest does not come is not joined with the next read", () => {
	const scanner = openQuiet();
	scanner.say(scannerPacket(0xf3, 2, [0x1c, 0x41, 0x42]));
	vi.advanceTimersByTime(3_000);
	scanner.say(hello);
	expect(scanner.heard).toEqual(["unfinished: 2", "qr: HELLO"]);
	scanner.say(scannerPacket(0xf3, 2, [0x11, 0x41, 0x42]), hello);
	expect(scanner.heard.slice(2)).toEqual(["unfinished: 2", "qr: HELLO"]);
});

test("a code that is too long is discarded whole, and all its packets are acknowledged", () => {
	const scanner = openQuiet(16);
	scanner.say(...codePackets(0x1c, Array(17).fill(0x41), 6));
	expect(scanner.heard).toEqual(["too-long: 17"]);
	expect(scanner.written()).toEqual([packets.ack, packets.ack, packets.ack]);
	scanner.say(...codePackets(0x1c, Array(16).fill(0x41), 6));
	expect(scanner.heard[1]).toBe(`qr: ${"A".repeat(16)}`);
});

test("events are acknowledged and replies are not; an echo of the host is neither", () => {
	const scanner = openQuiet();
	scanner.say(scannerPacket(0xf6, 0, [1]));
	expect(scanner.written()).toEqual([packets.ack]);
	scanner.say(scannerPacket(0xa4, 0, [0x41]), scannerPacket(0xc6, 0, [0xff, 0xee, 1]), ack);
	scanner.say(bytesOf(packets.enable), bytesOf("0AF304001C48454C4C4FFD6F"));
	expect(scanner.written()).toEqual([]);
	expect(scanner.heard).toEqual([]);
});

test("a packet that nobody knows is acknowledged and told as no read", () => {
	const scanner = openQuiet();
	scanner.say(scannerPacket(0x99, 0, [1, 2]), scannerPacket(0xf3, 0, []), scannerPacket(0xf3, 0, [0x1c]));
	expect(scanner.heard).toEqual(["not-a-read: 2", "not-a-read: 0"]);
	expect(scanner.written()).toHaveLength(3);
});

test("a picture comes joined and without its header", () => {
	const scanner = openQuiet();
	const header = [0, 0, 0, 6, 0, 2, 0, 2, 0x31, 2];
	scanner.say(scannerPacket(0xb1, 2, [...header, 0xff, 0xd8]), scannerPacket(0xb1, 0, [0xff, 0xe0, 1, 2]));
	expect(scanner.heard).toEqual(["jpeg: ffd8ffe00102"]);
	expect(scanner.written()).toEqual([packets.ack, packets.ack]);
});

test("the end of the port ends the reads; what was half is told", () => {
	const scanner = openQuiet();
	scanner.say(scannerPacket(0xf3, 2, [0x11, 0x41]), hello.slice(0, 3));
	scanner.bytes$.complete();
	expect(scanner.heard).toEqual(["unfinished: 3", "unfinished: 1"]);
	expect(scanner.hasEnded()).toBe(true);
	expect(vi.getTimerCount()).toBe(0);
});

/** Half a message: the packet `AB` of a PDF417, with more to follow. */
const half = scannerPacket(0xf3, 2, [0x11, 0x41, 0x42]);
const rest = (status: number) => scannerPacket(0xf3, status, [0x11, 0x43]);

test("a packet of a message that came damaged is put in its place by its repeat", () => {
	const scanner = openQuiet();
	scanner.say(half, rest(0).with(5, 0x44));
	vi.advanceTimersByTime(200);
	scanner.say(rest(1));
	expect(scanner.heard).toEqual(["checksum: 8", "pdf417: ABC"]);
});

test("a message with a damaged packet that is not repeated is no read, and its end is none either", () => {
	const scanner = openQuiet();
	scanner.say(half, half.with(5, 0x44));
	vi.advanceTimersByTime(200);
	scanner.say(half, rest(0), hello);
	expect(scanner.heard).toEqual(["checksum: 9", "checksum: 5", "qr: HELLO"]);
});

test("a message whose damaged packet may have been a repeat or a neighbour's equal is no read", () => {
	const scanner = openQuiet();
	scanner.say(half, half.with(5, 0x44));
	vi.advanceTimersByTime(200);
	scanner.say(scannerPacket(0xf3, 3, [0x11, 0x41, 0x42]), rest(0));
	expect(scanner.heard).toEqual(["checksum: 9", "checksum: 5"]);
});

test("after more damage than one packet, a repeated packet may be the end of a message and is no read", () => {
	const scanner = openQuiet();
	scanner.say(Array(300).fill(0x0e));
	vi.advanceTimersByTime(200);
	scanner.say(rest(1), hello);
	expect(scanner.heard).toEqual(["checksum: 300", "checksum: 1", "qr: HELLO"]);
});

test("a message that was given up and is begun again is a read", () => {
	const scanner = openQuiet();
	scanner.say(half);
	vi.advanceTimersByTime(3_000);
	scanner.say(scannerPacket(0xf3, 3, [0x11, 0x41, 0x42]), rest(0));
	expect(scanner.heard).toEqual(["unfinished: 2", "pdf417: ABC"]);
});
