import { expect, test } from "vitest";
import type { Plugged } from "../../src/ports/plugged.ts";
import { resolve } from "../../src/ports/plugged-resolve.ts";

const ids = { vendorId: "0c2e", productId: "0b6a" };
const name = { by: "usb", ...ids } as const;
const pos = { usagePage: 0x8c, usage: 2 };
const wanted = { channel: "hid", marks: [{ vendorId: "0c2e", ...pos }] } as const;

let node = 0;
const part = (facts: Partial<Plugged> = {}): Plugged => {
	node += 1;
	return { channel: "hid", path: `/dev/hidraw${node}`, usages: [pos], ...ids, port: "1-1", ...facts };
};

test("a path is taken as it is, plugged in or not", () => {
	expect(resolve({ by: "path", path: "COM3" }, [], wanted)).toEqual({ path: "COM3" });
});

test("of the parts of one device that one is taken whose usage the driver marks", () => {
	const vendor = part({ usages: [{ usagePage: 0xff8c, usage: 1 }] });
	const right = part();
	expect(resolve(name, [vendor, right], wanted)).toEqual({ path: right.path });
});

test("a clone with other ids than the driver's marks is found by the ids of its name", () => {
	const clone = part({ vendorId: "1eab" });
	expect(resolve({ ...name, vendorId: "1eab" }, [clone], wanted)).toEqual({ path: clone.path });
});

test("a driver without marks takes any part", () => {
	const line = part({ channel: "serial", path: "/dev/ttyACM0", usages: [] });
	expect(resolve(name, [line], { channel: "serial", marks: [] })).toEqual({ path: "/dev/ttyACM0" });
});

test("two devices that fit are told, with a name for one of them", () => {
	const [left, right] = [part({ serial: "A" }), part({ serial: "B", port: "1-2" })];
	expect(resolve(name, [left, right], wanted)).toEqual({ why: expect.stringContaining("/serial=A") });
	expect(resolve({ ...name, serial: "B" }, [left, right], wanted)).toEqual({ path: right.path });
	const clones = [part(), part({ port: "1-2" })];
	expect(resolve(name, clones, wanted)).toEqual({ why: expect.stringContaining("/port=1-1") });
});

test.each([
	["nothing is there", [], "it is not plugged in"],
	[
		"another of its kind is there",
		[part({ serial: "B", port: "1-2" })],
		"it is not plugged in; there is the same model with serial=B, port=1-2",
	],
	[
		"it is in keyboard mode",
		[part({ serial: "A", usages: [{ usagePage: 1, usage: 6 }] })],
		"it is plugged in, but in another mode (usage pages 0001): set it with a bar code of its manual",
	],
	[
		"it is a serial device",
		[part({ serial: "A", channel: "serial" })],
		"it is plugged in, but as a serial device: set it to HID with a bar code of its manual",
	],
])("when %s that is the reason", (_, list, why) => {
	expect(resolve({ ...name, serial: "A" }, list, wanted)).toEqual({ why });
});
