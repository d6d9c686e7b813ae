import { deepEqual } from "node:assert/strict";
import { begin, fact } from "../fact.ts";
import { namelessTwin, sampleOf, twin } from "../scanners.ts";
import type { Till } from "../till.ts";
import { hidScanner, type Socket, type UsbDevice } from "../usb-device.ts";

type Twins = readonly [UsbDevice, UsbDevice];

/** Two scanners of one kind on one till: real USB devices, because sockets and serial numbers are the bus's. */
export async function tellTwins(till: Till): Promise<void> {
	const { descriptor, qr } = sampleOf("newland-hid-pos");
	const form = { descriptor, reportBytes: 64 };
	begin("Two identical scanners");

	/** Shows a code to each and tells which names it came under. */
	const namesOf = async (twins: Twins, text: string) => {
		const names: string[] = [];
		for (const device of twins) {
			for (const report of qr(`${text} ${names.length}`)) await device.send(report);
			names.push((await till.scan()).scanner);
		}
		return names;
	};
	const plug = async (twins: Twins, sockets: readonly [Socket, Socket], names: readonly string[]) => {
		till.forget();
		await Promise.all(twins.map((device, index) => device.plug(sockets[index] ?? 0)));
		await Promise.all(names.map((name) => till.device(name, "back")));
	};
	const unplug = async (twins: Twins, names: readonly string[]) => {
		till.forget();
		await Promise.all(twins.map((device) => device.unplug()));
		await Promise.all(names.map((name) => till.device(name, "away")));
	};

	await using a = hidScanner({ ...twin, serial: "A" }, form);
	await using b = hidScanner({ ...twin, serial: "B" }, form);
	const names = ["twin-a", "twin-b"];
	await fact(
		"with serial numbers they keep their names when they swap their sockets, and that is told",
		async () => {
			await plug([a, b], [0, 1], names);
			deepEqual(await namesOf([a, b], "before the swap"), names);
			await unplug([a, b], names);
			await plug([a, b], [1, 0], names);
			await Promise.all(names.map((name) => till.device(name, "moved")));
			deepEqual(await namesOf([a, b], "after the swap"), names);
			return undefined;
		},
	);
	await unplug([a, b], names);

	await using c = hidScanner(namelessTwin, form);
	await using d = hidScanner(namelessTwin, form);
	const sockets = ["socket-0", "socket-1"];
	await fact(
		"without serial numbers they are named by their sockets, in whichever order they come",
		async () => {
			await plug([c, d], [0, 1], sockets);
			deepEqual(await namesOf([c, d], "first"), sockets);
			await unplug([c, d], sockets);
			await plug([d, c], [1, 0], sockets);
			deepEqual(await namesOf([c, d], "again"), sockets);
			return undefined;
		},
	);
	await unplug([c, d], sockets);
}
