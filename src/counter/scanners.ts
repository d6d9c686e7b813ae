import type { ScannerDeed } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import type { Methods } from "../pos/methods.ts";
import type { Rooms } from "../rooms.ts";
import type { Pauses } from "./pauses.ts";

type Desks = Pick<
	Methods,
	"scanner.pause" | "scanner.resume" | "scanner.beep" | "scanner.trigger" | "scanner.picture"
>;

/** Where POS programs tell scanners what to do; without a name a pause and its end are for all of them. */
export function scannerDesks(
	{ settings, tellScanner }: Pick<Rooms, "settings" | "tellScanner">,
	pauses: Pauses,
): Desks {
	const names = (asked?: string) => {
		const all = settings.scanners.map(({ name }) => name);
		if (asked === undefined) return all;
		if (all.includes(asked)) return [asked];
		throw new FaultError("scanner-unknown", `the scanners are ${all.join(", ") || "none"}`);
	};
	const tell = async (scanner: string, deed: ScannerDeed) => {
		names(scanner);
		const isTold = await tellScanner?.(scanner, deed);
		if (!isTold) throw new FaultError("scanner-cannot", `its family knows no ${deed}`);
		return { scanner };
	};
	return {
		"scanner.pause": async ({ scanner }, client) => {
			pauses.pause(names(scanner), client);
			return { paused: pauses.all() };
		},
		"scanner.resume": async ({ scanner }) => {
			pauses.resume(names(scanner));
			return { paused: pauses.all() };
		},
		"scanner.beep": ({ scanner, good }) => tell(scanner, good ? "beep-good" : "beep-bad"),
		"scanner.trigger": ({ scanner, on }) => tell(scanner, on ? "trigger" : "stop"),
		"scanner.picture": ({ scanner }) => tell(scanner, "picture"),
	};
}
