import { map, merge, type Observable } from "rxjs";
import type { ScannerDriver } from "../model/device.ts";
import type { ScannerSettings } from "../model/settings/devices.ts";
import type { Plugged } from "../ports/plugged.ts";
import { moves$ } from "../ports/plugged-moves.ts";
import { deviceName } from "../ports/plugged-name.ts";
import { finds$ } from "./finds.ts";

/** What is told of what is plugged in, besides what scanners tell of themselves. */
export type PlugNews =
	/** The scanner has another place, or another device has its place: USB sockets, or serial numbers. */
	| {
			readonly type: "moved" | "replaced";
			readonly scanner: string;
			readonly from: string;
			readonly to: string;
	  }
	/** A scanner is plugged in that the settings do not name: its family, and its place as they would name it. */
	| { readonly type: "found"; readonly driver: string; readonly path: string };

/**
 * News of what is plugged in: scanners of the settings that changed their places, and scanners that are not in them.
 * Ends and fails only as `plugs$` does.
 * @param plugs$ what is plugged in, whenever that has changed.
 */
export function plugNews$(
	scanners: readonly Pick<ScannerSettings, "name" | "path">[],
	drivers: Readonly<Record<string, ScannerDriver>>,
	plugs$: Observable<readonly Plugged[]>,
): Observable<PlugNews> {
	return merge(movesOf(scanners, plugs$), findsOf(scanners, drivers, plugs$));
}

function findsOf(
	scanners: readonly Pick<ScannerSettings, "name" | "path">[],
	drivers: Readonly<Record<string, ScannerDriver>>,
	plugs$: Observable<readonly Plugged[]>,
): Observable<PlugNews> {
	const paths = scanners.map(({ path }) => path);
	const found$ = finds$(plugs$, paths, Object.values(drivers));
	return found$.pipe(map((find): PlugNews => ({ type: "found", ...find })));
}

/** Two scanners that were swapped keep their names by their serial numbers, and somebody should know. */
function movesOf(
	scanners: readonly Pick<ScannerSettings, "name" | "path">[],
	plugs$: Observable<readonly Plugged[]>,
): Observable<PlugNews> {
	const names = scanners.flatMap(({ name, path }) => {
		const by = deviceName(path);
		return typeof by === "string" ? [] : [[name, by] as const];
	});
	return moves$(plugs$, new Map(names)).pipe(
		map(({ name, kind, from, to }): PlugNews => ({ type: kind, scanner: name, from, to })),
	);
}
