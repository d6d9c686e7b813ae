import { isOpen } from "../journal/shift-reports.ts";
import type { LedgerRow } from "../model/shift-report.ts";
import { questionOf, type Verdict } from "./reconcile-ask.ts";

/** In what the till and the server can differ, in words for people. */
export const differenceWords = {
	"only-here": "settled here, not there",
	"only-there": "refused here, settled there",
	"amount-differs": "the amount differs",
	"refunded-there": "refunded there, not here",
	"unknown-here": "no known end here",
	"open-there": "ended here, open there",
	"not-known-there": "the server does not know it",
	"not-asked": "could not be asked",
} as const;

type DifferenceKind = keyof typeof differenceWords;

export type Difference = {
	readonly kind: DifferenceKind;
	readonly row: LedgerRow;
	/** The server's word, or why there is none. */
	readonly there: string;
	/** Kopecks, as the server's slip says. */
	readonly amountThere?: number;
};

/** A payment or refund of the journal, and what the server says of it; nothing where there is nothing to ask by. */
export type Compared = { readonly row: LedgerRow; readonly verdict?: Verdict };

/**
 * In what the two differ; empty when they agree.
 * @param isRefunded whether the journal has a refund of this payment that was not refused.
 */
export function differencesOf({ row, verdict }: Compared, isRefunded: boolean): Difference[] {
	const told = verdict ?? unaskable(row);
	if (told === undefined) return [];
	const facts = factsOf(told);
	return kindsOf(row, told, isRefunded).map((kind) => ({ kind, row, ...facts }));
}

/** What was refused before the server gave it an id is unknown to the server as well. */
function unaskable(row: LedgerRow): Verdict | undefined {
	if (row.state === "refused") return undefined;
	return { says: "nothing", why: "the server has never told its id" };
}

function factsOf(verdict: Verdict): Pick<Difference, "there" | "amountThere"> {
	if (verdict.says === "nothing") return { there: verdict.why };
	if (verdict.says === "not-known") return { there: "unknown" };
	const { word, amount } = verdict;
	return { there: word, ...(amount !== undefined && { amountThere: amount }) };
}

function kindsOf(row: LedgerRow, verdict: Verdict, isRefunded: boolean): DifferenceKind[] {
	const { says } = verdict;
	if (says === "nothing") return ["not-asked"];
	if (says === "not-known") return row.state === "refused" ? [] : ["not-known-there"];
	if (isOpen(row)) return ["unknown-here"];
	if (says === "open") return ["open-there"];
	if (row.state === "refused") {
		const isKnown = row.fault === "payment-refunded-elsewhere" && says === "refunded";
		return hasMoved(row, verdict) && !isKnown ? ["only-there"] : [];
	}
	if (!hasMoved(row, verdict)) return ["only-here"];
	const differs = verdict.amount !== undefined && verdict.amount !== row.amount;
	return [
		...(differs ? (["amount-differs"] as const) : []),
		...(says === "refunded" && !isRefunded ? (["refunded-there"] as const) : []),
	];
}

/** Whether its money has moved, as the server says. */
function hasMoved({ kind }: LedgerRow, { says }: Verdict): boolean {
	return says === "accepted" || (kind === "payment" && says === "refunded");
}

type Sum = { readonly count: number; readonly sum: number };

/** What settled, of payments and of refunds. */
export type Books = { readonly payment: Sum; readonly refund: Sum };

/** The money that moved, as the till and as the server has it; kopecks. */
export function booksOf(compared: readonly Compared[]): { readonly here: Books; readonly there: Books } {
	const here = compared.filter(({ row }) => row.state === "settled").map(({ row }) => row);
	const there = compared.flatMap(({ row, verdict }) => {
		// Of an open refund without an id of its own the payment was asked for.
		const isOwn = row.kind === "payment" || questionOf(row)?.refTransactionId !== undefined;
		if (verdict === undefined || !isOwn || !hasMoved(row, verdict)) return [];
		return [{ kind: row.kind, amount: ("amount" in verdict ? verdict.amount : undefined) ?? row.amount }];
	});
	return { here: bookOf(here), there: bookOf(there) };
}

function bookOf(rows: readonly Pick<LedgerRow, "kind" | "amount">[]): Books {
	const sumOf = (wanted: LedgerRow["kind"]): Sum => {
		const amounts = rows.filter(({ kind }) => kind === wanted).map(({ amount }) => amount);
		return { count: amounts.length, sum: amounts.reduce<number>((all, amount) => all + amount, 0) };
	};
	return { payment: sumOf("payment"), refund: sumOf("refund") };
}
