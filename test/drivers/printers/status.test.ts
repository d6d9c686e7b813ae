import fc from "fast-check";
import { expect, test } from "vitest";
import { statusInquiry } from "../../../drivers/printers/status.ts";

const read = (...bytes: number[]) => statusInquiry().read(Uint8Array.from(bytes));

test("all four questions leave in one request", () => {
	expect([...statusInquiry().request]).toEqual([0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4]);
});

test("four good answers are a printer that is ready", () => {
	expect(read(0x12, 0x12, 0x12, 0x12)).toEqual({ state: "ready", paperLow: false });
});

test("a drawer whose line is high does not stop a printer", () => {
	expect(read(0x16, 0x12, 0x12, 0x12)).toEqual({ state: "ready", paperLow: false });
});

test("paper near its end does not stop a printer", () => {
	expect(read(0x12, 0x12, 0x12, 0x1e)).toEqual({ state: "ready", paperLow: true });
});

test.each([
	[
		"an open cover, though it raises paper end and offline too",
		[0x1a, 0x36, 0x12, 0x72],
		"printer-cover-open",
	],
	["no paper by the sensor", [0x12, 0x12, 0x12, 0x72], "printer-paper-out"],
	["no paper as the cause of being offline", [0x1a, 0x32, 0x12, 0x12], "printer-paper-out"],
	["a jammed cutter", [0x1a, 0x52, 0x1a, 0x12], "printer-cutter"],
	["an error that needs service", [0x1a, 0x52, 0x32, 0x12], "printer-broken"],
	["offline without a known cause", [0x1a, 0x12, 0x12, 0x12], "printer-offline"],
] as const)("%s stops the printer", (_, answers, fault) => {
	expect(read(...answers)).toEqual({ state: "stopped", fault });
});

test("fewer than four answers are no status", () => {
	expect(read(0x12, 0x12, 0x72)).toBeUndefined();
	expect(read()).toBeUndefined();
});

test("an automatic status and flow control among the answers change nothing", () => {
	expect(read(0x12, 0x13, 0x10, 0x00, 0x00, 0x0f, 0x12, 0x11, 0x12, 0x12)).toEqual({
		state: "ready",
		paperLow: false,
	});
});

test("answers from before the question answer nothing", () => {
	const received = Uint8Array.of(0x12, 0x12, 0x12, 0x12, 0x12, 0x12, 0x12, 0x72);
	expect(statusInquiry().read(received, 4)).toEqual({ state: "stopped", fault: "printer-paper-out" });
	expect(statusInquiry().read(received, 5)).toBeUndefined();
});

test("whatever a printer sends is a status or none", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (received, from) => {
			const status = statusInquiry().read(received, from);
			expect([undefined, "ready", "stopped"]).toContain(status?.state);
		}),
	);
});
