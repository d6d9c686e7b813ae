import { expect, test } from "vitest";
import { typedReports } from "../../hardware-mocks/scanner/keys.ts";
import { wedgeDescriptor } from "../../hardware-mocks/scanner/keys-descriptor.ts";

const hex = (reports: readonly Uint8Array[]) => reports.map((report) => Buffer.from(report).toString("hex"));
const up = "0000000000000000";

test("one key goes down in a report, and the next lets go of it", () => {
	expect(hex(typedReports("a", {}, "\r"))).toEqual(["0000040000000000", up, "0000280000000000", up]);
	expect(hex(typedReports("A", { reportId: 1 }, ""))).toEqual(["010200040000000000", `01${up}`]);
});

test("GS is Ctrl and ], or ALT 0029, or is dropped", () => {
	expect(hex(typedReports("\x1d", {}, ""))).toEqual(["0100300000000000", up]);
	const alt = "0400000000000000";
	const digit = (usage: string) => [`0400${usage}0000000000`, alt];
	expect(hex(typedReports("\x1d", { controls: "alt" }, ""))).toEqual([
		...[alt, ...digit("62"), ...digit("62"), ...digit("5a"), ...digit("61")],
		up,
	]);
	expect(typedReports("\x1d", { controls: "drop" }, "")).toEqual([]);
});

test("a Russian keyboard has its punctuation elsewhere", () => {
	const keys = (keyboard: "us" | "ru") =>
		hex(typedReports(".,/?:", { keyboard }, "")).filter((one) => one !== up);
	const report = (modifiers: string, usage: string) => `${modifiers}00${usage}0000000000`;
	expect(keys("us")).toEqual([
		report("00", "37"),
		report("00", "36"),
		report("00", "38"),
		report("02", "38"),
		report("02", "33"),
	]);
	expect(keys("ru")).toEqual([
		report("00", "38"),
		report("02", "38"),
		report("02", "31"),
		report("02", "24"),
		report("02", "23"),
	]);
});

test("several keys go down together when they may and differ", () => {
	const reports = hex(typedReports("abbA", { atOnce: 3 }, ""));
	expect(reports).toEqual(["0000040500000000", up, "0000050000000000", up, "0200040000000000", up]);
});

test("the descriptor is that of a boot keyboard, and a report id makes it two bytes longer", () => {
	expect(wedgeDescriptor()).toHaveLength(65);
	expect(wedgeDescriptor(1)).toHaveLength(67);
	expect(Buffer.from(wedgeDescriptor(1)).subarray(0, 8).toString("hex")).toBe("05010906a1018501");
});
