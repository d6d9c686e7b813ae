import { equal, match } from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SerialPort } from "serialport";
import { rulesFile } from "../../../../src/ports/udev-rules.ts";
import { run } from "../../command.ts";
import { begin, fact, until } from "../fact.ts";
import { sampleOf, serialScanner, twin } from "../scanners.ts";
import { kassad, type Till } from "../till.ts";
import { acmScanner, hidScanner, type UsbDevice } from "../usb-device.ts";

const rulesFolder = "/etc/udev/rules.d";
const program = join(import.meta.dirname, "../../../../src/cli.ts");
const asKassad = join(import.meta.dirname, "../as-kassad.ts");

/** An ordinary user may open neither kind of device; the words tell what to do, and that helps. */
export async function tellRights(till: Till): Promise<void> {
	begin("Rights");
	const { descriptor, qr } = sampleOf("newland-hid-pos");
	await using serial = acmScanner(serialScanner);
	await using hid = hidScanner({ ...twin, serial: "A" }, { descriptor, reportBytes: 64 });

	await fact("a serial scanner that kassad may not open is told with the udev line to add", async () => {
		await serial.plug(0);
		return ruleIn(await till.device("front", "away", /60-kassad\.rules.*SUBSYSTEM=="tty".*0c2e/));
	});
	await fact("so is a HID scanner", async () => {
		await hid.plug(1);
		return ruleIn(await till.device("twin-a", "away", /60-kassad\.rules.*SUBSYSTEM=="hidraw".*1EAB/));
	});
	await fact("udev takes the rules that `kassad devices --udev` prints without complaint", async () => {
		mkdirSync(rulesFolder, { recursive: true });
		const rules = run(process.execPath, ["--import", asKassad, program, "devices", "--udev"]);
		match(rules, /hidraw/);
		writeFileSync(join(rulesFolder, rulesFile), rules);
		run("udevadm", ["control", "--reload"]);
		return undefined;
	});
	await fact("with them kassad opens both when they are plugged in again", async () => {
		await replug(serial, 0);
		await till.device("front", "back");
		await replug(hid, 1);
		await till.device("twin-a", "back");
		await serial.send(Buffer.from("]Q1read by an ordinary user\r"));
		equal((await till.scan()).text, "read by an ordinary user");
		for (const report of qr("this, too")) await hid.send(report);
		equal((await till.scan()).text, "this, too");
		return undefined;
	});
	await fact("a serial scanner that another program holds is told with that program's name", async () => {
		till.forget();
		await serial.unplug();
		await till.device("front", "away");
		const holder = await plugHeld(serial);
		const why = await till.device("front", "away", /held by sleep \(pid \d+\)/);
		holder.kill("SIGKILL");
		await till.device("front", "back");
		return why.slice(why.indexOf("it is held"));
	});
	till.forget();
	await Promise.all([serial.unplug(), hid.unplug()]);
	await till.device("front", "away");
	await till.device("twin-a", "away");
}

const ruleIn = (advice: string) => advice.slice(advice.indexOf("SUBSYSTEM"));

const heldLine = "/dev/ttyACM0";

/**
 * Plugs a serial scanner in that another program has for itself before kassad may open it: until then udev gives
 * nobody a right. A program of kassad's own user, since nobody else's can be named.
 */
async function plugHeld(scanner: UsbDevice) {
	run("udevadm", ["control", "--stop-exec-queue"]);
	try {
		await scanner.plug(0);
		await until(heldLine, () => existsSync(heldLine));
		const line = await SerialPort.binding.open({ path: heldLine, baudRate: 9_600, lock: true });
		if (!("fd" in line) || line.fd === null) throw new Error(`${heldLine} has no descriptor`);
		const held = ["ignore", "ignore", "ignore", line.fd] as const;
		const holder = spawn("sleep", ["600"], { stdio: [...held], uid: kassad, gid: kassad });
		await new Promise((resolve) => holder.once("spawn", resolve));
		await line.close();
		return holder;
	} finally {
		run("udevadm", ["control", "--start-exec-queue"]);
	}
}

async function replug(device: UsbDevice, socket: 0 | 1): Promise<void> {
	await device.unplug();
	await device.plug(socket);
}
