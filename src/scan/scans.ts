import { concatMap, defer, distinctUntilChanged, map, type Observable, of, startWith, tap } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Framing, Gone, Port, Presence } from "../model/device.ts";
import type { Discarded, Picture } from "../model/read.ts";
import type { Frame, Scan, Verifier } from "../model/scan.ts";
import { identify } from "./aim.ts";
import { judge } from "./judge.ts";
import { type Layouts, splitCard } from "./layouts.ts";
import { reads$ } from "./reads.ts";

/** One scanner, as its settings and its driver describe it together. */
export type Scanner = {
	readonly name: string;
	readonly framing: Framing;
	/** Whether its reads begin with AIM identifiers. */
	readonly aim: boolean;
	/** A longer read is discarded. */
	readonly mostFrameBytes: number;
};

export type ScanTools = {
	readonly layouts: Layouts;
	readonly verifier: Verifier;
	readonly clock: Clock;
	/** Whether the till's clock makes honest passwords wrong. */
	readonly clockIsOff: () => boolean;
	/** Makes the id of a scan. */
	readonly newId: () => string;
};

/** What a scanner has to tell. */
export type ScannerNews =
	| { readonly type: "scan"; readonly scan: Scan }
	| {
			readonly type: "discarded";
			readonly scanner: string;
			readonly length: number;
			readonly why: Discarded["why"];
	  }
	| { readonly type: "away"; readonly scanner: string; readonly gone: Gone; readonly retryInMs: number }
	/** The scanner is there, for the first time or again. */
	| { readonly type: "back"; readonly scanner: string };

/**
 * The road from a scanner's bytes to its scans. News keep the order of what happened: a read is judged before the
 * next one, and before the news that the scanner is away. Ends and fails only as `presence$` does.
 */
export function scans$(
	scanner: Scanner,
	presence$: Observable<Presence>,
	tools: ScanTools,
): Observable<ScannerNews> {
	const { name, framing, mostFrameBytes } = scanner;
	const newsOf = (port: Port) =>
		defer(() => {
			let receivedAt = 0;
			const bytes$ = port.bytes$.pipe(
				tap(() => {
					receivedAt = tools.clock.now();
				}),
			);
			return reads$(framing, { ...port, bytes$ }, mostFrameBytes).pipe(
				map((cut) => ({ cut, receivedAt })),
				concatMap(async ({ cut, receivedAt }): Promise<ScannerNews> => {
					if (cut.kind !== "frame") {
						const { length, why } = cut.kind === "discarded" ? cut : notRead(cut.picture);
						return { type: "discarded", scanner: name, length, why };
					}
					const frame = { scanner: name, bytes: cut.bytes, at: receivedAt };
					return { type: "scan", scan: await scanOf(frame, scanner.aim, tools) };
				}),
				startWith<ScannerNews>({ type: "back", scanner: name }),
			);
		});
	return presence$.pipe(
		distinctUntilChanged(isAwayAsBefore),
		concatMap((presence) => {
			if (presence.state === "open") return newsOf(presence.port);
			const { gone, retryInMs } = presence;
			return of<ScannerNews>({ type: "away", scanner: name, gone, retryInMs });
		}),
	);
}

function notRead({ bytes }: Picture): Discarded {
	return { kind: "discarded", length: bytes.length, why: "not-a-read" };
}

/** A scanner that stays away is told once, and again only when the reason is another. */
function isAwayAsBefore(before: Presence, now: Presence): boolean {
	return before.state === "away" && now.state === "away" && before.gone.detail === now.gone.detail;
}

async function scanOf(
	{ scanner, bytes, at }: Frame,
	aim: boolean,
	{ layouts, verifier, clock, clockIsOff, newId }: ScanTools,
): Promise<Scan> {
	const { symbology, content } = identify(bytes, aim);
	const facts = { id: newId(), scanner, symbology, at };
	const card = splitCard(layouts, symbology, content);
	if (card === undefined) return { ...facts, kind: "foreign", bytes: content };
	if (!("password" in card)) return { ...facts, kind: "loyalty", ...card };
	const { brand, cardNumber, cardSession, password } = card;
	const verdict = await judge(verifier, card, clock, clockIsOff);
	return { ...facts, kind: "payable", brand, cardNumber, cardSession, password, verdict };
}
