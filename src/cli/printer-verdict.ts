import type { PrinterSettings } from "../model/settings/devices.ts";
import { type DeviceName, deviceName, isNamed, nameFor } from "../ports/plugged-name.ts";
import type { PluggedPrinter } from "../ports/printers.ts";
import { resolvePrinter } from "../ports/printers-resolve.ts";

/** The printers of the settings, as far as it is told how they are plugged in. */
export type NamedPrinters = readonly Pick<PrinterSettings, "name" | "driver" | "connection">[];

/** What kassad does with a printer that is plugged in, or what to write into the settings so that it uses it. */
export function printerVerdict(
	printer: PluggedPrinter,
	list: readonly PluggedPrinter[],
	named: NamedPrinters,
): string {
	const user = named.find(({ connection }) => {
		const name = usbNameOf(connection);
		return name !== undefined && resolvePrinter(name, list) === printer;
	});
	if (user !== undefined) return `used as printer ${user.name}, with driver ${user.driver}`;
	const name = nameFor(printer, list);
	const usb = /^usb:/.test(name) ? [`{ by: usb, device: ${name} }`] : [];
	const ways = printer.driver === "usblp" ? [`{ by: usblp, path: ${name} }`, ...usb] : usb;
	return ways.length === 0 ? "no way to open it" : `add it with connection: ${ways.join(" or ")}`;
}

/** USB printers of the settings that are not there, and why. */
export function missingPrinters(
	list: readonly PluggedPrinter[],
	named: NamedPrinters,
): { readonly printer: string; readonly path: string; readonly why: string }[] {
	return named.flatMap(({ name: printer, connection }) => {
		const name = usbNameOf(connection);
		if (name === undefined || (name.by === "path" && list.some((device) => isNamed(device, name)))) return [];
		const found = resolvePrinter(name, list);
		const path = connection.by === "usb" ? connection.device : "path" in connection ? connection.path : "";
		return "why" in found ? [{ printer, path, why: found.why }] : [];
	});
}

function usbNameOf(connection: PrinterSettings["connection"]): DeviceName | undefined {
	if (connection.by !== "usb" && connection.by !== "usblp") return undefined;
	const name = deviceName(connection.by === "usb" ? connection.device : connection.path);
	return typeof name === "string" ? undefined : name;
}
