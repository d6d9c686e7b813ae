import { expect, test } from "vitest";
import { missingPrinters, type NamedPrinters, printerVerdict } from "../../src/cli/printer-verdict.ts";
import type { PluggedPrinter } from "../../src/ports/printers.ts";

const lp0: PluggedPrinter = {
	path: "/dev/usb/lp0",
	vendorId: "04b8",
	productId: "0e28",
	serial: "P0",
	port: "1-1",
	driver: "usblp",
};
const twin: PluggedPrinter = { ...lp0, path: "/dev/usb/lp1", serial: "P1", port: "1-2" };

const by = (connection: NamedPrinters[number]["connection"]): NamedPrinters => [
	{ name: "kitchen", driver: "escpos-80mm", connection },
];

test("a printer of the settings is used, by whichever way and name", () => {
	const words = "used as printer kitchen, with driver escpos-80mm";
	for (const connection of [
		{ by: "usblp", path: "/dev/usb/lp0" },
		{ by: "usblp", path: "usb:04b8:0e28" },
		{ by: "usb", device: "usb:04B8:0E28/serial=P0" },
	] as const) {
		expect(printerVerdict(lp0, [lp0], by(connection))).toBe(words);
	}
});

test("another is told with both ways to open it, and only with the one that the kernel leaves", () => {
	const named = by({ by: "tcp", host: "10.0.0.5", port: 9_100 });
	expect(printerVerdict(lp0, [lp0], named)).toBe(
		"add it with connection: { by: usblp, path: usb:04b8:0e28 } or { by: usb, device: usb:04b8:0e28 }",
	);
	const taken = { ...lp0, path: "/dev/bus/usb/001/004", driver: "usbfs" };
	expect(printerVerdict(taken, [taken], named)).toBe(
		"add it with connection: { by: usb, device: usb:04b8:0e28 }",
	);
	expect(printerVerdict(twin, [lp0, twin], named)).toContain("usb:04b8:0e28/serial=P1");
});

test("USB printers of the settings that are not there are told with why, others are not looked for", () => {
	expect(missingPrinters([lp0], by({ by: "usb", device: "usb:04b8:0e28/serial=P9" }))).toEqual([
		{ printer: "kitchen", path: "usb:04b8:0e28/serial=P9", why: expect.stringContaining("serial=P0") },
	]);
	expect(missingPrinters([], by({ by: "usblp", path: "/dev/usb/lp0" }))).toHaveLength(1);
	expect(missingPrinters([lp0], by({ by: "usblp", path: "/dev/usb/lp0" }))).toEqual([]);
	expect(missingPrinters([], by({ by: "file", path: "/nowhere" }))).toEqual([]);
});
