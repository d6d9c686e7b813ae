import { randomUUID } from "node:crypto";
import { filter, finalize, map, type Observable } from "rxjs";
import { scannerDrivers } from "../../drivers/index.ts";
import { systemClock as clock } from "../clock.ts";
import type { Port } from "../model/device.ts";
import type { Log } from "../model/log.ts";
import type { CardParts, Verifier } from "../model/scan.ts";
import type { Secret } from "../model/secret.ts";
import type { ScannerSettings } from "../model/settings/devices.ts";
import { atOnce } from "../model/turns.ts";
import { keepOpen } from "../ports/keep-open.ts";
import type { Plugged } from "../ports/plugged.ts";
import type { Layouts } from "../scan/layouts.ts";
import { decoderWhenNeeded } from "../scan/pictures/when-needed.ts";
import { type ScannerNews, scans$ } from "../scan/scans.ts";
import { openScanner } from "../scanners/opening.ts";
import { type PlugNews, plugNews$ } from "../scanners/plug-news.ts";
import { driverOf, scannerOf } from "../scanners/scanners.ts";
import { arrivals } from "./scan-arrivals.ts";
import type { ScanSettings } from "./scan-settings.ts";

/** What a scanner tells, as a technician sees it. */
export type LiveNews = {
	readonly at: number;
	readonly news: Exclude<ScannerNews, { type: "kept-out" }> | PlugNews;
	/** From the first byte of a scan to the verdict on it. */
	readonly latencyMs: number;
};

export type LiveTools = {
	readonly layouts: Layouts;
	readonly verifier: Verifier;
	readonly log: Log;
	/** Is told of each port, so that it can be waited for. */
	readonly opened: (port: Port) => void;
};

/**
 * Holds one scanner open as the daemon does, and tells what comes of what it says; each read, also of a code that was
 * read just before. The only place that knows how the daemon's road of a scan is put together.
 */
export function live$(
	scanner: ScannerSettings,
	{ reopen, scans }: ScanSettings,
	{ layouts, verifier, log, opened }: LiveTools,
): Observable<LiveNews> {
	const driver = driverOf(scannerDrivers, scanner.driver);
	const bytes = arrivals(clock);
	const open = async () => {
		const port = await openScanner(scanner, driver, log);
		opened(port);
		return { ...port, bytes$: port.bytes$.pipe(bytes.heard) };
	};
	const decoder = decoderWhenNeeded(scans.pictures, log);
	const judging = { layouts, verifier, clock, clockIsOff: () => false, newId: randomUUID };
	const road = { ...judging, keptOut: () => undefined, bounceMs: 0, decoder, turn: atOnce };
	return scans$(scannerOf(scanner, driver, scans.pictures), keepOpen(open, reopen, clock), road).pipe(
		finalize(() => void decoder.close()),
		filter((news) => news.type !== "kept-out"),
		map((news) => {
			const at = clock.now();
			const firstAt = news.type === "scan" ? bytes.firstOf(news.scan.at) : at;
			return { at, news, latencyMs: at - firstAt };
		}),
	);
}

/**
 * Tells of scanners that change their places, and of those that the settings do not name.
 * @param only the scanner to tell of; all, and new ones, when it is left out.
 * @param plugs$ what is plugged in, whenever that has changed.
 */
export function livePlugs$(
	scanners: readonly ScannerSettings[],
	only: string | undefined,
	plugs$: Observable<readonly Plugged[]>,
): Observable<LiveNews> {
	return plugNews$(scanners, scannerDrivers, plugs$).pipe(
		filter((news) => only === undefined || ("scanner" in news && news.scanner === only)),
		map((news) => ({ at: clock.now(), news, latencyMs: 0 })),
	);
}

/** How many passwords before and after the present one are tried for a hint. */
const hintSteps = 20;

/** A verifier that also remembers what a wrong password would have fitted. */
export type HintingVerifier = Verifier & {
	/** How far off the clock the password of this session was, or undefined when that is not known. */
	stepsOff(cardSession: Secret): number | undefined;
};

/**
 * @param wide judges as the settings say, but takes passwords of many more steps; so a hint may be a coincidence.
 */
export function hinting(strict: Verifier, wide: (windowSteps: number) => Verifier): HintingVerifier {
	const hints = new WeakMap<Secret, number>();
	const guesser = wide(hintSteps);
	const guessOf = async (card: CardParts, signal: AbortSignal) => guesser.verify(card, signal);
	const verify = async (card: CardParts, signal: AbortSignal) => {
		const verdict = await strict.verify(card, signal);
		if (verdict.good || verdict.fault !== "password-wrong") return verdict;
		const guess = await guessOf(card, signal).catch(() => undefined);
		if (guess?.good) hints.set(card.cardSession, guess.stepsOff);
		return verdict;
	};
	return { verify, token: strict.token, stepsOff: (cardSession) => hints.get(cardSession) };
}
