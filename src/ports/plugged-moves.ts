import { filter, map, mergeMap, type Observable, scan } from "rxjs";
import type { Plugged } from "./plugged.ts";
import { type DeviceName, isNamed, isSameDevice } from "./plugged-name.ts";

/** A device that the settings name is not where, or not which, it was when it was last seen. */
export type Move = {
	/** As the caller calls it. */
	readonly name: string;
	/** It sits in another USB socket, or a device with another serial number sits in its socket. */
	readonly kind: "moved" | "replaced";
	/** Sockets, or serial numbers. */
	readonly from: string;
	readonly to: string;
};

/** Where named devices were last seen, by name. */
type Places = ReadonlyMap<string, Pick<Plugged, "port" | "serial">>;

/**
 * Tells when named devices have changed their sockets, or have been changed for others, since they were last seen:
 * two scanners that were swapped are two moves. A device that is away for a while is compared with where it was.
 * The first look at a device tells nothing.
 */
export function moves$(
	lists$: Observable<readonly Plugged[]>,
	names: ReadonlyMap<string, DeviceName>,
): Observable<Move> {
	return lists$.pipe(
		scan((before: { places: Places; moves: readonly Move[] }, list) => look(before.places, list, names), {
			places: new Map(),
			moves: [],
		}),
		map(({ moves }) => moves),
		filter((moves) => moves.length > 0),
		mergeMap((moves) => moves),
	);
}

function look(places: Places, list: readonly Plugged[], names: ReadonlyMap<string, DeviceName>) {
	const now = new Map(places);
	const moves: Move[] = [];
	for (const [name, by] of names) {
		const [device, ...parts] = list.filter((device) => isNamed(device, by));
		// A name that fits two devices is nobody's.
		if (device === undefined || parts.some((part) => !isSameDevice(part, device))) continue;
		const before = places.get(name);
		now.set(name, device);
		const move = before && moveOf(name, before, device);
		if (move !== undefined) moves.push(move);
	}
	return { places: now, moves };
}

function moveOf(
	name: string,
	before: Pick<Plugged, "port" | "serial">,
	now: Pick<Plugged, "port" | "serial">,
): Move | undefined {
	const [from, to] = [before.serial, now.serial];
	if (from !== undefined && to !== undefined && from !== to) return { name, kind: "replaced", from, to };
	if (before.port === undefined || now.port === undefined || before.port === now.port) return undefined;
	return { name, kind: "moved", from: before.port, to: now.port };
}
