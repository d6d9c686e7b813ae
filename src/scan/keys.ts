import { Observable } from "rxjs";
import type { Framing } from "../model/device.ts";
import type { Cut } from "../model/read.ts";
import { Cutter } from "./cutter.ts";
import { keyboards } from "./keyboards.ts";
import { KeyReports } from "./keys-pressed.ts";
import { KeyTyping } from "./keys-typed.ts";
import { pauseWatch } from "./pause-watch.ts";
import type { Ear } from "./reads.ts";

type KeyFraming = Extract<Framing, { readonly by: "keys" }>;

/**
 * Reads of a scanner that types, from its raw boot keyboard reports. A read ends with one of `ends`, which is no
 * part of it, or when no key comes for `gapMs`. Characters beyond ASCII (№, or typed by ALT codes) are UTF-8.
 *
 * The pieces of `bytes$` are whole reports; any that is no keyboard report comes out as discarded. A read that grows
 * beyond `mostBytes` is discarded, and so is one that the end of the port cuts off.
 */
export function keyReads$(
	{ keyboard, ends, gapMs }: KeyFraming,
	{ bytes$ }: Pick<Ear, "bytes$">,
	mostBytes: number,
): Observable<Cut> {
	return new Observable((cuts) => {
		const reports = new KeyReports();
		const typing = new KeyTyping(keyboards[keyboard]);
		const read = openRead(ends, mostBytes, (cut) => cuts.next(cut));
		const gap = pauseWatch(gapMs, read.pause);
		cuts.add(gap.stop);
		const take = (report: Uint8Array) => {
			const change = reports.take(report);
			if (change === undefined) {
				cuts.next({ kind: "discarded", length: report.length, why: "not-a-read" });
				return;
			}
			const text = typing.type(change);
			if (text !== "") read.take(Buffer.from(text));
			// Digits of an ALT code are keys that have not typed anything yet.
			if (text !== "" || change.pressed.length > 0) gap.restart();
		};
		const keys = bytes$.subscribe({
			next: take,
			error: (error) => cuts.error(error),
			complete: () => {
				read.end();
				cuts.complete();
			},
		});
		cuts.add(keys);
	});
}

/** Gathers what is typed until an end mark or a pause. */
function openRead(ends: readonly number[], mostBytes: number, tell: (cut: Cut) => void) {
	// Without marks only the pause ends a read.
	const pauseFollows = ends.length === 0;
	const marks = pauseFollows ? [[]] : ends.map((end) => [end]);
	const cutter = new Cutter({ start: [], ends: marks, pauseFollows }, mostBytes, tell);
	return {
		take: (bytes: Uint8Array) => cutter.take(bytes),
		// A pause stands for an end mark; on an empty read neither does anything.
		pause: () => (pauseFollows ? cutter.pause() : cutter.take(Uint8Array.from(ends.slice(0, 1)))),
		end: () => cutter.end(),
	};
}
