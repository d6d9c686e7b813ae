import type { PrintRecord } from "../journal/print-reader.ts";
import type { PrintVerdict } from "../model/print.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";

/** Who prints what a printer cannot begin. */
export type Substitutes = {
	/** The printer that shall try this print now; undefined when every one of them has, or none is set. */
	nextFor(print: Pick<PrintRecord, "id" | "printer">, verdict: PrintVerdict): string | undefined;
	/** The print has its verdict: its tries are forgotten. */
	forget(printId: number): void;
};

/**
 * A print goes from printer to printer as the settings name them, and comes to none twice.
 * @param isAtWork whether a printer may begin now.
 */
export function substitutes(
	printers: readonly Pick<PrinterSettings, "name" | "substitute">[],
	isAtWork: (printer: string) => boolean,
): Substitutes {
	const tried = new Map<number, Set<string>>();
	return {
		nextFor: ({ id, printer }, verdict) => {
			if (verdict.state !== "not-printed" || !verdict.fault.startsWith("printer-")) return undefined;
			const { substitute } = printers.find(({ name }) => name === printer) ?? {};
			if (substitute == null || !isAtWork(substitute)) return undefined;
			const names = (tried.get(id) ?? new Set()).add(printer);
			tried.set(id, names);
			return names.has(substitute) ? undefined : substitute;
		},
		forget: (printId) => void tried.delete(printId),
	};
}
