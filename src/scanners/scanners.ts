import { merge, type Observable, tap } from "rxjs";
import type { Port, ScannerDeed, ScannerDriver } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { ScannerSettings } from "../model/settings/devices.ts";
import type { Settings } from "../model/settings/settings.ts";
import { wedgeLimits } from "../ports/inhibit-words.ts";
import { keepOpen } from "../ports/keep-open.ts";
import { listPlugged } from "../ports/plugged.ts";
import { wakefulClock } from "../ports/plugged-open.ts";
import { plugged$ } from "../ports/plugged-watch.ts";
import { decoderWhenNeeded } from "../scan/pictures/when-needed.ts";
import type { KeptOut } from "../scan/quiet.ts";
import { type Scanner, type ScannerNews, type ScanTools, scans$ } from "../scan/scans.ts";
import { openScanner } from "./opening.ts";

/** All scanners of the till. */
export type Scanners = {
	readonly news$: Observable<ScannerNews | KeptOut>;
	/** Tells one what to do; false when its family cannot be told so. @throws {FaultError} `scanner-away` */
	tell(scanner: string, deed: ScannerDeed): Promise<boolean>;
	/** Ends the watch over what is plugged in, and the search for codes in pictures. */
	close(): Promise<void>;
};

export type ScannerTools = Omit<ScanTools, "bounceMs" | "decoder"> & { readonly log: Log };

/** Each scanner is opened, read, and opened again whenever it went away. */
export function openScanners(
	{ scanners, scans, reopen }: Settings,
	drivers: Readonly<Record<string, ScannerDriver>>,
	tools: ScannerTools,
): Scanners {
	const { clock, log } = tools;
	const wakeful = wakefulClock(clock, plugged$(listPlugged, scans.lookEveryMs, clock));
	const decoder = decoderWhenNeeded(scans.pictures, log);
	const open = new Map<string, { readonly port: Port; readonly driver: ScannerDriver }>();
	const limit = wedgeLimits(process.platform);
	const newsOf = (settings: ScannerSettings) => {
		const { name } = settings;
		const driver = driverOf(drivers, settings.driver);
		if (limit !== undefined && driver.framing.by === "keys") log.warn({ scanner: name }, limit);
		const presence$ = keepOpen(() => openScanner(settings, driver, log), reopen, wakeful.clock).pipe(
			tap((presence) => {
				if (presence.state === "open") open.set(name, { port: presence.port, driver });
				else open.delete(name);
			}),
		);
		return scans$(scannerOf(settings, driver), presence$, { ...tools, decoder, bounceMs: scans.bounceMs });
	};
	return {
		news$: merge(...scanners.map(newsOf)),
		tell: async (scanner, deed) => {
			const there = open.get(scanner);
			if (there === undefined) throw new FaultError("scanner-away", scanner);
			const bytes = there.driver.deeds[deed];
			if (bytes === undefined) return false;
			await there.port.write(Uint8Array.from(bytes));
			return true;
		},
		close: async () => {
			wakeful.close();
			await Promise.all([decoder.close(), ...[...open.values()].map(({ port }) => port.close())]);
		},
	};
}

/** What the settings leave open, the family's facts say. */
export function scannerOf(settings: ScannerSettings, driver: ScannerDriver): Scanner {
	const { name, mostFrameBytes } = settings;
	return {
		name,
		mostFrameBytes,
		framing: settings.framing ?? driver.framing,
		aim: settings.aim ?? driver.aim,
		codeIds: settings.codeIds ?? driver.codeIds,
		acknowledges: settings.acknowledges ?? driver.acknowledges,
	};
}

/** @throws {FaultError} `config-invalid` */
export function driverOf<D>(drivers: Readonly<Record<string, D>>, id: string): D {
	const driver = Object.hasOwn(drivers, id) ? drivers[id] : undefined;
	if (driver === undefined) throw new FaultError("config-invalid", `there is no driver ${id}`);
	return driver;
}
