import {
	concatMap,
	defer,
	distinctUntilChanged,
	from,
	identity,
	map,
	mergeMap,
	type Observable,
	of,
	startWith,
	tap,
} from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Gone, Port, Presence } from "../model/device.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";
import type { Cut, Discarded, Read } from "../model/read.ts";
import type { Scan, Verifier } from "../model/scan.ts";
import type { Turn } from "../model/turns.ts";
import { withoutBounces } from "./bounce.ts";
import { heard$, type Language } from "./heard.ts";
import { type Identifiers, identify } from "./identify.ts";
import { judge } from "./judge.ts";
import { type Layouts, splitCard } from "./layouts.ts";
import type { Decoder } from "./pictures/decoder.ts";
import type { KeptOut } from "./quiet.ts";

/** One scanner, as its settings and its driver describe it together. */
export type Scanner = Language & Identifiers & { readonly name: string };

export type ScanTools = {
	readonly layouts: Layouts;
	readonly verifier: Verifier;
	readonly clock: Clock;
	/** Whether the till's clock makes honest passwords wrong. */
	readonly clockIsOff: () => boolean;
	/** Makes the id of a scan. */
	readonly newId: () => string;
	/** Why a code that this scanner reads now is kept out, if it is. */
	readonly keptOut: (scanner: string) => FaultCode | undefined;
	/** The same code again within this time is no scan of its own, ms. */
	readonly bounceMs: number;
	/** Finds the codes in pictures. */
	readonly decoder: Pick<Decoder, "decode">;
	/** What every read waits for before it is judged. */
	readonly turn: Turn;
};

/** What a scanner has to tell. */
export type ScannerNews =
	| { readonly type: "scan"; readonly scan: Scan }
	| KeptOut
	| {
			readonly type: "discarded";
			readonly scanner: string;
			readonly length: number;
			readonly why: Discarded["why"];
	  }
	| { readonly type: "away"; readonly scanner: string; readonly gone: Gone; readonly retryInMs: number }
	/** The scanner is there, for the first time or again. */
	| { readonly type: "back"; readonly scanner: string };

/** Something that came of a scanner's bytes. */
type Arrival = {
	readonly cut: Cut;
	/** Wall-clock ms of the last byte. */
	readonly receivedAt: number;
	readonly keptOut: FaultCode | undefined;
};

/**
 * The road from a scanner's bytes to its scans. News keep the order of what happened: a read is judged before the
 * next one, and before the news that the scanner is away. A picture alone may come later than what follows it: to look
 * for its codes takes time. Ends and fails only as `presence$` does.
 */
export function scans$(
	scanner: Scanner,
	presence$: Observable<Presence>,
	tools: ScanTools,
): Observable<ScannerNews> {
	const { name } = scanner;
	const newsOf = (port: Port) =>
		defer(() => {
			let receivedAt = 0;
			const bytes$ = port.bytes$.pipe(
				tap(() => {
					receivedAt = tools.clock.now();
				}),
			);
			return heard$(scanner, { ...port, bytes$ }).pipe(
				map((cut): Arrival => ({ cut, receivedAt, keptOut: tools.keptOut(name) })),
				canShow(scanner) ? mergeMap((arrival) => withCodes(arrival, tools.decoder)) : identity,
				withoutBounces(tools.bounceMs, (read) => identify(read, scanner).content),
				concatMap((arrival) => toldBy(arrival, scanner, tools)),
				startWith<ScannerNews>({ type: "back", scanner: name }),
			);
		});
	return presence$.pipe(
		distinctUntilChanged(isAwayAsBefore),
		concatMap((presence): Observable<ScannerNews> => {
			if (presence.state === "open") return newsOf(presence.port);
			const { gone, retryInMs } = presence;
			return of<ScannerNews>({ type: "away", scanner: name, gone, retryInMs });
		}),
	);
}

/** A scanner that stays away is told once, and again only when the reason is another. */
function isAwayAsBefore(before: Presence, now: Presence): boolean {
	return before.state === "away" && now.state === "away" && before.gone.detail === now.gone.detail;
}

/**
 * Whether pictures may come. Where none can, a look for them at each read costs more than the cut of its bytes: a
 * stream of its own.
 */
function canShow({ framing, pictures }: Language): boolean {
	return framing.by === "ssi" || pictures != null;
}

/** A picture's codes take its place. */
function withCodes(arrival: Arrival, decoder: ScanTools["decoder"]): Observable<Arrival> {
	const { cut } = arrival;
	if (cut.kind !== "picture") return of(arrival);
	const nothing: Discarded = { kind: "discarded", length: cut.picture.bytes.length, why: "not-a-read" };
	const codes = decoder.decode(cut.picture).then(
		(reads): Cut[] => (reads.length === 0 ? [nothing] : reads.map((read) => ({ kind: "frame", ...read }))),
		() => [nothing],
	);
	return from(codes).pipe(mergeMap((cuts) => cuts.map((code) => ({ ...arrival, cut: code }))));
}

async function toldBy(
	{ cut, receivedAt, keptOut }: Arrival,
	scanner: Scanner,
	tools: ScanTools,
): Promise<ScannerNews> {
	const { name } = scanner;
	if (cut.kind === "picture") throw new FaultError("internal-failure", "a picture is no read");
	if (cut.kind === "discarded") return { type: "discarded", scanner: name, length: cut.length, why: cut.why };
	if (keptOut !== undefined) return { type: "kept-out", scanner: name, fault: keptOut };
	const wait = tools.turn();
	if (wait !== undefined) await wait;
	return { type: "scan", scan: await scanOf(cut, receivedAt, scanner, tools) };
}

async function scanOf(
	read: Read,
	at: number,
	scanner: Scanner,
	{ layouts, verifier, clock, clockIsOff, newId }: ScanTools,
): Promise<Scan> {
	const { symbology, content, plain } = identify(read, scanner);
	const facts = { id: newId(), scanner: scanner.name, symbology, at };
	const card = splitCard(layouts, symbology, plain);
	if (card === undefined) return { ...facts, kind: "foreign", bytes: content };
	if (!("password" in card)) return { ...facts, kind: "loyalty", ...card };
	const { brand, cardNumber, cardSession, password } = card;
	const verdict = await judge(verifier, card, clock, clockIsOff);
	return { ...facts, kind: "payable", brand, cardNumber, cardSession, password, verdict };
}
