import type { FaultCode } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { LedgerRow, Period, Shift, Totals } from "../model/shift-report.ts";

/** A shift as a POS program sees it. */
export type ShiftView = {
	readonly number: number;
	readonly terminalId: string;
	/** ISO 8601, as the next. */
	readonly openedAt: string;
	readonly closedAt?: string;
};

/** What a period adds up to. */
export type SumsView = {
	/** Of what settled: money that moved. */
	readonly totals: Totals;
	/** Kopecks: what was paid less what was given back. */
	readonly net: number;
	/** How many have no known end yet, so that their money is in no sum. */
	readonly unknown: number;
	readonly refused: number;
	/** How many slips say another amount than the till asked for. */
	readonly differing: number;
};

/** A payment or a refund, whatever came of it. */
export type ReportRowView = {
	/** ISO 8601, of its beginning. */
	readonly time: string;
	readonly kind: LedgerRow["kind"];
	readonly state: LedgerRow["state"];
	readonly amount: Kopecks;
	readonly orderId: string;
	readonly requestId: string;
	readonly paymentTransactionId?: string;
	readonly refundTransactionId?: string;
	readonly paymentType?: string;
	readonly qrcId?: string;
	readonly kzo?: string;
	/** Of its till. */
	readonly terminalId?: string;
	/** The number of the shift in which it was begun. */
	readonly shift?: number;
	readonly fault?: FaultCode;
	readonly slip: LedgerRow["slip"];
};

/** A report, or a part of it. */
export type ReportView = {
	/** ISO 8601, `from` inclusive, `to` exclusive. */
	readonly from: string;
	readonly to: string;
	readonly storeId: string;
	/** Only of this till. */
	readonly terminalId?: string;
	readonly shift?: ShiftView;
	/** The head of the journal's chain, as `kassad journal verify --head` takes it. */
	readonly head: string;
	/** In the first part only. */
	readonly sums?: SumsView;
	/** In order of their beginning. */
	readonly rows: readonly ReportRowView[];
	/** The `after` of the next part; absent in the last. */
	readonly next?: number;
};

/** What a report is about, and what was found of it. */
type Found = Pick<Period, "from" | "to" | "terminal"> & {
	readonly storeId: string;
	readonly shift?: Shift;
	readonly head: { readonly number: number; readonly link: string };
	readonly sums?: Omit<SumsView, "net">;
	/** One more than fits tells that there is a next part. */
	readonly rows: readonly (LedgerRow & { readonly number: number })[];
};

/**
 * A part stays within this many bytes of rows, however long a bank's words are: with all that stands around them it is
 * less than the least that a client may leave unread (`socket.mostUnreadBytes`).
 */
const mostRowBytes = 131_072;
/** A bank's word that is longer is cut off here; a file of `kassad report` has all of it. */
const mostWord = 256;
/** A bank that makes up a word for each payment does not make the totals endless. */
const mostTotals = 32;

/** A shift in the words of the POS. */
export function shiftView({ number, terminal, openedAt, closedAt }: Shift): ShiftView {
	const end = closedAt !== undefined && { closedAt: iso(closedAt) };
	return { number, terminalId: terminal, openedAt: iso(openedAt), ...end };
}

/**
 * A report, or a part of it, in the words of the POS.
 * @param limit the most rows of a part.
 */
export function reportView({ rows, ...found }: Found, limit: number): ReportView {
	const { from, to, storeId, terminal, shift, head, sums } = found;
	const part = partOf(rows, limit);
	return {
		...{ from: iso(from), to: iso(to), storeId },
		...(terminal !== undefined && { terminalId: terminal }),
		...(shift && { shift: shiftView(shift) }),
		head: `${head.number}:${head.link}`,
		...(sums && { sums: sumsView(sums) }),
		rows: part.map(rowView),
		...(part.length < rows.length && { next: part.at(-1)?.number ?? 0 }),
	};
}

/** As many as one answer may have, and at least one. */
function partOf(rows: Found["rows"], limit: number): Found["rows"] {
	let bytes = 0;
	const end = rows.findIndex((row, index) => {
		bytes += Buffer.byteLength(JSON.stringify(rowView(row)));
		return index >= limit || (index > 0 && bytes > mostRowBytes);
	});
	return end < 0 ? rows : rows.slice(0, end);
}

function rowView(row: Found["rows"][number]): ReportRowView {
	const { at, slip, terminal, shift, fault, number: _, ...facts } = row;
	const words = shortSlip(slip);
	const { paymentType, qrcId, kzo } = words;
	return {
		time: iso(at),
		...facts,
		...(paymentType !== undefined && { paymentType }),
		...(qrcId !== undefined && { qrcId }),
		...(kzo !== undefined && { kzo }),
		...(terminal !== undefined && { terminalId: terminal }),
		...(shift !== undefined && { shift }),
		...(fault && { fault }),
		slip: words,
	};
}

function shortSlip(slip: LedgerRow["slip"]): LedgerRow["slip"] {
	const words = Object.entries(slip).map(([field, word]) => [
		field,
		typeof word === "string" ? short(word) : word,
	]);
	return Object.fromEntries(words);
}

function sumsView({ totals, ...counts }: Omit<SumsView, "net">): SumsView {
	const net = totals.reduce((all, { kind, sum }) => (kind === "payment" ? all + sum : all - sum), 0);
	return { totals: fewTotals(totals), net, ...counts };
}

/** The first ones as they are, and all others of a kind as one, whose way to pay is `*`. */
function fewTotals(totals: Totals): Totals {
	const others = Map.groupBy(totals.slice(mostTotals), ({ kind }) => kind);
	const rest = [...others].map(([kind, all]) => {
		const count = all.reduce((sum, total) => sum + total.count, 0);
		return { kind, paymentType: "*", count, sum: all.reduce((sum, total) => sum + total.sum, 0) };
	});
	return [...totals.slice(0, mostTotals).map(shortTotal), ...rest];
}

function shortTotal({ paymentType, ...total }: Totals[number]): Totals[number] {
	return paymentType === undefined ? total : { ...total, paymentType: short(paymentType) };
}

function short(word: string): string {
	return word.length > mostWord ? `${word.slice(0, mostWord - 1).toWellFormed()}…` : word;
}

const iso = (at: number) => new Date(at).toISOString();
