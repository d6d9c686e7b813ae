import type { Paper } from "../paper.ts";
import { configuredPrinter, configView } from "../pos/office-config.ts";
import type { OfficeMethods } from "../pos/office-methods.ts";
import type { Rooms } from "../rooms.ts";

type DeskRooms = Pick<Rooms, "settings" | "journal" | "printers" | "scannerState">;

type Desks = Pick<OfficeMethods, "config.get" | "device.list">;

/** What the desks ask of the till besides. */
type Helpers = {
	readonly paper: Paper;
	/** The names of all scanners that are paused now. */
	paused(): readonly string[];
};

/** Where the office asks: what the till is set to, and what is plugged into it. */
export function officeDesks(rooms: DeskRooms, { paper, paused }: Helpers): Desks {
	const { settings, printers, scannerState } = rooms;
	return {
		"config.get": async () => configView(settings),
		"device.list": async () => ({
			scanners: settings.scanners.map(({ name, driver, path }) => ({
				...{ scanner: name, driver, path },
				...(scannerState?.(name) ?? { state: "away" as const }),
				paused: paused().includes(name),
			})),
			printers: settings.printers.flatMap((printer) => {
				const here = printers.find(printer.name);
				if (here === undefined) return [];
				const { name: _, ...way } = configuredPrinter(printer);
				return [{ ...paper.printerViewOf(here), ...way }];
			}),
		}),
	};
}
