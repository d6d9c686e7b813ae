import { SerialPort } from "serialport";
import { type HidEntry, type HidLibrary, withHidLibrary } from "./hid-library.ts";
import type { Plugged } from "./plugged.ts";

type SerialEntry = Awaited<ReturnType<typeof SerialPort.list>>[number];

/** The device files of Windows and macOS, from the lists of serialport and node-hid, which need no rights there. */
export async function pluggedElsewhere(
	serials: () => Promise<SerialEntry[]> = () => SerialPort.list(),
	load?: () => Promise<HidLibrary>,
): Promise<Plugged[]> {
	const lines = (await serials()).map(serialDevice);
	const entries = await withHidLibrary((library) => library.devicesAsync(), load);
	return [...lines, ...hidDevices(entries)];
}

/** serialport gives numbers as hexadecimal text whose case differs by system. */
function serialDevice(entry: SerialEntry): Plugged {
	const { path, vendorId, productId, serialNumber: serial, locationId: port, manufacturer: maker } = entry;
	const ids = { vendorId: vendorId?.toLowerCase(), productId: productId?.toLowerCase() };
	return Object.freeze({ channel: "serial", path, usages: [], ...told({ ...ids, serial, port, maker }) });
}

/** node-hid has one entry for every top-level collection; where the paths are the same it is one device. */
function hidDevices(entries: readonly HidEntry[]): Plugged[] {
	const byPath = Map.groupBy(
		entries.filter(({ path }) => path !== undefined && path !== ""),
		({ path }) => path ?? "",
	);
	return [...byPath].map(([path, [first, ...rest]]) => {
		const all = first === undefined ? rest : [first, ...rest];
		const usages = all.flatMap(({ usagePage, usage }) =>
			usagePage === undefined || usage === undefined ? [] : [Object.freeze({ usagePage, usage })],
		);
		const { serialNumber: serial, manufacturer: maker, product } = first ?? {};
		const ids = { vendorId: hex(first?.vendorId), productId: hex(first?.productId) };
		return Object.freeze({ channel: "hid", path, usages, ...told({ ...ids, serial, maker, product }) });
	});
}

const hex = (id: number | undefined) => id?.toString(16).padStart(4, "0");

/** Without the facts that nobody told. */
function told<T extends Record<string, string | undefined>>(facts: T) {
	const known = Object.entries(facts).filter(([, fact]) => fact !== undefined && fact !== "");
	return Object.fromEntries(known) as { readonly [K in keyof T]?: string };
}
