import { from } from "rxjs";
import { expect, test } from "vitest";
import { scannerDrivers } from "../../drivers/index.ts";
import type { Plugged } from "../../src/ports/plugged.ts";
import { type Find, finds$ } from "../../src/scanners/finds.ts";

const honeywell: Plugged = {
	channel: "hid",
	path: "/dev/hidraw0",
	vendorId: "0c2e",
	productId: "0b6a",
	usages: [{ usagePage: 0x8c, usage: 2 }],
};
const keyboard: Plugged = { ...honeywell, path: "/dev/hidraw1", usages: [{ usagePage: 1, usage: 6 }] };
const mouse: Plugged = { ...honeywell, vendorId: "046d", usages: [{ usagePage: 1, usage: 2 }] };

function found(lists: readonly (readonly Plugged[])[], paths: readonly string[] = []): Find[] {
	const finds: Find[] = [];
	finds$(from(lists), paths, Object.values(scannerDrivers)).subscribe((find) => finds.push(find));
	return finds;
}

const find = { driver: "honeywell-hid-pos", path: "usb:0c2e:0b6a" };

test("a scanner that the settings do not name is told with what to write into them", () => {
	expect(found([[honeywell]])).toEqual([find]);
});

test("it is told once while it is there, and again when it comes back", () => {
	expect(found([[honeywell], [honeywell, mouse], [mouse], [honeywell]])).toEqual([find, find]);
});

test.each(["usb:0c2e:0b6a", "/dev/hidraw0"])("one that is named %s in the settings is not", (path) => {
	expect(found([[honeywell]], [path])).toEqual([]);
});

test("a keyboard and a mouse are none", () => {
	expect(found([[keyboard, mouse]])).toEqual([]);
});
