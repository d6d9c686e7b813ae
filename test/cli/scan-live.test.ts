import { of } from "rxjs";
import { expect, test } from "vitest";
import { livePlugs$ } from "../../src/cli/scan-live.ts";
import type { ScannerSettings } from "../../src/model/settings/devices.ts";
import type { Plugged } from "../../src/ports/plugged.ts";

const zebra = (port: string, serial: string): Plugged => ({
	...{ channel: "serial", path: "/dev/ttyACM0", vendorId: "05e0", productId: "1701", usages: [] },
	...{ port, serial },
});
const stranger: Plugged = {
	...{ channel: "hid", path: "/dev/hidraw0", vendorId: "0c2e", productId: "0b6a" },
	usages: [{ usagePage: 0x8c, usage: 2 }],
};
const unset = {
	line: null,
	framing: null,
	aim: null,
	codeIds: null,
	acknowledges: null,
	pictures: null,
	mostFrameBytes: 8_192,
};
const front: ScannerSettings = { name: "front", driver: "zebra-ssi", path: "usb:05e0:1701", ...unset };
const looks = [[zebra("1-2", "A")], [zebra("1-3", "A")], [zebra("1-3", "B")], [zebra("1-3", "B"), stranger]];

function told(only?: string): string[] {
	const words: string[] = [];
	livePlugs$([front], only, of(...looks)).subscribe(({ news }) => {
		words.push(news.type === "found" ? `found ${news.path}` : news.type);
	});
	return words;
}

test("beside the scanners' reads it is told which are moved, exchanged or new", () => {
	expect(told()).toEqual(["moved", "replaced", "found usb:0c2e:0b6a"]);
});

test("who looks at one scanner is told of that one alone", () => {
	expect(told("front")).toEqual(["moved", "replaced"]);
	expect(told("rear")).toEqual([]);
});
