import { FaultError } from "../model/fault.ts";
import type { StoreSettings } from "../model/settings/store.ts";
import type { Store } from "../pay/bodies.ts";
import type { Printers } from "../printers/printers.ts";

/** The terminalId of the till where a scanner stands: what no further till names belongs to the first. */
export function tillOf(scanner: string, { terminalId, terminals }: StoreSettings): string {
	return terminals.find(({ scanners }) => scanners.includes(scanner))?.terminalId ?? terminalId;
}

/** @throws {FaultError} `terminal-unknown` when the settings have no such till. */
export function knownTill(asked: string, { terminalId, terminals }: StoreSettings): string {
	const ids = [terminalId, ...terminals.map((further) => further.terminalId)];
	if (ids.includes(asked)) return asked;
	throw new FaultError("terminal-unknown", `the tills are ${ids.join(", ")}`);
}

/**
 * The till as the Pay API knows it. What was begun under a terminalId ends under it, even if the settings name no such
 * till any more; what an earlier kassad left without one is the first till's.
 */
export function storeOf(terminal: string | undefined, { storeId, terminalId }: StoreSettings): Store {
	return { storeId, terminalId: terminal ?? terminalId };
}

/** What prints the slips of a till: of a further one its own printer, if it has any; of any other the first. */
export function printerOf(
	terminal: string | undefined,
	{ terminals }: StoreSettings,
	printers: Printers,
): string | undefined {
	const further = terminals.find(({ terminalId }) => terminalId === terminal);
	return further === undefined ? printers.all[0]?.name : (further.printer ?? undefined);
}

/** Whose till it is, for a view: told only where there are several. */
export function toldTill(
	terminal: string | undefined,
	{ terminalId, terminals }: StoreSettings,
): { readonly terminalId?: string } {
	return terminals.length === 0 ? {} : { terminalId: terminal ?? terminalId };
}
