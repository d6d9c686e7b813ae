import { expect, test } from "vitest";
import { honeywellHidPos } from "../../drivers/scanners/honeywell-hid-pos.ts";
import { devicesReport, verdictWords } from "../../src/cli/devices-report.ts";
import type { Plugged } from "../../src/ports/plugged.ts";

const drivers = {
	"honeywell-hid-pos": { ...honeywellHidPos, title: "Scanner from Honeywell in HID POS mode" },
};
const device: Plugged = {
	channel: "hid",
	path: "/dev/hidraw0",
	vendorId: "0c2e",
	productId: "0b6a",
	serial: "S1",
	port: "1-2",
	maker: "Honeywell",
	product: "Xenon",
	usages: [],
};
const used = { kind: "used", scanner: "front", driver: "honeywell-hid-pos" } as const;

test("a device is a row of a table, and what is wrong stands below it", () => {
	const report = devicesReport(
		{
			entries: [
				{ device, verdict: used, troubles: ["it is held by chrome (pid 123)"] },
				{
					device: { channel: "serial", path: "/dev/ttyS0", usages: [] },
					verdict: { kind: "line", name: "/dev/ttyS0" },
					troubles: [],
				},
			],
			missing: [{ scanner: "back", path: "COM3", why: "no such device is plugged in" }],
			notes: ["udev does not run."],
		},
		drivers,
	).split("\n");
	expect(report[3]).toMatch(
		/^│ Honeywell Xenon │ \/dev\/hidraw0 │ 0c2e:0b6a │ S1 +│ 1-2 +│ used as scanner front, with driver honeywell-hid-pos +│$/,
	);
	expect(report[4]).toMatch(
		/^│ - +│ \/dev\/ttyS0 +│ - +│ - +│ - +│ nothing tells what is behind it; .* path: \/dev\/ttyS0 +│$/,
	);
	expect(report.slice(6)).toEqual([
		"Scanner back (COM3) is not there: no such device is plugged in.",
		"/dev/hidraw0: it is held by chrome (pid 123)",
		"udev does not run.",
	]);
});

test("no devices at all is a sentence", () => {
	expect(devicesReport({ entries: [], missing: [], notes: [] }, drivers)).toBe(
		"Nothing that could be a scanner is plugged in.",
	);
});

test.each([
	[
		{ kind: "known", drivers: ["honeywell-hid-pos", "x"], name: "usb:0c2e:0b6a" } as const,
		"a scanner from Honeywell in HID POS mode: add it with driver: honeywell-hid-pos or x, path: usb:0c2e:0b6a",
	],
	[
		{ kind: "stranger", drivers: ["honeywell-hid-pos"], name: "usb:9999:0b6a" } as const,
		"a bar code scanner of a maker that no driver names: try driver: honeywell-hid-pos, path: usb:9999:0b6a",
	],
	[{ kind: "part", of: "/dev/hidraw1" } as const, "part of the device at /dev/hidraw1: left alone"],
	[{ kind: "other", what: "a keyboard" } as const, "a keyboard: left alone"],
])("%j is told in words", (verdict, words) => {
	expect(verdictWords(verdict, drivers)).toBe(words);
});
