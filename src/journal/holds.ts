import type { Clock } from "../model/clock.ts";
import type { Database } from "./database.ts";

/** Printers that shall begin nothing until they are released; remembered over restarts. */
export type PrinterHolds = {
	/** Once more changes nothing. @throws {FaultError} `journal-failed` */
	hold(printer: string): void;
	/** @throws {FaultError} `journal-failed` */
	release(printer: string): void;
	/** @throws {FaultError} `journal-failed` */
	isHeld(printer: string): boolean;
};

export function openHolds(database: Database, clock: Clock): PrinterHolds {
	const hold = database.prepare("INSERT OR IGNORE INTO held_printers VALUES (?, ?)");
	const release = database.prepare("DELETE FROM held_printers WHERE printer = ?");
	const find = database.prepare("SELECT 1 FROM held_printers WHERE printer = ?");
	return {
		hold: (printer) => void database.defer("hold a printer", () => hold.run(printer, clock.now())),
		release: (printer) => void database.defer("release a printer", () => release.run(printer)),
		isHeld: (printer) =>
			database.read("look whether a printer is held", () => find.get(printer)) !== undefined,
	};
}
