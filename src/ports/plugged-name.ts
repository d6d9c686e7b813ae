import type { UsbMark } from "../model/device.ts";
import type { Plugged } from "./plugged.ts";

/** How the settings name a device: by a device file, or by what its USB device tells. */
export type DeviceName =
	| { readonly by: "path"; readonly path: string }
	| {
			readonly by: "usb";
			/** Four lower-case hexadecimal digits, as the next. */
			readonly vendorId: string;
			readonly productId: string;
			readonly serial?: string;
			readonly port?: string;
	  };

/** What a device is known by. */
type Nameable = Pick<Plugged, "path" | "stablePath" | "vendorId" | "productId" | "serial" | "port">;

const usbName = /^usb:([0-9a-f]{4}):([0-9a-f]{4})(?:\/(serial|port)=(.+))?$/i;

/**
 * Reads a name from the settings: `usb:0c2e:0b6a`, that with `/serial=S` or `/port=1-2.3` behind it, or else a device
 * file. A text is returned when the name is wrong: what was expected.
 */
export function deviceName(text: string): DeviceName | string {
	if (!/^usb:/i.test(text)) {
		return text.trim() === "" ? "expected a device file or usb:VVVV:PPPP" : { by: "path", path: text };
	}
	const [, vendorId, productId, key, value] = usbName.exec(text) ?? [];
	if (vendorId === undefined || productId === undefined) {
		return "expected usb:VVVV:PPPP, usb:VVVV:PPPP/serial=S or usb:VVVV:PPPP/port=1-2.3, with V and P hexadecimal";
	}
	const ids = { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase() };
	if (key === undefined || value === undefined) return { by: "usb", ...ids };
	return { by: "usb", ...ids, ...(key.toLowerCase() === "serial" ? { serial: value } : { port: value }) };
}

/** The shortest name that fits this device and none of the others in the list; its path when it has no USB ids. */
export function nameFor(device: Nameable, list: readonly Nameable[]): string {
	const { vendorId, productId, serial, port } = device;
	if (vendorId === undefined || productId === undefined) return device.path;
	const alike = list.filter((other) => isNamed(other, { by: "usb", vendorId, productId }));
	const others = alike.filter((other) => !isSameDevice(device, other));
	const plain = `usb:${vendorId}:${productId}`;
	if (others.length === 0) return plain;
	if (serial !== undefined && others.every((other) => other.serial !== serial))
		return `${plain}/serial=${serial}`;
	return port === undefined ? device.path : `${plain}/port=${port}`;
}

/** Whether this is a device of that name. A path may be the device's own or its stable link. */
export function isNamed(device: Nameable, name: DeviceName): boolean {
	if (name.by === "path") return name.path === device.path || name.path === device.stablePath;
	return (
		device.vendorId === name.vendorId &&
		device.productId === name.productId &&
		(name.serial === undefined || name.serial === device.serial) &&
		(name.port === undefined || name.port === device.port)
	);
}

/** Whether two device files belong to one device: it sits in one socket, or both tell the same where nobody knows. */
export function isSameDevice(one: Nameable, other: Nameable): boolean {
	const same = (fact: "vendorId" | "productId" | "port" | "serial") => one[fact] === other[fact];
	if (!same("vendorId") || !same("productId") || !same("port") || !same("serial")) return false;
	return one.port !== undefined || one.serial !== undefined || one.path === other.path;
}

/** Whether a driver's mark is on this device: ids and, where the system tells usages, one of them. */
export function fits(device: Plugged, { vendorId, productId, ...what }: UsbMark): boolean {
	const ids = vendorId === device.vendorId && (productId === undefined || productId === device.productId);
	return ids && hasUsage(device, what);
}

/** Whether a part of the device is for what is asked. Where the system does not tell usages, it may be. */
export function hasUsage(
	{ usages }: Plugged,
	{ usagePage, usage }: Pick<UsbMark, "usagePage" | "usage">,
): boolean {
	if (usages.length === 0) return true;
	return usages.some(
		(part) => (usagePage ?? part.usagePage) === part.usagePage && (usage ?? part.usage) === part.usage,
	);
}
