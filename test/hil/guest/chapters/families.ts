import { deepEqual } from "node:assert/strict";
import { scannerDrivers } from "../../../../drivers/index.ts";
import type { ScannerDriver } from "../../../../src/model/device.ts";
import { begin, fact, until } from "../fact.ts";
import { type Sample, sampleOf } from "../scanners.ts";
import type { Till } from "../till.ts";
import { UhidDevice } from "../uhid.ts";
import { tellReplugs } from "./replugs.ts";

/** More than one report in every family but IBM's and the keyboards', with GS and bytes that are markup elsewhere. */
const longCode = "010460123456789021\\1]<&>\u001d91EE06\u001d92c2lnbmF0dXJlIG9mIHRoZSBzdGF0ZSBvZiBhIG1hcms=";
/** An IBM scanner cuts long codes as its maker likes, and typing takes long. */
const shortCode = "21Ab-12\u001d93xYz=";

/** Every HID family of the driver table, made through /dev/uhid. */
export async function tellFamilies(till: Till): Promise<void> {
	begin("HID scanners of every family");
	for (const driver of Object.values(scannerDrivers).filter(({ channel }) => channel === "hid")) {
		await fact(driver.title, async () => {
			await tellFamily(till, driver, sampleOf(driver.id));
			return undefined;
		});
	}
	begin("A HID POS scanner");
	await tellReplugsOf(till, "zebra-hid-pos");
}

async function tellFamily(
	till: Till,
	{ id, framing, greeting }: ScannerDriver,
	sample: Sample,
): Promise<void> {
	const text = framing.by === "hid-pos" ? longCode : shortCode;
	using device = new UhidDevice({ name: id, ...sample });
	till.forget();
	device.plug();
	await till.device(id, "back");
	await until(`the greeting of ${id}`, () => {
		const heard = [...device.outputs, ...device.features].map((report) => Buffer.from(report));
		// A report without an id has 00 in front of it on some ways.
		return greeting.every(({ bytes }) =>
			heard.some((report) => report.includes(Buffer.from(bytes.slice(bytes[0] === 0 ? 1 : 0)))),
		);
	});
	await device.send(sample.qr(text));
	deepEqual(await till.scan(), { scanner: id, symbology: sample.symbology, text });
	device.unplug();
	await till.device(id, "away");
}

async function tellReplugsOf(till: Till, name: string): Promise<void> {
	const sample = sampleOf(name);
	using device = new UhidDevice({ name, ...sample });
	till.forget();
	device.plug();
	await till.device(name, "back");
	await tellReplugs(till, {
		name,
		plug: () => device.plug(),
		unplug: () => device.unplug(),
		// The first report of two.
		sayHalf: () => device.send(sample.qr(longCode).slice(0, 1)),
		show: (text) => device.send(sample.qr(text)),
	});
	device.unplug();
	await till.device(name, "away");
}
