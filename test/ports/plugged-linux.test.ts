import { join } from "node:path";
import { expect, test } from "vitest";
import { pluggedOnLinux } from "../../src/ports/plugged-linux.ts";
import { deviceName } from "../../src/ports/plugged-name.ts";
import { resolve } from "../../src/ports/plugged-resolve.ts";
import { descriptors, madeUpMachine } from "./made-up-machine.ts";

test("a USB serial scanner is told with its ids, its socket and its stable link", async () => {
	const machine = madeUpMachine();
	const link = "usb-Symbol_Scanner_S1-if00";
	const strings = { vendorId: "05e0", productId: "1701", serial: "S1", maker: "Symbol", product: "Scanner" };
	machine.plugSerial({ node: "ttyACM0", usb: "1-2.3", link, ...strings });
	expect(await pluggedOnLinux(machine)).toEqual([
		{
			channel: "serial",
			path: join(machine.dev, "ttyACM0"),
			...strings,
			port: "1-2.3",
			usages: [],
			stablePath: join(machine.dev, "serial/by-id", link),
		},
	]);
});

test("a HID scanner is told with what its parts are for", async () => {
	const machine = madeUpMachine();
	const strings = { serial: "S1", maker: "Honeywell", product: "Xenon" };
	machine.plugHid({ node: "hidraw0", usb: "1-2", ...strings });
	machine.plugHid({ node: "hidraw1", usb: "1-2", part: 1, descriptor: descriptors.keyboard, ...strings });
	const facts = { channel: "hid", vendorId: "0c2e", productId: "0b6a", port: "1-2", ...strings };
	expect(await pluggedOnLinux(machine)).toEqual([
		{ ...facts, path: join(machine.dev, "hidraw0"), usages: [{ usagePage: 0x8c, usage: 2 }] },
		{ ...facts, path: join(machine.dev, "hidraw1"), usages: [{ usagePage: 1, usage: 6 }] },
	]);
});

test("a HID device on no USB bus is told by what the HID layer knows", async () => {
	const machine = madeUpMachine();
	machine.plugHid({ node: "hidraw0", vendorId: "05e0", productId: "1300", serial: "A1", product: "Scanner" });
	expect(await pluggedOnLinux(machine)).toMatchObject([
		{ vendorId: "05e0", productId: "1300", serial: "A1", product: "Scanner" },
	]);
});

test("a serial port of the machine is told when the chip is there; consoles are not told", async () => {
	const machine = madeUpMachine();
	machine.addPort("ttyS0", "4");
	machine.addPort("ttyS1", "0");
	machine.addConsole("tty7");
	expect(await pluggedOnLinux(machine)).toEqual([
		{ channel: "serial", path: join(machine.dev, "ttyS0"), usages: [] },
	]);
});

test("what a device says of itself is cut short and loses its control characters", async () => {
	const machine = madeUpMachine();
	machine.plugHid({ node: "hidraw0", usb: "1-1", serial: "A\u001b[2J\u202e", product: "x".repeat(5_000) });
	const [device] = await pluggedOnLinux(machine);
	expect(device?.serial).toBe("A?[2J?");
	expect(device?.product).toHaveLength(126);
});

test("a machine without sysfs has nothing plugged in", async () => {
	expect(await pluggedOnLinux({ sys: "/none", dev: "/none" })).toEqual([]);
});

const ids = { by: "usb", vendorId: "0c2e", productId: "0b6a" } as const;
const pos = { channel: "hid", marks: [{ vendorId: "0c2e", usagePage: 0x8c }] } as const;

test("two identical scanners keep their names over a replug and a swap of sockets, by serial number", async () => {
	const machine = madeUpMachine();
	const where = async (serial: string) => resolve({ ...ids, serial }, await pluggedOnLinux(machine), pos);
	machine.plugHid({ node: "hidraw0", usb: "1-1", serial: "A" });
	machine.plugHid({ node: "hidraw1", usb: "1-2", serial: "B" });
	expect(await where("A")).toEqual({ path: join(machine.dev, "hidraw0") });
	machine.pull("1-1", "hidraw0");
	expect(await where("A")).toMatchObject({ why: expect.stringContaining("not plugged in") });
	machine.plugHid({ node: "hidraw2", usb: "1-1", serial: "A" });
	expect(await where("A")).toEqual({ path: join(machine.dev, "hidraw2") });
	machine.pull("1-1", "hidraw2");
	machine.pull("1-2", "hidraw1");
	machine.plugHid({ node: "hidraw0", usb: "1-1", serial: "B" });
	machine.plugHid({ node: "hidraw1", usb: "1-2", serial: "A" });
	expect(await where("A")).toEqual({ path: join(machine.dev, "hidraw1") });
	expect(await where("B")).toEqual({ path: join(machine.dev, "hidraw0") });
});

test("two identical scanners without serial numbers keep the names of their sockets, behind a hub too", async () => {
	const machine = madeUpMachine();
	const serial = { channel: "serial", marks: [] } as const;
	const where = async (text: string) => {
		const name = deviceName(text);
		if (typeof name === "string") return expect.fail(name);
		return resolve(name, await pluggedOnLinux(machine), serial);
	};
	machine.plugSerial({ node: "ttyACM0", usb: "1-2.3" });
	machine.plugSerial({ node: "ttyACM1", usb: "1-2.4" });
	machine.pull("1-2.3", "ttyACM0");
	machine.pull("1-2.4", "ttyACM1");
	machine.plugSerial({ node: "ttyACM0", usb: "1-2.4" });
	machine.plugSerial({ node: "ttyACM1", usb: "1-2.3" });
	expect(await where("usb:0c2e:0b6a/port=1-2.3")).toEqual({ path: join(machine.dev, "ttyACM1") });
	expect(await where("usb:0c2e:0b6a/port=1-2.4")).toEqual({ path: join(machine.dev, "ttyACM0") });
});
