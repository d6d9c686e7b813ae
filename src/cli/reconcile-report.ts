import { drawTable } from "../config/table.ts";
import { localTime, signedRoubles } from "../print/documents/words.ts";
import { clean } from "./clean.ts";
import { type Books, booksOf, type Compared, type Difference, differenceWords } from "./reconcile-compare.ts";
import type { Column } from "./report-columns.ts";
import { csvText } from "./report-csv.ts";
import { aligned, rowsTable } from "./report-table.ts";
import { isoWithOffset } from "./report-words.ts";

/** What a period came to when it was held against the server. */
export type Reconciliation = {
	/** Wall-clock ms, `to` exclusive. */
	readonly from: number;
	readonly to: number;
	readonly storeId: string;
	readonly compared: readonly Compared[];
	readonly differences: readonly Difference[];
};

const text = (value: string | undefined) => (value === undefined ? undefined : { text: value });

/** What differs, how it stands on either side, and by what it is found. */
const mainColumns: readonly Column<Difference>[] = [
	{ name: "time", of: ({ row }) => ({ at: row.at }) },
	{ name: "kind", of: ({ row }) => ({ text: row.kind }) },
	{ name: "difference", of: ({ kind }) => ({ text: differenceWords[kind] }) },
	{ name: "here", of: ({ row }) => ({ text: row.state }) },
	{ name: "there", of: ({ there }) => ({ text: there }) },
	{ name: "amount here", of: ({ row }) => ({ kopecks: row.amount }) },
	{
		name: "amount there",
		of: ({ amountThere }) => (amountThere === undefined ? undefined : { kopecks: amountThere }),
	},
	{ name: "orderId", of: ({ row }) => ({ text: row.orderId }) },
];

const allColumns: readonly Column<Difference>[] = [
	...mainColumns,
	{ name: "paymentTransactionId", of: ({ row }) => text(row.paymentTransactionId) },
	{ name: "refundTransactionId", of: ({ row }) => text(row.refundTransactionId) },
	{ name: "requestId", of: ({ row }) => ({ text: row.requestId }) },
	{ name: "terminal", of: ({ row }) => text(row.terminal) },
	{ name: "shift", of: ({ row }) => text(row.shift?.toString()) },
];

/** A reason is longer than a cell: it stands below. */
const forTable = (columns: readonly Column<Difference>[]) =>
	columns.map((column): Column<Difference> => {
		if (column.name !== "there") return column;
		return {
			...column,
			of: (difference) => (difference.kind === "not-asked" ? undefined : column.of(difference)),
		};
	});

/**
 * For people.
 * @param width columns of the terminal; undefined when there is none.
 */
export function reconcileTable(done: Reconciliation, width: number | undefined): string {
	const { differences } = done;
	const lines = [reconcileSummary(done)];
	if (differences.length > 0) {
		const whole = rowsTable(differences, forTable(allColumns));
		const fits = width === undefined || whole.indexOf("\n") <= width;
		lines.push(fits ? whole : rowsTable(differences, forTable(mainColumns)));
		if (!fits) lines.push("The ids do not fit here: --format csv and json have all of them.");
	}
	return [...lines, ...reasonsIn(differences), ""].join("\n");
}

/** Why some could not be asked, each reason once. */
function reasonsIn(differences: readonly Difference[]): string[] {
	const unasked = differences.filter(({ kind }) => kind === "not-asked");
	const reasons = Map.groupBy(unasked, ({ there }) => there);
	return [...reasons].map(([why, { length }]) => `Could not be asked (${length}): ${clean(why)}`);
}

/** The sums of both sides, and how many differences there are. */
export function reconcileSummary({ from, to, storeId, compared, differences }: Reconciliation): string {
	const { here, there } = booksOf(compared);
	const rows = (["payment", "refund"] as const).map((kind) => [
		kind,
		...[here[kind], there[kind]].flatMap(({ count, sum }) => [String(count), signedRoubles(sum)]),
	]);
	const net = ["net", "", signedRoubles(netOf(here)), "", signedRoubles(netOf(there))];
	const head = ["settled", "here", "sum here", "there", "sum there"];
	const asked = compared.filter(({ verdict }) => verdict !== undefined && verdict.says !== "nothing").length;
	const count = differences.length;
	const verdict = count === 0 ? "No difference." : `${count} ${count === 1 ? "difference" : "differences"}:`;
	const span = `${localTime(undefined, from)} to ${localTime(undefined, to)}`;
	return [
		`kassad reconcile: ${span}, store ${clean(storeId)}`,
		`The server answered for ${asked} of ${compared.length} payments and refunds.`,
		drawTable(aligned([...rows, net], [1, 2, 3, 4]), head),
		verdict,
	].join("\n");
}

const netOf = ({ payment, refund }: Books) => payment.sum - refund.sum;

/** For a Russian Excel: the differences alone. */
export const reconcileCsv = ({ differences }: Reconciliation): string => csvText(allColumns, differences);

/** All that is known, for a program: money in kopecks, times with their offset. */
export function reconcileJson({ from, to, storeId, compared, differences }: Reconciliation): string {
	const facts = {
		kassadReconcile: 1,
		...{ from: isoWithOffset(from), to: isoWithOffset(to), storeId },
		count: compared.length,
		answered: compared.filter(({ verdict }) => verdict !== undefined && verdict.says !== "nothing").length,
		...booksOf(compared),
		differences: differences.map(({ row: { at, slip: _, ...row }, ...difference }) => ({
			...difference,
			time: isoWithOffset(at),
			row,
		})),
	};
	return `${JSON.stringify(facts)}\n`;
}
