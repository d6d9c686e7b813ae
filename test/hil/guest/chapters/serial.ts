import { deepEqual, equal, ok } from "node:assert/strict";
import { begin, fact } from "../fact.ts";
import { serialScanner } from "../scanners.ts";
import type { Till } from "../till.ts";
import { acmScanner } from "../usb-device.ts";
import { mostAwayMs } from "./replugs.ts";

const cycles = 5;

/** A scanner in its USB COM mode, plugged again and again. */
export async function tellSerial(till: Till): Promise<void> {
	begin("A serial scanner (CDC-ACM)");
	await using scanner = acmScanner(serialScanner);
	const show = (text: string) => scanner.send(Buffer.from(`]Q1${text}\r`, "latin1"));

	await fact("what it reads reaches the POS program byte for byte", async () => {
		await scanner.plug(0);
		await till.device("front", "back");
		const code = "01046012345678901721abc\u001d91EE06\u001d92dGVzdA==";
		await show(code);
		deepEqual(await till.scan(), { scanner: "front", symbology: "qr", text: code });
		return undefined;
	});
	const open = till.descriptors();
	await fact("it is usable again after each replug, and half a scan is none", async () => {
		const took: number[] = [];
		for (let cycle = 1; cycle <= cycles; cycle += 1) {
			await scanner.send(Buffer.from("]Q1half of a co"));
			await scanner.unplug();
			await till.device("front", "away");
			await scanner.plug(0);
			const plugged = performance.now();
			await till.device("front", "back");
			took.push(Math.round(performance.now() - plugged));
			await show(`after replug ${cycle}`);
			equal((await till.scan()).text, `after replug ${cycle}`);
		}
		ok(Math.max(...took) <= mostAwayMs, `after ${took.join(", ")} ms`);
		return `after ${took.join(", ")} ms`;
	});
	await fact("the daemon has as many descriptors open as before", async () => {
		equal(till.descriptors(), open);
		return `${open} descriptors`;
	});
	await scanner.unplug();
	await till.device("front", "away");
}
