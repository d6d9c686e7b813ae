import { equal, ok } from "node:assert/strict";
import { typedReports } from "../../../../hardware-mocks/scanner/keys.ts";
import { usKeys } from "../../../../hardware-mocks/scanner/keys-tables.ts";
import { begin, fact, sleep } from "../fact.ts";
import { openKeys } from "../input-events.ts";
import { samples } from "../scanners.ts";
import type { Till } from "../till.ts";
import { UhidDevice } from "../uhid.ts";

const id = "keyboard-wedge";
/** Longer than the kernel takes to hand a key to those who read it. */
const settleMs = 300;

/** What a scanner types is for kassad alone. The scanner stays plugged in. */
export async function tellWedge(till: Till): Promise<void> {
	begin("A scanner that types");
	const sample = samples[id];
	if (sample === undefined) throw new Error(`there is no sample of ${id}`);
	const { vendorId, productId, descriptor, qr } = sample;
	const ids = { vendorId: Number.parseInt(vendorId, 16), productId: Number.parseInt(productId, 16) };
	const wedge = new UhidDevice({ name: "Scanner that types", ...ids, descriptor });
	using keyboard = new UhidDevice({
		name: "Ordinary keyboard",
		vendorId: 0x046d,
		productId: 0xc31c,
		descriptor,
	});

	await fact("its keys reach kassad and nobody who listens to the kernel's keyboards", async () => {
		wedge.plug();
		using keys = await openKeys("Scanner that types");
		await till.device(id, "back");
		const text = "typed for kassad alone";
		await wedge.send(qr(text));
		equal((await till.scan()).text, text);
		await sleep(settleMs);
		equal(keys.pressed(), 0);
		return undefined;
	});
	await fact("the keys of an ordinary keyboard beside it arrive as ever", async () => {
		keyboard.plug();
		using keys = await openKeys("Ordinary keyboard");
		const text = "abc";
		await keyboard.send(typedReports(text));
		await sleep(settleMs);
		ok([...text].every((key) => usKeys.has(key)));
		equal(keys.pressed(), text.length + 1);
		return undefined;
	});
}
