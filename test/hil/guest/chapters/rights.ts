import { equal, match } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scannerDrivers } from "../../../../drivers/index.ts";
import { inhibitRuleOf } from "../../../../src/ports/inhibit-rule.ts";
import { rulesFile, udevRules } from "../../../../src/ports/udev-rules.ts";
import { run } from "../../command.ts";
import { begin, fact } from "../fact.ts";
import { sampleOf, serialScanner, twin } from "../scanners.ts";
import type { Till } from "../till.ts";
import { acmScanner, hidScanner, type UsbDevice } from "../usb-device.ts";

const rulesFolder = "/etc/udev/rules.d";

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
	await fact("udev takes the rules that are made of the driver table without complaint", async () => {
		mkdirSync(rulesFolder, { recursive: true });
		const rules = udevRules(Object.values(scannerDrivers), inhibitRuleOf);
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
	till.forget();
	await Promise.all([serial.unplug(), hid.unplug()]);
	await till.device("front", "away");
	await till.device("twin-a", "away");
}

const ruleIn = (advice: string) => advice.slice(advice.indexOf("SUBSYSTEM"));

async function replug(device: UsbDevice, socket: 0 | 1): Promise<void> {
	await device.unplug();
	await device.plug(socket);
}
