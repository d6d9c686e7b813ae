import fc from "fast-check";
import { expect, test } from "vitest";
import {
	automaticStatus,
	type Condition,
	good,
	isToldOf,
	paperSensors,
	realTimeStatus,
	stopped,
} from "../../../hardware-mocks/printer/status.ts";
import { bytes, printerOf } from "./loose.ts";

/** What each condition says in DLE EOT 1 to 4 and in the first three bytes of automatic status, without fixed bits. */
const facts: readonly (readonly [keyof Condition, unknown, number[], number[]])[] = [
	["drawerPinHigh", true, [0x04, 0, 0, 0], [0x04, 0, 0]],
	["coverOpen", true, [0x08, 0x04, 0, 0], [0x28, 0, 0]],
	["paper", "low", [0, 0, 0, 0x0c], [0, 0, 0x03]],
	["paper", "out", [0x08, 0x20, 0, 0x6c], [0x08, 0, 0x0f]],
	["offline", true, [0x08, 0, 0, 0], [0x08, 0, 0]],
	["mechanicalError", true, [0x08, 0x40, 0x04, 0], [0x08, 0x04, 0]],
	["cutterJammed", true, [0x08, 0x40, 0x08, 0], [0x08, 0x08, 0]],
	["broken", true, [0x08, 0x40, 0x20, 0], [0x08, 0x20, 0]],
	["hot", true, [0x08, 0x40, 0x40, 0], [0x08, 0x40, 0]],
	["waitsForRecovery", true, [0x28, 0x40, 0, 0], [0x08, 0x01, 0]],
	["feedButton", true, [0x48, 0x08, 0, 0], [0x48, 0x02, 0]],
];

const realTime = (condition: Condition) =>
	([1, 2, 3, 4] as const).map((n) => realTimeStatus(n, condition)[0] ?? 0);

test.each(facts)(
	"%s %j sets exactly its bits in DLE EOT and in automatic status",
	(name, value, eot, asb) => {
		const condition = { ...good, [name]: value };
		expect(realTime(condition)).toEqual(eot.map((bits) => 0x12 | bits));
		expect([...automaticStatus(condition, 0)]).toEqual([0x10 | (asb[0] ?? 0), asb[1], asb[2], 0]);
	},
);

test("a good day is 12h four times, and 10 00 00 with the maker's own fourth byte", () => {
	expect(realTime(good)).toEqual([0x12, 0x12, 0x12, 0x12]);
	expect([...automaticStatus(good, 0x0f)]).toEqual([0x10, 0, 0, 0x0f]);
	expect(stopped(good)).toBe(false);
});

const anyCondition = fc.record({
	paper: fc.constantFrom("loaded" as const, "low" as const, "out" as const),
	...Object.fromEntries(
		Object.keys(good)
			.filter((name) => name !== "paper")
			.map((name) => [name, fc.boolean()]),
	),
}) as fc.Arbitrary<Condition>;

test("the bits of several conditions are those of each together, and keep to the patterns that tell replies apart", () => {
	fc.assert(
		fc.property(anyCondition, (condition) => {
			const held = facts.filter(([name, value]) => condition[name] === value);
			const expected = [0, 1, 2, 3].map((at) => held.reduce((bits, [, , eot]) => bits | (eot[at] ?? 0), 0));
			expect(realTime(condition)).toEqual(expected.map((bits) => 0x12 | bits));
			for (const byte of realTime(condition)) expect(byte & 0x93).toBe(0x12);
			const [first = 0, ...rest] = automaticStatus(condition, 0x0f);
			expect(first & 0x93).toBe(0x10);
			for (const byte of rest) expect(byte & 0x90).toBe(0);
			expect((first & 0x08) !== 0).toBe(stopped(condition));
			expect(((realTime(condition)[0] ?? 0) & 0x08) !== 0).toBe(stopped(condition));
		}),
	);
});

test.each([
	[0x01, ["drawerPinHigh"]],
	[0x02, ["coverOpen", "offline", "waitsForRecovery"]],
	[0x04, ["mechanicalError", "cutterJammed", "broken", "hot"]],
	[0x40, ["feedButton"]],
] as const)("GS a %i wants the changes of %j told", (mask, names) => {
	for (const name of names) {
		const [before, after] = [automaticStatus(good, 0), automaticStatus({ ...good, [name]: true }, 0)];
		expect(isToldOf(mask, before, after), name).toBe(true);
		expect(isToldOf(0, before, after), name).toBe(false);
	}
});

test("GS a 8 wants those of the paper, and nothing else", () => {
	const report = (change: Partial<Condition>) => automaticStatus({ ...good, ...change }, 0);
	expect(isToldOf(8, report({}), report({ paper: "low" }))).toBe(true);
	expect(isToldOf(8, report({ paper: "low" }), report({ paper: "out" }))).toBe(true);
	expect(isToldOf(8, report({}), report({ coverOpen: true, hot: true, feedButton: true }))).toBe(false);
});

test("GS r 1 and ESC v tell the paper, GS r 2 and ESC u the drawer", () => {
	expect((["loaded", "low", "out"] as const).map(paperSensors)).toEqual([0x00, 0x03, 0x0f]);
	const { device, replies } = printerOf();
	device.change({ paper: "low", drawerPinHigh: true });
	device.receive(bytes([0x1d, 0x72, 1], [0x1b, 0x76], [0x1d, 0x72, 2], [0x1b, 0x75, 0]));
	expect(replies()).toEqual([[3], [3], [1], [1]]);
});

test("automatic status tells every change that was asked for once, and no other", () => {
	const { device, replies } = printerOf();
	device.receive(bytes([0x1d, 0x61, 0x08]));
	device.change({ coverOpen: true });
	device.change({ paper: "low" });
	device.change({ paper: "low" });
	device.receive(bytes([0x10, 0x04, 4]));
	expect(replies()).toEqual([[0x10, 0, 0, 0x0f], [0x38, 0, 0x03, 0x0f], [0x1e]]);
});

test("a clone forgets automatic status at ESC @, an Epson does not", () => {
	for (const forgetsAutomaticStatus of [true, false]) {
		const { device, replies } = printerOf({ forgetsAutomaticStatus });
		device.receive(bytes([0x1d, 0x61, 0xff], [0x1b, 0x40]));
		device.change({ coverOpen: true });
		expect(replies()).toHaveLength(forgetsAutomaticStatus ? 1 : 2);
	}
});

test("where the cover hides the paper an open cover says that there is none", () => {
	const { device, replies } = printerOf({ coverHidesPaper: true });
	device.change({ coverOpen: true });
	device.receive(bytes([0x10, 0x04, 2], [0x10, 0x04, 4]));
	expect(replies()).toEqual([[0x36], [0x7e]]);
});

test("GS ( D makes the printer deaf for DLE DC4 1, and hear it again", () => {
	const { device, happened } = printerOf();
	const [kick, gsD] = [bytes([0x10, 0x14, 1, 0, 1]), [0x1d, 0x28, 0x44, 5, 0, 0x14]];
	device.receive(bytes(gsD, [1, 0, 2, 0], kick));
	expect(happened).toEqual([]);
	device.receive(bytes(gsD, [1, 1, 2, 0], kick));
	expect(happened).toEqual([{ what: "drawer", value: { pin: 2, onMs: 100 } }]);
});
