import { from, type Observable, Subject } from "rxjs";
import type { Framing } from "../../src/model/device.ts";
import type { LineCut } from "../../src/scan/cutter.ts";

/** A language of HID reports as one function. */
type Reads<F extends Framing> = (
	framing: F,
	port: {
		readonly bytes$: Observable<Uint8Array>;
		readonly hid?: { descriptor: Uint8Array | undefined; feature: () => Promise<void> };
	},
	mostBytes: number,
) => Observable<LineCut>;

/** A cut as a test reads it: kind and text of a frame, or why and how many bytes were discarded. */
export const shown = (cut: LineCut): string =>
	cut.kind === "frame"
		? `${cut.symbology ?? "-"} ${Buffer.from(cut.bytes).toString("latin1")}`
		: `${cut.why}: ${cut.length}`;

/** Bytes as in a hex dump; `…` fills up to 64 bytes with 00, in front of what follows. */
export function dump(hex: string): Uint8Array {
	const [before = "", after] = hex.split("…").map((part) => part.replaceAll(/\s/g, ""));
	const [head, tail] = [Buffer.from(before, "hex"), Buffer.from(after ?? "", "hex")];
	const filling = after === undefined ? 0 : 64 - head.length - tail.length;
	return Uint8Array.from(Buffer.concat([head, Buffer.alloc(filling), tail]));
}

/** Reads under one framing, in the ways that tests need them. */
export function readsUnder<F extends Framing>(reads$: Reads<F>, framing: F, descriptor?: Uint8Array) {
	const hid = { descriptor, feature: async () => undefined };
	const over = (bytes$: Observable<Uint8Array>, mostBytes = 4_096) =>
		reads$(framing, { bytes$, hid }, mostBytes);
	/** A device that stays open: what has come so far. */
	const open = (mostBytes?: number) => {
		const reports$ = new Subject<Uint8Array>();
		const cuts: string[] = [];
		const subscription = over(reports$, mostBytes).subscribe((cut) => cuts.push(shown(cut)));
		return {
			cuts,
			send: (...reports: Uint8Array[]) => {
				for (const report of reports) reports$.next(report);
				return cuts;
			},
			end: () => reports$.complete(),
			leave: () => subscription.unsubscribe(),
		};
	};
	return {
		over,
		open,
		/** What comes of the reports and the end of the device behind the last. */
		all: (reports: readonly Uint8Array[], mostBytes?: number) => {
			const cuts: LineCut[] = [];
			over(from(reports), mostBytes).subscribe((cut) => cuts.push(cut));
			return cuts;
		},
		texts: (...reports: readonly Uint8Array[]) => {
			const cuts: string[] = [];
			over(from(reports)).subscribe((cut) => cuts.push(shown(cut)));
			return cuts;
		},
	};
}
