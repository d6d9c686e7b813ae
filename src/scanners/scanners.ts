import { merge, type Observable, Subject, share, tap } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Gone, Port, ScannerDeed, ScannerDriver } from "../model/device.ts";
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
import { type Scanner, type ScannerNews, type ScanTools, scans$ } from "../scan/scans.ts";
import { openScanner } from "./opening.ts";
import { type PlugNews, plugNews$ } from "./plug-news.ts";

/** All scanners of the till. */
export type Scanners = {
	readonly news$: Observable<ScannerNews | PlugNews>;
	/** Tells one what to do; false when its family cannot be told so. @throws {FaultError} `scanner-away` */
	tell(scanner: string, deed: ScannerDeed): Promise<boolean>;
	/** How one is: whether its channel is open, and if not, why. */
	state(scanner: string): { readonly state: "ready" | "away"; readonly detail?: string };
	/** Ends the watch over what is plugged in, and the search for codes in pictures. */
	close(): Promise<void>;
};

/** How long a scanner may take to take what it is told, ms; a line may be held up for ever. */
const mostTellMs = 2_000;

export type ScannerTools = Omit<ScanTools, "bounceMs" | "decoder"> & { readonly log: Log };

/** Each scanner is opened, read, and opened again whenever it went away. */
export function openScanners(
	{ scanners, scans, reopen }: Settings,
	drivers: Readonly<Record<string, ScannerDriver>>,
	tools: ScannerTools,
): Scanners {
	const { clock, log } = tools;
	const plugs$ = plugged$(listPlugged, scans.lookEveryMs, clock).pipe(share());
	const wakeful = wakefulClock(clock, plugs$);
	const decoder = decoderWhenNeeded(scans.pictures, log);
	const now = new Map<string, Open | Away>();
	const limit = wedgeLimits(process.platform);
	const newsOf = (settings: ScannerSettings) => {
		const { name } = settings;
		const driver = driverOf(drivers, settings.driver);
		if (limit !== undefined && driver.framing.by === "keys") log.warn({ scanner: name }, limit);
		const asked$ = new Subject<void>();
		const scanner: Scanner = { ...scannerOf(settings, driver, scans.pictures), asked$ };
		const ask = () => asked$.next();
		const opening = () => openScanner(settings, driver, log, plugs$);
		const presence$ = keepOpen(opening, reopen, wakeful.clock).pipe(
			tap((presence) => {
				const isOpen = presence.state === "open";
				now.set(name, isOpen ? { port: presence.port, driver, scanner, ask } : { gone: presence.gone });
			}),
		);
		return scans$(scanner, presence$, { ...tools, decoder, bounceMs: scans.bounceMs });
	};
	return {
		news$: merge(plugNews$(scanners, drivers, plugs$), ...scanners.map(newsOf)),
		tell: (scanner, deed) => tell(now.get(scanner), scanner, deed, clock),
		state: (scanner) => stateOf(now.get(scanner)),
		close: async () => {
			wakeful.close();
			const open = [...now.values()].filter((one) => "port" in one);
			await Promise.all([decoder.close(), ...open.map(({ port }) => port.close())]);
		},
	};
}

type Open = {
	readonly port: Port;
	readonly driver: ScannerDriver;
	readonly scanner: Scanner;
	/** Has whoever hears the scanner expect a picture. */
	ask(): void;
};

type Away = { readonly gone: Gone };

function stateOf(now: Open | Away | undefined): ReturnType<Scanners["state"]> {
	if (now === undefined) return { state: "away" };
	return "port" in now ? { state: "ready" } : { state: "away", detail: now.gone.detail };
}

async function tell(
	open: Open | Away | undefined,
	scanner: string,
	deed: ScannerDeed,
	clock: Clock,
): Promise<boolean> {
	if (open === undefined || "gone" in open) throw new FaultError("scanner-away", scanner);
	const bytes = bytesFor(deed, open);
	if (bytes === undefined) return false;
	// Before it is told: its answer may be here before the write has ended.
	if (deed === "picture") open.ask();
	const over = new AbortController();
	const late = clock.sleep(mostTellMs, over.signal).then(() => {
		throw new FaultError("scanner-away", `${scanner} does not take what it is told`);
	});
	await Promise.race([open.port.write(Uint8Array.from(bytes)), late]).finally(() => over.abort("told"));
	return true;
}

/** None when its family cannot be told so. */
function bytesFor(deed: ScannerDeed, { driver, scanner }: Open): readonly number[] | undefined {
	if (deed !== "picture") return driver.deeds[deed];
	const shipping = scanner.pictures?.shipping;
	return shipping === undefined || shipping.by === "ssi" ? undefined : shipping.request;
}

/** Where there are no settings. */
export const usualPictures = Object.freeze({ mostBytes: 4_194_304 });

/**
 * What the settings leave open, the family's facts say.
 * @param pictures how many bytes one may have, if the family sends any.
 */
export function scannerOf(
	settings: Omit<ScannerSettings, "path" | "driver" | "line">,
	driver: ScannerDriver,
	{ mostBytes }: { readonly mostBytes: number },
): Scanner {
	const { name, mostFrameBytes } = settings;
	const shipping = settings.pictures ?? driver.pictures;
	return {
		name,
		mostFrameBytes,
		framing: settings.framing ?? driver.framing,
		aim: settings.aim ?? driver.aim,
		codeIds: settings.codeIds ?? driver.codeIds,
		acknowledges: settings.acknowledges ?? driver.acknowledges,
		pictures: shipping && { shipping, mostBytes },
	};
}

/** @throws {FaultError} `config-invalid` */
export function driverOf<D>(drivers: Readonly<Record<string, D>>, id: string): D {
	const driver = Object.hasOwn(drivers, id) ? drivers[id] : undefined;
	if (driver === undefined) throw new FaultError("config-invalid", `there is no driver ${id}`);
	return driver;
}
