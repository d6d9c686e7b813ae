import fc from "fast-check";
import { expect, test } from "vitest";
import { replyListener } from "../../../drivers/printers/replies.ts";
import { changedConditions, statusInquiry } from "../../../drivers/printers/status.ts";
import { type PrinterConditions, stopOf } from "../../../src/model/printer.ts";

const well: PrinterConditions = {
	online: true,
	coverOpen: false,
	paper: "enough",
	cutterError: false,
	hot: false,
	mechanicalError: false,
	broken: false,
	waitsForRecovery: false,
	feedButton: false,
	drawerPinHigh: false,
};

const asked = (...bytes: number[]) => statusInquiry().read(replyListener()(Uint8Array.from(bytes)));
const told = (...bytes: number[]) => replyListener()(Uint8Array.from(bytes)).map(changedConditions);

test("all four questions leave in one request", () => {
	expect([...statusInquiry().request]).toEqual([0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4]);
});

test("four good answers are a printer that is well", () => {
	expect(asked(0x12, 0x12, 0x12, 0x12)).toEqual(well);
});

test("automatic status of a printer at rest is a printer that is well, whatever the reserved bits are", () => {
	expect(told(0x10, 0, 0, 0)).toEqual([well]);
	expect(told(0x10, 0, 0x60, 0x6f)).toEqual([well]);
});

/** Every bit of DLE EOT 1 to 4, bits 2 to 6 but 4, and what it says. */
test.each([
	[1, 0x04, { drawerPinHigh: true }],
	[1, 0x08, { online: false }],
	[1, 0x20, { waitsForRecovery: true }],
	[1, 0x40, { feedButton: true }],
	[2, 0x04, { coverOpen: true }],
	[2, 0x08, { feedButton: true }],
	[2, 0x20, { paper: "out" }],
	[2, 0x40, {}], // some error: which one, DLE EOT 3 tells
	[3, 0x04, { mechanicalError: true }],
	[3, 0x08, { cutterError: true }],
	[3, 0x20, { broken: true }],
	[3, 0x40, { hot: true }],
	[4, 0x04, { paper: "low" }],
	[4, 0x08, { paper: "low" }],
	[4, 0x20, { paper: "out" }],
	[4, 0x40, { paper: "out" }],
] as const)("bit %#: DLE EOT %i with %i set", (n, mask, conditions) => {
	const answers = [0x12, 0x12, 0x12, 0x12];
	answers[n - 1] = 0x12 | mask;
	expect(asked(...answers)).toEqual({ ...well, ...conditions });
});

/** Every bit of the four bytes of automatic status that can be set, and what it says. */
test.each([
	[1, 0x04, { drawerPinHigh: true }],
	[1, 0x08, { online: false }],
	[1, 0x20, { coverOpen: true }],
	[1, 0x40, { feedButton: true }],
	[2, 0x01, { waitsForRecovery: true }],
	[2, 0x02, { feedButton: true }],
	[2, 0x04, { mechanicalError: true }],
	[2, 0x08, { cutterError: true }],
	[2, 0x20, { broken: true }],
	[2, 0x40, { hot: true }],
	[3, 0x01, { paper: "low" }],
	[3, 0x02, { paper: "low" }],
	[3, 0x04, { paper: "out" }],
	[3, 0x08, { paper: "out" }],
	...[0x20, 0x40].map((mask) => [3, mask, {}] as const),
	...[0x01, 0x02, 0x04, 0x08, 0x20, 0x40].map((mask) => [4, mask, {}] as const),
] as const)("bit %#: byte %i of automatic status with %i set", (n, mask, conditions) => {
	const bytes = [0x10, 0, 0, 0];
	bytes[n - 1] = (bytes[n - 1] ?? 0) | mask;
	expect(told(...bytes)).toEqual([{ ...well, ...conditions }]);
});

