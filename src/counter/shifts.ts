import { type FirstShift, periodOfShift, type ShiftWish } from "../journal/shifts.ts";
import { FaultError } from "../model/fault.ts";
import type { Period, Shift } from "../model/shift-report.ts";
import type { OfficeMethods } from "../pos/office-methods.ts";
import { type ReportView, reportView, shiftView } from "../pos/office-report.ts";
import type { Rooms } from "../rooms.ts";
import { periodAsked } from "./periods.ts";
import { knownTill } from "./tills.ts";

type Desks = Pick<OfficeMethods, "report.read" | "shift.open" | "shift.close" | "shift.list">;
type DeskRooms = Pick<Rooms, "settings" | "journal" | "clock">;

/** Rows of the first part of the report that a closing is answered with. */
const usualRows = 200;

/** Where POS programs open and close the shifts of tills, and have times and shifts counted. */
export function shiftDesks(rooms: DeskRooms): Desks {
	const { journal, settings, clock } = rooms;
	const { shifts } = journal;
	const wishOf = (key: string, bodyHash: string, terminal: string | undefined): ShiftWish => {
		const { store } = settings;
		return {
			key,
			bodyHash,
			terminal: terminal === undefined ? store.terminalId : knownTill(terminal, store),
		};
	};
	return {
		"report.read": async ({ after = 0, limit, ...asked }) =>
			partOf(periodAsked(asked, rooms), { after, limit }, rooms),
		"shift.open": async ({ key, terminal }, hash) => {
			const first = shifts.answerFor(key) ?? shifts.open(wishOf(key, hash, terminal));
			return shiftView(sameDeed(first, "open", hash));
		},
		"shift.close": async ({ key, terminal }, hash) => {
			const first = shifts.answerFor(key) ?? shifts.close(wishOf(key, hash, terminal));
			const period = periodOfShift(sameDeed(first, "close", hash), clock.now());
			return partOf({ ...period, own: settings.store.terminalId }, { after: 0, limit: usualRows }, rooms);
		},
		"shift.list": async ({ limit, ...wanted }) => {
			const found = shifts.list({ ...wanted, most: limit + 1 });
			const part = found.slice(0, limit);
			const last = part.at(-1);
			return { shifts: part.map(shiftView), ...(found.length > limit && last && { next: last.number }) };
		},
	};
}

/** Some rows of a report, and with the first of them what all of it adds up to. */
function partOf(
	period: Period,
	{ after, limit }: { readonly after: number; readonly limit: number },
	{ journal, settings }: DeskRooms,
): ReportView {
	const { ledger, shifts, chain } = journal;
	const shift = period.shift === undefined ? undefined : shifts.find(period.shift);
	const found = {
		...{ from: period.from, to: period.to, storeId: settings.store.storeId, head: chain.head() },
		...(period.terminal !== undefined && { terminal: period.terminal }),
		...(shift && { shift }),
		...(after === 0 && { sums: ledger.sums(period) }),
		rows: ledger.page(period, after, limit + 1),
	};
	return reportView(found, limit);
}

/** @throws {FaultError} `key-conflict` when the key belongs to another wish. */
function sameDeed({ bodyHash, deed, shift }: FirstShift, wanted: FirstShift["deed"], asked: string): Shift {
	if (bodyHash === asked && deed === wanted) return shift;
	throw new FaultError("key-conflict", `the key belongs to shift ${shift.number}, another wish`);
}
