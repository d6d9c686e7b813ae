import { equal } from "node:assert/strict";
import { typedReports } from "../../../../hardware-mocks/scanner/keys.ts";
import { begin, fact, sleep, until } from "../fact.ts";
import { openKeys } from "../input-events.ts";
import { sampleOf } from "../scanners.ts";
import type { Till } from "../till.ts";
import { UhidDevice } from "../uhid.ts";

const id = "keyboard-wedge";
const scannersName = "Scanner that types";
/** Longer than the kernel takes to hand a key to those who read it. */
const settleMs = 300;

/** What a scanner types is for kassad alone, for as long as kassad is there. */
export async function tellWedge(till: Till): Promise<void> {
	begin("A scanner that types");
	const { qr, ...sample } = sampleOf(id);
	using wedge = new UhidDevice({ ...sample, name: scannersName });

	await fact("its keys reach kassad and nobody who listens to the kernel's keyboards", async () => {
		till.forget();
		wedge.plug();
		using keys = await openKeys(scannersName);
		await till.device(id, "back");
		// udev gives the right to silence it a moment after the device has come.
		await until("the keyboard to be silenced", () => keys.isSilenced(), 10_000);
		const text = "typed for kassad alone";
		await wedge.send(qr(text));
		equal((await till.scan()).text, text);
		await sleep(settleMs);
		equal(keys.pressed(), 0);
		return undefined;
	});
	await tellKeyboard(sample.descriptor);
	await fact("the daemon ends on SIGTERM while the scanner is open", () => till.end());
	await fact("from then on the scanner types as any keyboard does", async () => {
		using keys = await openKeys(scannersName);
		await wedge.send(qr("typed for all"));
		await until("keys", () => keys.pressed() > 0);
		return undefined;
	});
}

async function tellKeyboard(descriptor: Uint8Array): Promise<void> {
	const name = "Ordinary keyboard";
	using keyboard = new UhidDevice({ name, vendorId: "046d", productId: "c31c", descriptor });
	await fact("the keys of an ordinary keyboard beside it arrive as ever", async () => {
		keyboard.plug();
		using keys = await openKeys(name);
		await keyboard.send(typedReports("abc"));
		await sleep(settleMs);
		// The last one is Enter.
		equal(keys.pressed(), 4);
		return undefined;
	});
}
