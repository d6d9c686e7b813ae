import { type ChainHead, headOf } from "../journal/chain-head.ts";
import { openLedger } from "../journal/ledger.ts";
import { readJournal } from "../journal/read-journal.ts";
import { isOpen, totalsOf } from "../journal/shift-reports.ts";
import { namedShift, openShiftReader, periodOfShift } from "../journal/shifts.ts";
import type { LedgerRow, Shift, ShiftName, Totals } from "../model/shift-report.ts";

/** Which payments and refunds a report is about. Times are wall-clock ms, `to` exclusive. */
export type Scope = {
	readonly from: number;
	readonly to: number;
	/** The till that the journal belongs to. */
	readonly store: { readonly storeId: string; readonly terminalId: string };
	/** Only of this store, and of this till. */
	readonly storeId?: string;
	readonly terminalId?: string;
	/** The shift that it is about, if it was asked for so. */
	readonly shift?: Shift;
	/** How far the journal's chain had come. */
	readonly head?: ChainHead;
};

/** What is asked for: a time, or a shift; `now` is wall-clock ms. */
export type Asked = Omit<Scope, "from" | "to" | "shift" | "head"> &
	(Pick<Scope, "from" | "to"> | { readonly shift: ShiftName; readonly now: number });

/** What was begun in a time, and what came of it. */
export type DayReport = Scope & {
	/** In order of their beginning. */
	readonly rows: readonly LedgerRow[];
	/** Of what settled: money that moved. */
	readonly totals: Totals;
	/** Kopecks: what was paid less what was given back; it may be below 0. */
	readonly net: number;
	/** How many have no known end yet, so that their money is in no sum. */
	readonly unknown: number;
	readonly refused: number;
	/** Those whose slip says another amount than the till asked for: there should be none. */
	readonly differing: readonly LedgerRow[];
};

/**
 * Reads a report from the journal in a folder, while kassad may be writing it.
 * @throws {FaultError} `shift-not-found`, `journal-failed`
 */
export function readReport(folder: string, asked: Asked): DayReport {
	const journal = readJournal(folder);
	try {
		const head = headOf(journal);
		const ledger = openLedger(journal);
		if (!("shift" in asked))
			return reportOf(ledger.between({ from: asked.from, to: asked.to }), { ...asked, head });
		const { shift: name, now, ...scope } = asked;
		const { terminalId, store } = scope;
		const shift = namedShift(openShiftReader(journal), name, terminalId, store.terminalId);
		const period = periodOfShift(shift, now);
		const { from, to } = period;
		return reportOf(ledger.between({ ...period, own: store.terminalId }), {
			...scope,
			from,
			to,
			shift,
			head,
		});
	} finally {
		journal.close();
	}
}

/** Reckons a report; `all` is what was begun in its time. */
export function reportOf(all: readonly LedgerRow[], scope: Scope): DayReport {
	const rows = all.filter((row) => isOf(row, scope));
	const settled = rows.filter(({ state }) => state === "settled");
	const totals = totalsOf(settled.map(({ slip, ...row }) => ({ ...row, ...paymentTypeOf(slip) })));
	return {
		...scope,
		rows,
		totals,
		net: totals.reduce((net, { kind, sum }) => (kind === "payment" ? net + sum : net - sum), 0),
		unknown: rows.filter(isOpen).length,
		refused: rows.filter(({ state }) => state === "refused").length,
		differing: settled.filter(({ amount, slip }) => (slip.totalAmount ?? amount) !== amount),
	};
}

/** What does not say whose it is is of the till that the journal belongs to. */
function isOf({ slip, terminal }: LedgerRow, { store, storeId, terminalId }: Scope): boolean {
	const isStore = storeId === undefined || same(slip.storeId ?? store.storeId, storeId);
	return isStore && (terminalId === undefined || (terminal ?? store.terminalId) === terminalId);
}

/** A store's id is a GUID, the same in either case. */
const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const paymentTypeOf = ({ paymentType }: LedgerRow["slip"]) =>
	paymentType === undefined ? {} : { paymentType };
