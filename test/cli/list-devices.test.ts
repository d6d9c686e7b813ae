import { closeSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { listDevices } from "../../src/cli/list-devices.ts";
import { readYaml } from "../../src/config/yaml.ts";
import { pluggedOnLinux } from "../../src/ports/plugged-linux.ts";
import { madeUpMachine } from "../ports/made-up-machine.ts";
import { shipped } from "../settings-file.ts";

afterEach(() => vi.restoreAllMocks());

/** What a technician sees on a made-up machine whose scanner `front` has this path. */
async function shown(machine: ReturnType<typeof madeUpMachine>, path: string, json = false) {
	const config = join(mkdtempSync(join(tmpdir(), "devices-")), "kassad.yaml");
	const { scanners } = readYaml(shipped).value as { scanners: object[] };
	writeFileSync(config, stringify({ scanners: [{ ...scanners[0], driver: "serial-generic", path }] }));
	let printed = "";
	vi.spyOn(process.stdout, "write").mockImplementation((text) => {
		printed += String(text);
		return true;
	});
	await listDevices(config, json, () => pluggedOnLinux(machine));
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
	expect(text).not.toContain("not there");
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
