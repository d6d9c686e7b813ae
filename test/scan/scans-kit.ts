import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { systemClock } from "../../src/clock.ts";
import type { Verifier } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import type { LayoutSettings } from "../../src/model/settings/cards.ts";
import { atOnce, type Turn } from "../../src/model/turns.ts";
import { compileLayouts } from "../../src/scan/layouts.ts";

const exactly = (length: number) => ({ least: length, most: length });
const payable: LayoutSettings = {
	symbologies: ["code128", "qr", "pdf417", "datamatrix"],
	prefix: "77",
	number: exactly(13),
	session: exactly(6),
};
const old: LayoutSettings = { ...payable, session: null };
const layouts = compileLayouts([{ name: "example", layouts: [payable, old], passLength: 3 }]);
export const scanner = {
	name: "front",
	framing: serialGeneric.framing,
	aim: true,
	codeIds: null,
	acknowledges: false,
	mostFrameBytes: 64,
};
export const good: Verifier = {
	verify: async () => ({ good: true, stepsOff: 0 }),
	token: async () => new Secret(""),
};

/** The tools of the road with ids that count: scan-1, scan-2. */
export function tools(verifier: Verifier = good, turn: Turn = atOnce) {
	let scans = 0;
	const newId = () => {
		scans += 1;
		return `scan-${scans}`;
	};
	const judged = { layouts, verifier, clock: systemClock, clockIsOff: () => false, newId };
	const decoder = { decode: async () => [] };
	return { ...judged, keptOut: () => undefined, bounceMs: 0, decoder, turn };
}
