import { deepEqual } from "node:assert/strict";
import { begin, fact } from "../fact.ts";
import { serialScanner } from "../scanners.ts";
import type { Till } from "../till.ts";
import { acmScanner } from "../usb-device.ts";
import { tellReplugs } from "./replugs.ts";

const name = "front";
/** A marking code with GS inside. */
const code = "01046012345678901721abc\u001d91EE06\u001d92dGVzdA==";

/** A scanner in its USB COM mode. */
export async function tellSerial(till: Till): Promise<void> {
	begin("A serial scanner (CDC-ACM)");
	await using scanner = acmScanner(serialScanner);
	const say = (text: string) => scanner.send(Buffer.from(text, "latin1"));
	const show = (text: string) => say(`]Q1${text}\r`);

	await fact("what it reads reaches the POS program byte for byte", async () => {
		till.forget();
		await scanner.plug(0);
		await till.device(name, "back");
		await show(code);
		deepEqual(await till.scan(), { scanner: name, symbology: "qr", text: code });
		return undefined;
	});
	await tellReplugs(till, {
		name,
		plug: () => scanner.plug(0),
		unplug: () => scanner.unplug(),
		sayHalf: () => say("]Q1half of a co"),
		show,
	});
	till.forget();
	await scanner.unplug();
	await till.device(name, "away");
}
