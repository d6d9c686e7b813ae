import { Observable, Subject } from "rxjs";
import type { PictureShipping } from "../model/device.ts";
import type { Cut } from "../model/read.ts";
import type { Ear } from "./reads.ts";
import { honeywellShip } from "./ship-honeywell.ts";
import { magellanShip } from "./ship-magellan.ts";
import type { LineShipping, ShipLanguage } from "./ship-parser.ts";
import { type ShipPauses, ShipSplitter } from "./ship-splitter.ts";

export type Shipping = {
	readonly shipping: PictureShipping;
	/** Of one picture; a longer one is not taken for one. */
	readonly mostBytes: number;
	/** Each value: the scanner is asked for a picture this moment. */
	readonly asked$: Observable<unknown>;
};

/**
 * What a scanner says that also sends pictures: these, and what `ordinary` makes of all other bytes, in the order in
 * which they came. Pictures over SSI are packets of its own language: for those, everything is ordinary.
 * Completes when the port's bytes do and `ordinary` has; errors only as `ordinary` does.
 */
export function shipped$(
	{ shipping, mostBytes, asked$ }: Shipping,
	port: Ear,
	ordinary: (port: Ear) => Observable<Cut>,
): Observable<Cut> {
	if (shipping.by === "ssi") return ordinary(port);
	const { language, pauses } = spokenBy(shipping);
	return new Observable<Cut>((cuts) => {
		const rest = new Subject<Uint8Array>();
		const splitter = new ShipSplitter(language, mostBytes, pauses, {
			rest: (bytes) => rest.next(bytes),
			picture: (picture) => cuts.next({ kind: "picture", picture }),
			discarded: (cut) => cuts.next(cut),
		});
		const watch = pauseWatch(splitter);
		cuts.add(watch.stop);
		cuts.add(ordinary({ ...port, bytes$: rest }).subscribe(cuts));
		const ask = () => {
			splitter.ask();
			watch.restart();
		};
		cuts.add(asked$.subscribe(ask));
		const bytes = port.bytes$.subscribe({
			next: (bytes) => {
				splitter.take(bytes);
				watch.restart();
			},
			error: (error) => cuts.error(error),
			complete: () => {
				watch.stop();
				splitter.end();
				rest.complete();
			},
		});
		cuts.add(bytes);
	});
}

/** Nothing of a Magellan's answer looks like a picture before one is awaited: there is no doubt. */
function spokenBy(shipping: LineShipping): { readonly language: ShipLanguage; readonly pauses: ShipPauses } {
	if (shipping.by === "honeywell") return { language: honeywellShip(shipping), pauses: shipping };
	return { language: magellanShip(shipping), pauses: { ...shipping, doubtMs: shipping.gapMs } };
}

/** Tells the splitter of a pause that is longer than it has patience for. */
function pauseWatch(splitter: ShipSplitter): { restart(): void; stop(): void } {
	let timer: NodeJS.Timeout | undefined;
	const stop = () => clearTimeout(timer);
	const restart = () => {
		stop();
		const { patienceMs } = splitter;
		if (patienceMs !== undefined) timer = setTimeout(() => splitter.pause(), patienceMs);
	};
	return { restart, stop };
}