/** Both ways to say the same, as the makers' tables have them side by side. */
function bothWays(conditions: PrinterConditions): { asked: number[]; told: number[] } {
	const set = (is: boolean, mask: number) => (is ? mask : 0);
	const { online, paper, coverOpen, feedButton, waitsForRecovery, drawerPinHigh } = conditions;
	const errors = (mechanical: number, cutter: number, broken: number, hot: number) =>
		set(conditions.mechanicalError, mechanical) |
		set(conditions.cutterError, cutter) |
		set(conditions.broken, broken) |
		set(conditions.hot, hot);
	const [low, out] = [paper === "low", paper === "out"];
	return {
		asked: [
			0x12 | set(drawerPinHigh, 0x04) | set(!online, 0x08) | set(waitsForRecovery, 0x20),
			0x12 | set(coverOpen, 0x04) | set(feedButton, 0x08) | set(out, 0x20),
			0x12 | errors(0x04, 0x08, 0x20, 0x40),
			0x12 | set(low || out, 0x0c) | set(out, 0x60),
		],
		told: [
			0x10 | set(drawerPinHigh, 0x04) | set(!online, 0x08) | set(coverOpen, 0x20) | set(feedButton, 0x40),
			set(waitsForRecovery, 0x01) | errors(0x04, 0x08, 0x20, 0x40),
			set(low || out, 0x03) | set(out, 0x0c),
			0,
		],
	};
}

test("the same condition is the same, whether it was asked for or told", () => {
	const anyConditions = fc.record({
		online: fc.boolean(),
		coverOpen: fc.boolean(),
		paper: fc.constantFrom("enough", "low", "out"),
		cutterError: fc.boolean(),
		hot: fc.boolean(),
		mechanicalError: fc.boolean(),
		broken: fc.boolean(),
		waitsForRecovery: fc.boolean(),
		feedButton: fc.boolean(),
		drawerPinHigh: fc.boolean(),
	});
	fc.assert(
		fc.property(anyConditions, (conditions) => {
			const ways = bothWays(conditions);
			expect(asked(...ways.asked)).toEqual(conditions);
			expect(told(...ways.told)).toEqual([conditions]);
		}),
	);
});

test.each([
	["an open cover, though it raises paper end too", [0x1a, 0x36, 0x12, 0x72], "printer-cover-open"],
	["no paper by the sensor", [0x12, 0x12, 0x12, 0x72], "printer-paper-out"],
	["a jammed cutter", [0x1a, 0x52, 0x1a, 0x12], "printer-cutter"],
	["an error that needs service", [0x1a, 0x52, 0x32, 0x12], "printer-broken"],
	["offline without a known cause", [0x1a, 0x12, 0x12, 0x12], "printer-offline"],
	["a drawer whose line is high", [0x16, 0x12, 0x12, 0x12], undefined],
	["paper near its end", [0x12, 0x12, 0x12, 0x1e], undefined],
] as const)("what keeps it from printing after %s", (_, answers, fault) => {
	const conditions = asked(...answers);
	expect(conditions && stopOf(conditions)).toBe(fault);
});

test("three answers are no answer, and neither are four with another reply among them", () => {
	expect(asked(0x12, 0x12, 0x12)).toBeUndefined();
	expect(asked(0x12, 0x12, 0x00, 0x10, 0, 0, 0, 0x12)).toBeUndefined();
	expect(asked(0x12, 0x13, 0x12, 0x00, 0x12, 0x11, 0x7e)).toEqual({ ...well, paper: "out" });
});

test("a byte that is no answer to DLE EOT is none, whoever says that it is", () => {
	for (const byte of [0x00, 0x02, 0x10, 0x13, 0x92, 0xff]) {
		const replies = [byte, 0x12, 0x12, 0x12].map((each) => ({ kind: "real-time", byte: each }) as const);
		expect(statusInquiry().read(replies)).toBeUndefined();
	}
});

test("answers tell no change by themselves", () => {
	expect(told(0x12, 0x00, 0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0x00)).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});
