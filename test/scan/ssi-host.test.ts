import { Subject } from "rxjs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { zebraSsi } from "../../drivers/scanners/zebra-ssi.ts";
import { ssiReads$ } from "../../src/scan/ssi.ts";
import { codePackets, openConversation, packets, scannerPacket, told } from "./ssi-kit.ts";

const ack = scannerPacket(0xd0, 0, []);
const nak = (cause: number) => scannerPacket(0xd1, 0, [cause]);
const code = codePackets(0x1c, [0x41])[0] ?? [];
const raw = [...Buffer.from("4601234567893\r")];
const packetsOnAgain = "07c60401ffee01fd40";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const open = () => openConversation(zebraSsi.framing);

test("the scanner is set up one parameter at a time, each when the one before is answered, then enabled", () => {
	const scanner = open();
	expect(scanner.written()).toEqual([packets.packetsOn]);
	scanner.say(ack);
	expect(scanner.written()).toEqual([packets.handshakeOn]);
	scanner.say(ack);
	expect(scanner.written()).toEqual([packets.codeIdsOff]);
	scanner.say(ack);
	expect(scanner.written()).toEqual([packets.enable]);
	scanner.say(ack, ack);
	vi.advanceTimersByTime(60_000);
	expect(scanner.written()).toEqual([]);
	expect(vi.getTimerCount()).toBe(0);
});

test("what is not answered is sent again as a repeat, three times in all, and then the scanner is left alone", () => {
	const scanner = open();
	for (const sent of [packets.packetsOn, packetsOnAgain, packetsOnAgain]) {
		expect(scanner.written()).toEqual([sent]);
		vi.advanceTimersByTime(2_000);
	}
	vi.advanceTimersByTime(60_000);
	expect(scanner.written()).toEqual([]);
	expect(scanner.heard).toEqual([]);
});

test("what the scanner asks for again is repeated at once, but not for ever", () => {
	const scanner = open();
	for (let times = 0; times < 10; times += 1) scanner.say(nak(1));
	expect(scanner.written()).toEqual([packets.packetsOn, packetsOnAgain, packetsOnAgain]);
});

test.each([2, 6])("a parameter refused with cause %i is passed over", (cause) => {
	const scanner = open();
	scanner.say(ack, nak(cause), nak(cause), ack);
	expect(scanner.written()).toEqual([
		packets.packetsOn,
		packets.handshakeOn,
		packets.codeIdsOff,
		packets.enable,
	]);
});

test("a code that comes while an answer is waited for is heard, and answers nothing", () => {
	const scanner = open();
	scanner.say(code);
	expect(scanner.heard).toEqual(["qr: A"]);
	expect(scanner.written()).toEqual([packets.packetsOn, packets.ack]);
	vi.advanceTimersByTime(2_000);
	expect(scanner.written()).toEqual([packetsOnAgain]);
});

test("a repeat is known even if an answer came between", () => {
	const scanner = open();
	scanner.say(code, ack, scannerPacket(0xf3, 1, [0x1c, 0x41]));
	expect(scanner.heard).toEqual(["qr: A"]);
});

test("a scanner that forgot its set-up and sends raw text is set up again", () => {
	const scanner = open();
	scanner.say(ack, ack, ack, ack);
	scanner.written();
	scanner.say(raw);
	vi.advanceTimersByTime(200);
	expect(scanner.written()).toEqual([packets.resend]);
	vi.advanceTimersByTime(2_000);
	expect(scanner.written()).toEqual([packets.packetsOn]);
	expect(scanner.heard).toEqual(["unfinished: 14"]);
});

test("a scanner that repeats a damaged packet is not set up again", () => {
	const scanner = open();
	scanner.say(ack, ack, ack, ack);
	scanner.written();
	scanner.say(code.with(5, 0x40));
	vi.advanceTimersByTime(200);
	scanner.say(scannerPacket(0xf3, 1, [0x1c, 0x41]));
	vi.advanceTimersByTime(60_000);
	expect(scanner.written()).toEqual([packets.resend, packets.ack]);
});

test("numbers of parameters from 256 on take a byte more", () => {
	const setup = [[0x14e, 1] as const, [0x3ff, 2] as const, [0x501, 3] as const, [0xf5, 4] as const];
	const scanner = openConversation({ ...zebraSsi.framing, setup });
	scanner.say(ack, ack, ack, ack);
	const sent = scanner.written().map((packet) => packet.slice(10, -4));
	expect(sent).toEqual(["f04e01", "f2ff02", "f8050103", "f800f504", ""]);
});

test("a line that takes no writes loses no reads and gathers no answers", async () => {
	const bytes$ = new Subject<Uint8Array>();
	const heard: string[] = [];
	const write = vi.fn(() => Promise.reject(new TypeError("gone")));
	const reading = ssiReads$(zebraSsi.framing, { bytes$, write }, 100).subscribe((cut) => {
		heard.push(told(cut));
	});
	for (let times = 0; times < 1_000; times += 1) bytes$.next(Uint8Array.from(code));
	expect(heard).toHaveLength(1_000);
	expect(write.mock.calls.length).toBeLessThan(100);
	await vi.advanceTimersByTimeAsync(0);
	bytes$.next(Uint8Array.from(code));
	expect(heard).toHaveLength(1_001);
	reading.unsubscribe();
	expect(vi.getTimerCount()).toBe(0);
});
