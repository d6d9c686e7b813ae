import type { Settings } from "../model/settings/settings.ts";
import type { Finding } from "./findings.ts";

/** What further tills have are devices of the lists, and a scanner is at one till. */
export function terminalFindings({ store, scanners, printers }: Partial<Settings>): Finding[] {
	const taken = new Set<string>();
	return (store?.terminals ?? []).flatMap((terminal, index) => {
		const at = ["store", "terminals", index];
		const found = terminal.scanners.flatMap((scanner, place): Finding[] => {
			const path = [...at, "scanners", place];
			const isTaken = taken.has(scanner);
			taken.add(scanner);
			if (isTaken) return [{ path, text: `expected a scanner that stands here once, got "${scanner}"` }];
			return unknown(scanner, scanners, path);
		});
		const { printer } = terminal;
		return [...found, ...(printer === null ? [] : unknown(printer, printers, [...at, "printer"]))];
	});
}

/** A list that is wrong by itself is told of elsewhere. */
function unknown(
	name: string,
	devices: readonly { readonly name: string }[] | undefined,
	path: readonly PropertyKey[],
): Finding[] {
	if (devices === undefined || devices.some((device) => device.name === name)) return [];
	const names = devices.map((device) => device.name).join(", ");
	return [{ path, text: `expected one of: ${names || "none, as the list is empty"}, got "${name}"` }];
}
