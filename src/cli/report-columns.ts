import type { LedgerRow } from "../model/shift-report.ts";
import { slipFields } from "../model/slip.ts";

/** What stands in a cell: each format writes money and times its own way. `at` is wall-clock ms. */
export type Cell =
	| { readonly text: string }
	| { readonly kopecks: number }
	| { readonly at: number }
	| undefined;

export type Column<Row = LedgerRow> = { readonly name: string; of(row: Row): Cell };

const text = (value: string | undefined): Cell => (value === undefined ? undefined : { text: value });

/** What happened, when, and for how much; then what the integration checklist of the Pay API wants in a report. */
export const mainColumns: readonly Column[] = [
	{ name: "time", of: ({ at }) => ({ at }) },
	{ name: "kind", of: ({ kind }) => ({ text: kind }) },
	{ name: "state", of: ({ state }) => ({ text: state }) },
	{ name: "amount", of: ({ amount }) => ({ kopecks: amount }) },
	{ name: "paymentType", of: ({ slip }) => text(slip.paymentType) },
	{ name: "orderId", of: ({ orderId }) => ({ text: orderId }) },
];

const ids: readonly Column[] = [
	{ name: "paymentTransactionId", of: (row) => text(row.paymentTransactionId) },
	{ name: "refundTransactionId", of: (row) => text(row.refundTransactionId) },
	{ name: "requestId", of: ({ requestId }) => ({ text: requestId }) },
	{ name: "qrcId", of: ({ slip }) => text(slip.qrcId) },
	{ name: "kzo", of: ({ slip }) => text(slip.kzo) },
];

/** All columns of the checklist. */
export const checklistColumns: readonly Column[] = [...mainColumns, ...ids];

/** The ids that the till knows by itself, as the bank has them, and what else its slip says. */
const slipColumns = slipFields.flatMap((field): Column[] => {
	if (field === "paymentType" || field === "qrcId" || field === "kzo") return [];
	const name = `slip.${field}`;
	if (field !== "totalAmount") return [{ name, of: ({ slip }) => text(slip[field]) }];
	return [
		{
			name,
			of: ({ slip: { totalAmount } }) => (totalAmount === undefined ? undefined : { kopecks: totalAmount }),
		},
	];
});

/** Everything: what a file has. */
export const allColumns: readonly Column[] = [
	...checklistColumns,
	{ name: "fault", of: ({ fault }) => text(fault) },
	...slipColumns,
	{ name: "terminal", of: ({ terminal }) => text(terminal) },
	{ name: "shift", of: ({ shift }) => text(shift?.toString()) },
];
