import { deepEqual, equal, ok } from "node:assert/strict";
import { scannerDrivers } from "../../../../drivers/index.ts";
import type { ScannerDriver } from "../../../../src/model/device.ts";
import { begin, fact, until } from "../fact.ts";
import { type Sample, samples } from "../scanners.ts";
import type { Till } from "../till.ts";
import { UhidDevice } from "../uhid.ts";
import { mostAwayMs } from "./replugs.ts";

const cycles = 5;

/** More than one report in every family but IBM's and the keyboards', with GS and bytes that are markup elsewhere. */
const longCode = "010460123456789021\\1]<&>\u001d91EE06\u001d92c2lnbmF0dXJlIG9mIHRoZSBzdGF0ZSBvZiBhIG1hcms=";
/** An IBM scanner cuts long codes as its maker likes, and typing takes long. */
const shortCode = "21Ab-12\u001d93xYz=";

/** Every HID family of the driver table, made through /dev/uhid. */
export async function tellFamilies(till: Till): Promise<void> {
	begin("HID scanners of every family");
	for (const driver of Object.values(scannerDrivers).filter(({ channel }) => channel === "hid")) {
		await fact(driver.title, async () => {
			const sample = samples[driver.id];
			if (sample === undefined) throw new Error(`there is no sample of ${driver.id} in scanners.ts`);
			await tellFamily(till, driver, sample);
			return undefined;
		});
	}
	await tellReplugs(till);
}

async function tellFamily(
	till: Till,
	{ id, framing, greeting }: ScannerDriver,
	sample: Sample,
): Promise<void> {
	const text = framing.by === "hid-pos" ? longCode : shortCode;
	using device = plug(id, sample);
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

async function tellReplugs(till: Till): Promise<void> {
	const id = "zebra-hid-pos";
	const sample = samples[id];
	if (sample === undefined) return;
	using device = plug(id, sample);
	await till.device(id, "back");
	const open = till.descriptors();
	await fact("one is usable again after each replug, and half a scan is none", async () => {
		const took: number[] = [];
		for (let cycle = 1; cycle <= cycles; cycle += 1) {
			// The first report of two.
			await device.send(sample.qr(`${longCode}${cycle}`).slice(0, 1));
			device.unplug();
			await till.device(id, "away");
			device.plug();
			const plugged = performance.now();
			await till.device(id, "back");
			took.push(Math.round(performance.now() - plugged));
			await device.send(sample.qr(`after replug ${cycle}`));
			equal((await till.scan()).text, `after replug ${cycle}`);
		}
		ok(Math.max(...took) <= mostAwayMs, `after ${took.join(", ")} ms`);
		return `after ${took.join(", ")} ms`;
	});
	await fact("the daemon has as many descriptors open as before", async () => {
		equal(till.descriptors(), open);
		return `${open} descriptors`;
	});
	device.unplug();
	await till.device(id, "away");
}

function plug(name: string, { vendorId, productId, descriptor }: Sample): UhidDevice {
	const ids = { vendorId: Number.parseInt(vendorId, 16), productId: Number.parseInt(productId, 16) };
	const device = new UhidDevice({ name, ...ids, descriptor });
	device.plug();
	return device;
}
