import { type DeviceName, isNamed, isSameDevice } from "./plugged-name.ts";
import type { PluggedPrinter } from "./printers.ts";

/** The USB printer that a name means at this moment, or why there is none. */
export function resolvePrinter(
	name: DeviceName,
	list: readonly PluggedPrinter[],
): PluggedPrinter | { readonly why: string } {
	const named = list.filter((printer) => isNamed(printer, name));
	const [first, ...others] = named;
	if (first === undefined) return { why: absence(name, list) };
	const another = others.find((printer) => !isSameDevice(printer, first));
	return another === undefined ? first : { why: doubt(first, another) };
}

function absence(name: DeviceName, list: readonly PluggedPrinter[]): string {
	const none = "it is not plugged in or not switched on";
	if (name.by === "path") return none;
	const { vendorId, productId } = name;
	const alike = list.filter((printer) => isNamed(printer, { by: "usb", vendorId, productId }));
	if (alike.length === 0) return none;
	const where = alike.map(({ serial, port }) => `serial=${serial ?? "none"}, port=${port ?? "unknown"}`);
	return `it is not plugged in; there is the same model with ${[...new Set(where)].join(" and with ")}`;
}

function doubt(one: PluggedPrinter, other: PluggedPrinter): string {
	const serials = one.serial !== undefined && one.serial !== other.serial;
	const by = serials ? `/serial=${one.serial}` : `/port=${one.port ?? "..."}`;
	return `two such printers are plugged in (${one.path}, ${other.path}): name one of them, for example with ${by}`;
}
