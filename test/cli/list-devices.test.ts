import { closeSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { listDevices } from "../../src/cli/list-devices.ts";
import { readYaml } from "../../src/config/yaml.ts";
import { pluggedOnLinux } from "../../src/ports/plugged-linux.ts";
import { pluggedPrintersOnLinux } from "../../src/ports/printers-linux.ts";
import { madeUpMachine } from "../ports/made-up-machine.ts";
import { shipped } from "../settings-file.ts";

afterEach(() => vi.restoreAllMocks());

/** What a technician sees on a made-up machine whose scanner `front` has this path. */
async function shown(machine: ReturnType<typeof madeUpMachine>, path: string, json = false) {
	const config = join(mkdtempSync(join(tmpdir(), "devices-")), "kassad.yaml");
	const { scanners, printers } = readYaml(shipped).value as { scanners: object[]; printers: object[] };
	const used = {
		name: "receipts",
		driver: "escpos-80mm",
		connection: { by: "usblp", path: "usb:04b8:0e28" },
	};
	const settings = {
		scanners: [{ ...scanners[0], driver: "serial-generic", path }],
		printers: [{ ...printers[0], ...used }],
	};
	writeFileSync(config, stringify(settings));
	let printed = "";
	vi.spyOn(process.stdout, "write").mockImplementation((text) => {
		printed += String(text);
		return true;
	});
	await listDevices(config, json, {
		plugged: () => pluggedOnLinux(machine),
		pluggedPrinters: () => pluggedPrintersOnLinux(machine),
	});
	return printed;
}

test("a scanner named by a link of udev's is used, and other devices are told beside it", async () => {
	const machine = madeUpMachine();
	const link = "usb-Scanner_S1-if00";
	machine.plugSerial({ node: "ttyACM0", usb: "1-1", link, serial: "S1", product: "Scanner" });
	machine.addPort("ttyS0", "4");
	const text = await shown(machine, join(machine.dev, "serial/by-id", link));
	expect(text).toMatch(
		/│ Scanner │ .*ttyACM0 │ 0c2e:0b6a │ S1 .* used as scanner front, with driver serial-generic/,
	);
	expect(text).toMatch(/ttyS0 +│ - .* nothing tells what is behind it/);
	expect(text).not.toContain("Scanner front");
});

test("a device that a program holds is told with that program", async () => {
	const machine = madeUpMachine();
	machine.plugSerial({ node: "ttyACM0", usb: "1-1" });
	const path = join(machine.dev, "ttyACM0");
	const fd = openSync(path, "r");
	expect(await shown(machine, "usb:0c2e:0b6a")).toContain(`${path}: it is held by kassad itself`);
	closeSync(fd);
});

test("for a program a device's facts, what is done with it and what is wrong are kept apart", async () => {
	const machine = madeUpMachine();
	machine.plugSerial({ node: "ttyACM0", usb: "1-1" });
	machine.unlink("ttyACM0");
	const { entries } = JSON.parse(await shown(machine, "usb:0c2e:0b6a", true));
	expect(entries).toMatchObject([
		{
			device: { vendorId: "0c2e", port: "1-1" },
			verdict: { kind: "used", scanner: "front" },
			troubles: [expect.stringContaining("its file is not")],
		},
	]);
});

test("a USB printer is told with who uses it, what is wrong, or what to write into the settings", async () => {
	const machine = madeUpMachine();
	const ids = { vendorId: "04b8", productId: "0e28" };
	expect(await shown(machine, "/dev/null")).toMatch(
		/^Printer receipts \(usb:04b8:0e28\) is not there: it is not plugged in or not switched on/m,
	);
	machine.plugPrinter({ usb: "1-1", lp: "lp0", ...ids, maker: "EPSON", product: "TM-T20III" });
	machine.plugPrinter({ usb: "1-2", driver: "usbfs", vendorId: "1fc9", deviceId: "MFG: Clone;MDL:58;" });
	const text = await shown(machine, "/dev/null");
	expect(text).toMatch(/│ EPSON TM-T20III │ .*lp0 +│ 04b8:0e28 │ - .* used as printer receipts, with driver/);
	expect(text).toMatch(/│ Clone 58 +│ .*add it with connection: \{ by: usb, device: usb:1fc9:0b6a \} +│/);
	expect(text).toMatch(/012: a program has taken it, such as a CUPS queue/);
	const { printers, missingPrinters } = JSON.parse(await shown(machine, "/dev/null", true));
	expect([printers.length, missingPrinters]).toEqual([2, []]);
});
