import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plugged } from "../../src/ports/plugged.ts";
import { deviceName, fits, isNamed, nameFor } from "../../src/ports/plugged-name.ts";

const ids = { vendorId: "0c2e", productId: "0b6a" };
const scanner = (facts: Partial<Plugged> = {}): Plugged => ({
	channel: "hid",
	path: "/dev/hidraw0",
	usages: [],
	...ids,
	...facts,
});

test.each([
	["/dev/serial/by-id/usb-X-if00", { by: "path", path: "/dev/serial/by-id/usb-X-if00" }],
	["COM3", { by: "path", path: "COM3" }],
	["usb:0C2E:0b6a", { by: "usb", ...ids }],
	["usb:0c2e:0b6a/serial=A/1=2", { by: "usb", ...ids, serial: "A/1=2" }],
	["USB:0c2e:0b6a/PORT=1-2.3", { by: "usb", ...ids, port: "1-2.3" }],
])("%s is a name", (text, name) => {
	expect(deviceName(text)).toEqual(name);
});

test.each([
	"",
	"  ",
	"usb:",
	"usb:c2e:b6a",
	"usb:0c2e",
	"usb:0c2e:0b6a/",
	"usb:0c2e:0b6a/serial=",
	"usb:0c2e:0b6a/colour=red",
	"usb:0c2e:0b6ax",
])("%j is no name, and it is told what is", (text) => {
	expect(deviceName(text)).toMatch(/^expected /);
});

test("a device is named by the least that sets it apart", () => {
	const [left, right] = [scanner({ serial: "A", port: "1-1" }), scanner({ serial: "B", port: "1-2" })];
	expect(nameFor(left, [left])).toBe("usb:0c2e:0b6a");
	expect(nameFor(left, [left, right])).toBe("usb:0c2e:0b6a/serial=A");
	const clones = [scanner({ port: "1-1" }), scanner({ port: "1-2", path: "/dev/hidraw1" })];
	expect(clones.map((clone) => nameFor(clone, clones))).toEqual([
		"usb:0c2e:0b6a/port=1-1",
		"usb:0c2e:0b6a/port=1-2",
	]);
	const twins = [scanner({ serial: "0", port: "1-1" }), scanner({ serial: "0", port: "1-2" })];
	expect(twins.map((twin) => nameFor(twin, twins))).toEqual([
		"usb:0c2e:0b6a/port=1-1",
		"usb:0c2e:0b6a/port=1-2",
	]);
	expect(nameFor({ path: "/dev/ttyS0" }, [])).toBe("/dev/ttyS0");
});

test("a name that was made for a device is read back and fits it and no other", () => {
	const device = fc.record({
		serial: fc.option(fc.constantFrom("A", "B", "C=/port=1-1"), { nil: undefined }),
		at: fc.integer({ min: 1, max: 4 }),
	});
	const distinct = fc.uniqueArray(device, { minLength: 1, maxLength: 4, selector: ({ at }) => at });
	fc.assert(
		fc.property(distinct, (facts) => {
			const list = facts.map(({ serial, at }) =>
				scanner({ path: `/dev/hidraw${at}`, port: `1-${at}`, ...(serial === undefined ? {} : { serial }) }),
			);
			for (const device of list) {
				const name = deviceName(nameFor(device, list));
				if (typeof name === "string") expect.fail(name);
				expect(list.filter((other) => isNamed(other, name))).toEqual([device]);
			}
		}),
	);
});

test("a stable link is a name of the device behind it", () => {
	const device = scanner({ channel: "serial", path: "/dev/ttyACM1", stablePath: "/dev/serial/by-id/x" });
	expect(isNamed(device, { by: "path", path: "/dev/serial/by-id/x" })).toBe(true);
	expect(isNamed(device, { by: "path", path: "/dev/ttyACM0" })).toBe(false);
});

test("a mark fits by ids and by a usage of any part; where no usage is told it may fit", () => {
	const usages = [
		{ usagePage: 0xff8c, usage: 1 },
		{ usagePage: 0x8c, usage: 2 },
	];
	const mark = { ...ids, usagePage: 0x8c, usage: 2 };
	expect(fits(scanner({ usages }), mark)).toBe(true);
	expect(fits(scanner({ usages: usages.slice(0, 1) }), mark)).toBe(false);
	expect(fits(scanner(), mark)).toBe(true);
	expect(fits(scanner({ usages }), { vendorId: "0c2e" })).toBe(true);
	expect(fits(scanner({ usages }), { ...mark, productId: "0001" })).toBe(false);
	expect(fits(scanner({ usages }), { vendorId: "05e0", usagePage: 0x8c })).toBe(false);
});
