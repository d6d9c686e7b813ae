import { expect, test } from "vitest";
import { printerPart, usbDeviceOf, usbPrinters } from "../../src/ports/usb-find.ts";
import { descriptor, MadeUpUsbPrinter } from "./made-up-usb.ts";

const device = (...interfaces: ReturnType<typeof descriptor>[][]) => ({ configDescriptor: { interfaces } });

test("the endpoints are those of the descriptors, whatever their addresses", () => {
	expect(printerPart(device([descriptor(2, { ends: [0x84, 0x03] })]))).toEqual({
		index: 0,
		alternate: 0,
		out: 0x03,
		in: 0x84,
	});
});

test("both ways are better than one, and bytes better than packets of IEEE 1284.4 or IPP", () => {
	const both = [descriptor(1), descriptor(3, { alternate: 1 }), descriptor(2, { alternate: 2 })];
	expect(printerPart(device(both))).toMatchObject({ alternate: 2, in: 0x82 });
	expect(printerPart(device([descriptor(1, { ends: [0x01] })]))).toMatchObject({ in: undefined });
	expect(printerPart(device([descriptor(4)], [descriptor(3)]))).toBeUndefined();
});

test("other interfaces, and those that take no bytes, are no printers", () => {
	expect(printerPart(device([descriptor(2, { kind: 8 })], [descriptor(2)]))).toMatchObject({ index: 1 });
	expect(printerPart(device([descriptor(2, { ends: [0x82] })]))).toBeUndefined();
	const interrupt = { ...descriptor(2), endpoints: [{ bEndpointAddress: 1, bmAttributes: 3 }] };
	expect(printerPart(device([interrupt]))).toBeUndefined();
	expect(printerPart({ configDescriptor: undefined })).toBeUndefined();
});

test("a plugged printer is found by its ids and its socket", () => {
	const [one, other] = [new MadeUpUsbPrinter(), new MadeUpUsbPrinter()];
	other.portNumbers = [4];
	const library = { getDeviceList: () => [one, other] };
	const printer = { path: "/dev/usb/lp0", vendorId: "04b8", productId: "0e28", port: "1-4" };
	expect(usbDeviceOf(library, printer)).toBe(other);
	expect(usbDeviceOf(library, { ...printer, port: "2-4" })).toBeUndefined();
	expect(usbDeviceOf(library, { ...printer, productId: "0e15" })).toBeUndefined();
});

test("without sysfs the names are read from the printers themselves, hostile texts made harmless", async () => {
	const printer = new MadeUpUsbPrinter();
	const mouse = new MadeUpUsbPrinter();
	mouse.configDescriptor = { interfaces: [[descriptor(2, { kind: 3 })]] };
	expect(await usbPrinters(async () => ({ getDeviceList: () => [mouse, printer] }))).toEqual([
		{
			path: "usb 1-2.3",
			vendorId: "04b8",
			productId: "0e28",
			port: "1-2.3",
			maker: "EPSON",
			product: "TM-T20III",
			serial: "S?1",
			deviceId: "MFG:EPSON;CMD:E;",
		},
	]);
	expect(printer.calls).toEqual(["open", "control 161 0 0 0 1024", "close"]);
	expect(mouse.calls).toEqual([]);
});

test("a printer that may not be opened, or that kassad has open, is listed without names", async () => {
	const refused = new MadeUpUsbPrinter();
	refused.refuses.open = -12;
	const ours = new MadeUpUsbPrinter();
	ours.open();
	const list = await usbPrinters(async () => ({ getDeviceList: () => [refused, ours] }));
	const bare = { path: "usb 1-2.3", vendorId: "04b8", productId: "0e28", port: "1-2.3" };
	expect(list).toEqual([bare, bare]);
	expect(ours.calls).toEqual(["open"]);
});
