import { join } from "node:path";
import { expect, test } from "vitest";
import { pluggedPrintersOnLinux } from "../../src/ports/printers-linux.ts";
import { madeUpMachine } from "./made-up-machine.ts";

test("a printer that usblp has is its file, with all that the system tells of it", async () => {
	const machine = madeUpMachine();
	machine.plugPrinter({
		usb: "1-2.3",
		lp: "lp0",
		vendorId: "04b8",
		productId: "0e28",
		maker: "EPSON",
		product: "TM-T20III\u0007",
		serial: "P0001",
		deviceId: "MFG:EPSON;MDL:TM-T20III;CMD:ESC/POS;",
	});
	expect(await pluggedPrintersOnLinux(machine)).toEqual([
		{
			path: join(machine.dev, "usb/lp0"),
			driver: "usblp",
			vendorId: "04b8",
			productId: "0e28",
			maker: "EPSON",
			product: "TM-T20III?",
			serial: "P0001",
			port: "1-2.3",
			deviceId: "MFG:EPSON;MDL:TM-T20III;CMD:ESC/POS;",
		},
	]);
});

test("a printer that another or no driver has is the file of its USB device", async () => {
	const machine = madeUpMachine();
	machine.plugPrinter({ usb: "1-4", driver: "usbfs" });
	machine.plugPrinter({ usb: "1-5" });
	const list = await pluggedPrintersOnLinux(machine);
	expect(list.map(({ path, driver }) => [path, driver]).sort()).toEqual([
		[join(machine.dev, "bus/usb/001/014"), "usbfs"],
		[join(machine.dev, "bus/usb/001/015"), "none"],
	]);
});

test("scanners are no printers, and a machine without USB has none", async () => {
	const machine = madeUpMachine();
	machine.plugHid({ node: "hidraw0", usb: "1-1" });
	expect(await pluggedPrintersOnLinux(machine)).toEqual([]);
});
