import type { Clock } from "../model/clock.ts";
import type { FaultCode } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { CancelReason, Purchase } from "../model/operation.ts";
import type { Slip } from "../model/slip.ts";
import type { Database } from "./database.ts";
import { present } from "./present.ts";
import type { PrintBook, PrintRecord } from "./prints.ts";
import type { Slips } from "./slips.ts";

/** What was answered when a key came for the first time. */
export type FirstAnswer = {
	readonly operationId: string;
	readonly bodyHash: string;
	readonly answer: { readonly operationId: string; readonly state: "in-progress" };
};

/** All that the journal knows of one operation, without the card. Times are wall-clock ms. */
type OperationRecord = {
	readonly id: string;
	readonly kind: "payment";
	readonly key: string;
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly state: "in-progress" | "unknown" | "settled" | "refused";
	readonly requestId: string;
	readonly purchase: Purchase;
	readonly brand: string;
	readonly paymentTypes: readonly string[];
	readonly scanner: string;
	readonly cardMasked: string;
	readonly timings: Readonly<Record<string, number>>;
	readonly startedAt: number;
	readonly finishedAt?: number;
	readonly transactionId?: string;
	readonly cancelWanted?: CancelReason;
	readonly fault?: FaultCode;
	readonly wireCode?: string;
	readonly slip?: Slip;
	/** The newest print. */
	readonly print?: PrintRecord;
};

/** What an operation can be found by: its id, its key while that is remembered, or its order. */
type By = { readonly id: string } | { readonly key: string } | { readonly orderId: string };

/** Looking up what was written down; each call can throw a FaultError `journal-failed`. */
export type Records = {
	/** Of an order's operations the one that says most of its money: paid, else maybe paid, else the newest. */
	find(by: By): OperationRecord | undefined;
	/** The operation that paid this order. */
	paidOrder(orderId: string): string | undefined;
	/** A key is remembered while its operation is open and for `keepDays` after that. */
	answerFor(key: string): FirstAnswer | undefined;
};

type Parts = {
	readonly database: Database;
	readonly slips: Slips;
	readonly prints: PrintBook;
	readonly keepDays: number;
	readonly clock: Clock;
};

const columns = `id, kind, key, order_id AS orderId, amount, coalesce(outcome, 'in-progress') AS state,
	request_id AS requestId, purchase, brand, payment_types AS paymentTypes, scanner, card_masked AS cardMasked,
	timings, started_at AS startedAt, finished_at AS finishedAt, transaction_id AS transactionId,
	cancel_wanted AS cancelWanted, fault, wire_code AS wireCode`;

const remembered = "key = ? AND (finished_at IS NULL OR finished_at >= ?)";

export function openRecords({ database, slips, prints, keepDays, clock }: Parts): Records {
	const newest = (what: string, condition: string, before = "") =>
		database.prepare(
			`SELECT ${what} FROM operations WHERE ${condition} ORDER BY ${before} number DESC LIMIT 1`,
		);
	const byId = newest(columns, "id = ?");
	const byKey = newest(columns, remembered);
	const byOrder = newest(columns, "order_id = ?", "outcome IS 'settled' DESC, finished_at IS NULL DESC,");
	const paid = newest("id", "order_id = ? AND outcome = 'settled'");
	const answer = newest("id, body_hash AS bodyHash", remembered);
	const oldest = () => clock.now() - keepDays * 86_400_000;

	const rowOf = (by: By) => {
		if ("id" in by) return byId.get(by.id);
		if ("key" in by) return byKey.get(by.key, oldest());
		return byOrder.get(by.orderId);
	};
	return {
		find: (by) =>
			database.read("look up an operation", () => {
				const row = rowOf(by);
				if (row === undefined) return undefined;
				const record = recordOf(present(row) as Row);
				const [slip, print] = [slips.of(record.id), prints.newestOf(record.id)];
				return { ...record, ...(slip && { slip }), ...(print && { print }) };
			}),
		paidOrder: (orderId) => {
			const row = database.read("look for a paid order", () => paid.get(orderId));
			return (row as { id: string } | undefined)?.id;
		},
		answerFor: (key) =>
			database.read("look up a key", () => {
				const row = answer.get(key, oldest()) as { id: string; bodyHash: string } | undefined;
				if (row === undefined) return undefined;
				const { id: operationId, bodyHash } = row;
				return { operationId, bodyHash, answer: { operationId, state: "in-progress" } };
			}),
	};
}

/** A row as it is read: its lists and objects are JSON. */
type Row = Omit<OperationRecord, JsonColumn | "slip" | "print"> & { readonly [column in JsonColumn]: string };
type JsonColumn = "purchase" | "paymentTypes" | "timings";

const recordOf = ({ purchase, paymentTypes, timings, ...facts }: Row): OperationRecord => ({
	...facts,
	purchase: JSON.parse(purchase),
	paymentTypes: JSON.parse(paymentTypes),
	timings: JSON.parse(timings),
});
