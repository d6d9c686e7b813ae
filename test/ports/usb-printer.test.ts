import { expect, test } from "vitest";
import { openUsbPrinter } from "../../src/ports/usb-printer.ts";
import { descriptor, MadeUpUsbPrinter } from "./made-up-usb.ts";

const name = { by: "usb", vendorId: "04b8", productId: "0e28" } as const;
const plugged = { path: "/dev/usb/lp0", vendorId: "04b8", productId: "0e28", serial: "P1", port: "1-2.3" };

const open = (device: MadeUpUsbPrinter | undefined, list = [plugged]) =>
	openUsbPrinter(name, {
		list: async () => list,
		load: async () => ({ getDeviceList: () => (device === undefined ? [] : [device]) }),
	});

test("a printer is opened by its name and takes bytes", async () => {
	const device = new MadeUpUsbPrinter();
	const port = await open(device);
	await port.write(Uint8Array.of(1, 2, 3));
	expect([...device.received]).toEqual([1, 2, 3]);
	await port.close();
});

test("a printer that is not plugged in is not looked for in libusb", async () => {
	await expect(open(new MadeUpUsbPrinter(), [])).rejects.toMatchObject({
		code: "printer-unreachable",
		gone: { reason: "unplugged" },
		detail: "usb:04b8:0e28: it is not plugged in or not switched on",
	});
});

test("one that libusb does not see is told so", async () => {
	await expect(open(undefined)).rejects.toMatchObject({
		detail: "usb:04b8:0e28 at 1-2.3: libusb does not see it; does udev run?",
	});
});

test("one without a part that takes bytes is told so", async () => {
	const device = new MadeUpUsbPrinter();
	device.configDescriptor = { interfaces: [[descriptor(4)]] };
	await expect(open(device)).rejects.toMatchObject({
		detail: expect.stringContaining("no interface that takes a printer's bytes"),
	});
});

test("missing rights and another holder are told in words", async () => {
	const device = new MadeUpUsbPrinter();
	device.refuses.open = -3;
	await expect(open(device)).rejects.toMatchObject({ detail: expect.stringContaining("60-kassad.rules") });
	delete device.refuses.open;
	device.refuses.claim = -6;
	await expect(open(device)).rejects.toMatchObject({ detail: expect.stringContaining("CUPS queue") });
});
