import { drawTable } from "../config/table.ts";
import type { PluggedPrinter } from "../ports/printers.ts";

/** What `kassad devices` found out about USB printers. */
export type PrinterFindings = {
	readonly printers: readonly {
		readonly printer: PluggedPrinter;
		readonly verdict: string;
		/** What keeps kassad from opening it, and what to do. */
		readonly troubles: readonly string[];
	}[];
	/** Printers of the settings that are not there. */
	readonly missingPrinters: readonly {
		readonly printer: string;
		readonly path: string;
		readonly why: string;
	}[];
};

const head = ["Printer", "File", "USB id", "Serial number", "Socket", "What kassad does with it"];

/** The USB printers for a technician to read; nothing when there are none. */
export function printersReport({ printers, missingPrinters }: PrinterFindings): string {
	const rows = printers.map(({ printer, verdict }) => {
		const { path, vendorId, productId, serial, port } = printer;
		const ids = vendorId === undefined ? "-" : `${vendorId}:${productId ?? "?"}`;
		return [titleOf(printer), path, ids, serial ?? "-", port ?? "-", verdict];
	});
	const table = rows.length === 0 ? [] : [drawTable(rows, head)];
	const absent = missingPrinters.map(
		({ printer, path, why }) => `Printer ${printer} (${path}) is not there: ${why}.`,
	);
	const troubles = printers.flatMap(({ printer, troubles }) =>
		troubles.map((trouble) => `${printer.path}: ${trouble}`),
	);
	return [...table, ...absent, ...troubles].join("\n");
}

/** Its maker and product, by the USB strings or else by its IEEE 1284 device id. */
function titleOf({ maker, product, deviceId = "" }: PluggedPrinter): string {
	const fact = (...keys: string[]) =>
		new RegExp(`(?:^|;)\\s*(?:${keys.join("|")}):([^;]+)`).exec(deviceId)?.[1]?.trim();
	const words = [maker ?? fact("MFG", "MANUFACTURER"), product ?? fact("MDL", "MODEL")];
	return words.filter((word) => word !== undefined).join(" ") || "-";
}
