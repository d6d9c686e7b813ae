import { expect, test } from "vitest";
import { honeywellHidPos } from "../../drivers/scanners/honeywell-hid-pos.ts";
import { honeywellSerial } from "../../drivers/scanners/honeywell-serial.ts";
import { keyboardWedge } from "../../drivers/scanners/keyboard-wedge.ts";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { type Known, missing, verdicts } from "../../src/cli/device-verdict.ts";
import type { Plugged } from "../../src/ports/plugged.ts";

const all = [serialGeneric, honeywellSerial, honeywellHidPos, keyboardWedge];
const drivers: Known["drivers"] = Object.fromEntries(all.map((driver) => [driver.id, driver]));
const [pos, vendor, keyboard] = [
	{ usagePage: 0x8c, usage: 2 },
	{ usagePage: 0xff8c, usage: 1 },
	{ usagePage: 1, usage: 6 },
];

const hid = (facts: Partial<Plugged> = {}): Plugged => ({
	channel: "hid",
	path: "/dev/hidraw0",
	vendorId: "0c2e",
	productId: "0b6a",
	port: "1-1",
	usages: [pos],
	...facts,
});
const serial = (facts: Partial<Plugged> = {}) =>
	hid({ channel: "serial", path: "/dev/ttyACM0", usages: [], ...facts });

const seen = (list: Plugged[], ...scanners: Known["scanners"][number][]) =>
	verdicts(list, { scanners, drivers });
const front = (driver: string, path: string) => ({ name: "front", driver, path });

test("a scanner of the settings is used, whether it is named by path, link, ids or socket", () => {
	const used = (driver: string) => [{ kind: "used", scanner: "front", driver }];
	const line = serial({ stablePath: "/dev/serial/by-id/x" });
	for (const path of ["/dev/ttyACM0", "/dev/serial/by-id/x", "usb:0c2e:0b6a", "usb:0C2E:0B6A/port=1-1"]) {
		expect(seen([line], front("honeywell-serial", path))).toEqual(used("honeywell-serial"));
	}
	expect(seen([hid()], front("honeywell-hid-pos", "usb:0c2e:0b6a"))).toEqual(used("honeywell-hid-pos"));
});

test("a device that a driver's marks fit is offered that driver under the shortest name", () => {
	expect(seen([hid()])).toEqual([{ kind: "known", drivers: ["honeywell-hid-pos"], name: "usb:0c2e:0b6a" }]);
	expect(seen([serial()])).toMatchObject([{ kind: "known", drivers: ["honeywell-serial"] }]);
	expect(seen([hid({ usages: [keyboard] })])).toMatchObject([{ kind: "known", drivers: ["keyboard-wedge"] }]);
});

test("the driver whose marks say the most comes first", () => {
	const exact = { ...honeywellHidPos, id: "exact", marks: [{ vendorId: "0c2e", productId: "0b6a", ...pos }] };
	const known = { scanners: [], drivers: { ...drivers, exact } };
	expect(verdicts([hid()], known)).toMatchObject([{ drivers: ["exact", "honeywell-hid-pos"] }]);
});

test("of two parts of one scanner that which sends codes speaks for it", () => {
	const parts = [hid({ usages: [vendor] }), hid({ path: "/dev/hidraw1" })];
	expect(seen(parts)).toMatchObject([{ kind: "part", of: "/dev/hidraw1" }, { kind: "known" }]);
	const posAndKeys = [hid(), hid({ path: "/dev/hidraw1", usages: [keyboard] })];
	expect(seen(posAndKeys, front("honeywell-hid-pos", "usb:0c2e:0b6a"))).toMatchObject([
		{ kind: "used" },
		{ kind: "part", of: "/dev/hidraw0" },
	]);
});

test("a second scanner of the same model is offered, not taken for a part of the first", () => {
	const two = [hid({ serial: "A" }), hid({ serial: "B", port: "1-2", path: "/dev/hidraw1" })];
	expect(seen(two, front("honeywell-hid-pos", "usb:0c2e:0b6a/serial=A"))).toMatchObject([
		{ kind: "used" },
		{ kind: "known", name: "usb:0c2e:0b6a/serial=B" },
	]);
});

test.each([
	[hid({ vendorId: "9999" }), { kind: "stranger", drivers: ["honeywell-hid-pos"], name: "usb:9999:0b6a" }],
	[serial({ vendorId: "0403", productId: "6001" }), { kind: "line", name: "usb:0403:6001" }],
	[{ channel: "serial", path: "/dev/ttyS0", usages: [] } as const, { kind: "line", name: "/dev/ttyS0" }],
	[hid({ vendorId: "046d", usages: [keyboard] }), { kind: "other", what: "a keyboard" }],
	[hid({ vendorId: "046d", usages: [{ usagePage: 1, usage: 2 }] }), { kind: "other", what: "a mouse" }],
	[hid({ vendorId: "046d", usages: [vendor] }), { kind: "other", what: "no scanner" }],
	[hid({ vendorId: "046d", usages: [] }), { kind: "other", what: "no scanner" }],
])("a device that no driver's marks fit is told for what it is: %j", (device, verdict) => {
	expect(seen([device])).toEqual([verdict]);
});

test("scanners of the settings that are not there are told with the reason", () => {
	const scanners = [
		front("honeywell-hid-pos", "usb:0c2e:0b6a"),
		front("honeywell-hid-pos", "usb:0c2e:ffff"),
		front("honeywell-serial", "usb:0c2e:0b6a"),
		front("serial-generic", "/dev/ttyACM7"),
		front("serial-generic", "usb:what"),
		front("no-such", "/dev/ttyACM0"),
	];
	expect(missing([hid()], { scanners, drivers }).map(({ path, why }) => [path, why])).toEqual([
		["usb:0c2e:ffff", "it is not plugged in"],
		["usb:0c2e:0b6a", expect.stringContaining("set it to serial")],
		["/dev/ttyACM7", "no such device is plugged in"],
		["usb:what", expect.stringContaining("expected usb:VVVV:PPPP")],
		["/dev/ttyACM0", "there is no driver no-such"],
	]);
});
