import { expect, test } from "vitest";
import type { HidEntry, HidLibrary } from "../../src/ports/hid-library.ts";
import { pluggedElsewhere } from "../../src/ports/plugged-elsewhere.ts";

const noLine = { pnpId: undefined, locationId: undefined, productId: undefined, vendorId: undefined };
const line = { path: "COM1", manufacturer: undefined, serialNumber: undefined, ...noLine };

const library =
	(...entries: HidEntry[]) =>
	async (): Promise<HidLibrary> => ({
		setDriverType: () => undefined,
		HIDAsync: { open: () => Promise.reject(new TypeError("not asked for")) },
		devicesAsync: async () => entries,
		getHidapiVersion: () => "0.15.0",
	});

test("serial ports are told with ids in lower case, and one without ids by its path alone", async () => {
	const usb = {
		...line,
		path: "COM3",
		vendorId: "05E0",
		productId: "170A",
		serialNumber: "S1",
		manufacturer: "Zebra",
	};
	expect(await pluggedElsewhere(async () => [line, usb], library())).toEqual([
		{ channel: "serial", path: "COM1", usages: [] },
		{
			channel: "serial",
			path: "COM3",
			usages: [],
			vendorId: "05e0",
			productId: "170a",
			serial: "S1",
			maker: "Zebra",
		},
	]);
});

test("the entries of one HID path are one device with several parts; an entry without a path is none", async () => {
	const entry = {
		vendorId: 0x0c2e,
		productId: 0xb6a,
		path: "x1",
		serialNumber: "S1",
		manufacturer: "",
		product: "P",
	};
	const vendor = { ...entry, usagePage: 0xff8c, usage: 1 };
	const pos = { ...entry, usagePage: 0x8c, usage: 2 };
	const { path: _, ...pathless } = entry;
	expect(await pluggedElsewhere(async () => [], library(vendor, pos, pathless))).toEqual([
		{
			channel: "hid",
			path: "x1",
			usages: [
				{ usagePage: 0xff8c, usage: 1 },
				{ usagePage: 0x8c, usage: 2 },
			],
			vendorId: "0c2e",
			productId: "0b6a",
			serial: "S1",
			product: "P",
		},
	]);
});
