import { mergeMap, type Observable, scan } from "rxjs";
import type { ScannerDriver } from "../model/device.ts";
import type { Plugged } from "../ports/plugged.ts";
import { deviceName, fits, isNamed, nameFor } from "../ports/plugged-name.ts";

/** A scanner that is plugged in and that the settings do not name: what to write into them. */
export type Find = { readonly driver: string; readonly path: string };

/**
 * Scanners that nobody has named, each once as long as it is there. They are told and left alone: another program may
 * be using them. A keyboard is never found, since nothing tells whether it is a scanner.
 * @param paths of the scanners in the settings.
 */
export function finds$(
	plugs$: Observable<readonly Plugged[]>,
	paths: readonly string[],
	drivers: readonly ScannerDriver[],
): Observable<Find> {
	const names = paths.map(deviceName).filter((name) => typeof name !== "string");
	const isNamedThere = (device: Plugged) => names.some((name) => isNamed(device, name));
	return plugs$.pipe(
		scan(
			({ known }: { known: ReadonlySet<string>; fresh: readonly Find[] }, list) => {
				const unnamed = list.filter((device) => !isNamedThere(device));
				const finds = unnamed.flatMap((device) => findOf(device, list, drivers));
				const fresh = finds.filter(({ path }) => !known.has(path));
				return { known: new Set(finds.map(({ path }) => path)), fresh };
			},
			{ known: new Set<string>(), fresh: [] },
		),
		mergeMap(({ fresh }) => fresh),
	);
}

function findOf(device: Plugged, list: readonly Plugged[], drivers: readonly ScannerDriver[]): Find[] {
	const driver = drivers.find(
		({ channel, framing, marks }) =>
			channel === device.channel && framing.by !== "keys" && marks.some((mark) => fits(device, mark)),
	);
	return driver === undefined ? [] : [{ driver: driver.id, path: nameFor(device, list) }];
}
