import type { HidPosLayout } from "../model/device.ts";
import { type InputFields, inputFields } from "./report-descriptor-fields.ts";

/** Usages with their page in front (HID POS usage tables 1.02; byte count: HID usage tables, page 01). */
const usage = {
	byteCount: 0x01_003b,
	symbologyIdentifiers: [0x8c_00fb, 0x8c_00fc, 0x8c_00fd],
	decodedData: 0x8c_00fe,
	continued: 0x8c_00ff,
} as const;

/** Neighbouring fields of one usage: where they begin in a report, and how long they are together, in bits. */
type Place = { readonly bit: number; readonly bits: number };

/**
 * Where a device's input reports hold scanned codes, by its report descriptor: any bytes. The layout is that of the
 * first report with a byte count and decoded data, both at whole bytes; undefined when there is none. A descriptor
 * says nothing of code-ids and suffixes.
 */
export function hidPosLayout(descriptor: Uint8Array): HidPosLayout | undefined {
	const all = inputFields(descriptor) ?? [];
	const reportIds = new Set(all.map(({ reportId }) => reportId));
	for (const reportId of reportIds) {
		const layout = layoutOf(
			reportId,
			all.filter((fields) => fields.reportId === reportId),
		);
		if (layout !== undefined) return layout;
	}
	return undefined;
}

function layoutOf(reportId: number | null, fields: readonly InputFields[]): HidPosLayout | undefined {
	const length = byteAt(placeOf(usage.byteCount, fields));
	const data = placeOf(usage.decodedData, fields);
	if (length === undefined || data === undefined || data.bit % 8 > 0 || data.bits % 8 > 0) return undefined;
	const more = placeOf(usage.continued, fields);
	const moreBit = more === undefined ? 0 : more.bit % 8;
	return {
		reportId,
		length,
		aim: aimOf(fields),
		data: data.bit / 8,
		mostData: data.bits / 8,
		codeId: null,
		more: more === undefined ? null : (more.bit - moreBit) / 8,
		...(moreBit > 0 ? { moreBit } : {}),
	};
}

/** Where the three bytes of the AIM identifier begin; null unless they stand side by side. */
function aimOf(fields: readonly InputFields[]): number | null {
	const [first, second, third] = usage.symbologyIdentifiers.map((id) => byteAt(placeOf(id, fields)));
	return first !== undefined && second === first + 1 && third === first + 2 ? first : null;
}

/** The byte that the place is, if it is one. */
function byteAt(place: Place | undefined): number | undefined {
	return place?.bits === 8 && place.bit % 8 === 0 ? place.bit / 8 : undefined;
}

/** The first fields of a usage, and those of the same usage right behind them. */
function placeOf(wanted: number, fields: readonly InputFields[]): Place | undefined {
	let found: Place | undefined;
	for (const next of fields.flatMap((item) => placesIn(item, wanted))) {
		if (found === undefined) found = next;
		else if (next.bit === found.bit + found.bits) found = { bit: found.bit, bits: found.bits + next.bits };
	}
	return found;
}

/** Where the fields of one Input item have a usage. Counts and ranges may be huge, so they are never walked. */
function placesIn({ bit, size, count, usages }: InputFields, wanted: number): Place[] {
	const places: Place[] = [];
	let index = 0;
	for (const [nth, { from, to }] of usages.entries()) {
		if (index >= count) break;
		const at = index + wanted - from;
		const isLast = nth === usages.length - 1;
		if (wanted >= from && wanted <= to && at < count) {
			const fields = isLast && wanted === to ? count - at : 1;
			places.push({ bit: bit + at * size, bits: fields * size });
		}
		index += to - from + 1;
	}
	return places;
}
