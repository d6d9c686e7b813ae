import type { UsbMark } from "../model/device.ts";
import type { Plugged } from "./plugged.ts";
import { type DeviceName, hasUsage, isNamed, isSameDevice } from "./plugged-name.ts";

/** What is looked for besides the name: the channel, and the driver's marks, which tell the right part of a device. */
export type Wanted = { readonly channel: Plugged["channel"]; readonly marks: readonly UsbMark[] };

/**
 * The device file that a name means at this moment, or why there is none. A path is taken as it is.
 *
 * The ids in a name count more than those in the driver's marks: a shop may run a clone with a family's driver. Of the
 * marks only the usages choose between the parts of one device.
 */
export function resolve(
	name: DeviceName,
	list: readonly Plugged[],
	{ channel, marks }: Wanted,
): { readonly path: string } | { readonly why: string } {
	if (name.by === "path") return { path: name.path };
	const named = list.filter((device) => device.channel === channel && isNamed(device, name));
	const parts = named.filter((device) => marks.length === 0 || marks.some((mark) => hasUsage(device, mark)));
	const [first, ...others] = parts;
	if (first === undefined)
		return { why: named.length === 0 ? absence(name, list, channel) : wrongMode(named) };
	const another = others.find((device) => !isSameDevice(device, first));
	return another === undefined ? { path: first.path } : { why: doubt(first, another) };
}

const kinds = { serial: "serial", hid: "HID" } as const;

function absence(
	name: Extract<DeviceName, { by: "usb" }>,
	list: readonly Plugged[],
	channel: Plugged["channel"],
) {
	const { vendorId, productId } = name;
	const other = channel === "hid" ? "serial" : "hid";
	if (list.some((device) => device.channel === other && isNamed(device, name))) {
		return `it is plugged in, but as a ${kinds[other]} device: set it to ${kinds[channel]} with a bar code of its manual`;
	}
	const alike = list.filter((device) => isNamed(device, { by: "usb", vendorId, productId }));
	if (alike.length === 0) return "it is not plugged in";
	const where = alike.map(({ serial, port }) => `serial=${serial ?? "none"}, port=${port ?? "unknown"}`);
	return `it is not plugged in; there is the same model with ${[...new Set(where)].join(" and with ")}`;
}

function wrongMode(named: readonly Plugged[]): string {
	const pages = named.flatMap(({ usages }) =>
		usages.map(({ usagePage }) => usagePage.toString(16).padStart(4, "0")),
	);
	const all = [...new Set(pages)].join(", ");
	return `it is plugged in, but in another mode (usage pages ${all}): set it with a bar code of its manual`;
}

function doubt(one: Plugged, other: Plugged): string {
	const serials = one.serial !== undefined && one.serial !== other.serial;
	const by = serials ? `/serial=${one.serial}` : `/port=${one.port ?? "..."}`;
	return `two such devices are plugged in (${one.path}, ${other.path}): name one of them, for example with ${by}`;
}
