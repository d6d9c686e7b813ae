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

/** What an operation can be found by: its id, its key or its order. */
type By = { readonly id: string } | { readonly key: string } | { readonly orderId: string };

/** Looking up what was written down; each call can throw a FaultError `journal-failed`. */
export type Records = {
	/** Of an order's operations the one that says most of its money: paid, else maybe paid, else the newest. */
	find(by: By): OperationRecord | undefined;
	/** The operation that paid this order. */
	paidOrder(orderId: string): string | undefined;
	/**
	 * A key is remembered while its operation is open and for `keepDays` after that. The days are reckoned up to the
	 * newest operation and no further than the clock: a clock that jumps ahead alone makes nobody pay twice.
	 */
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

const newest = (database: Database, what: string, condition: string, before = "") =>
	database.prepare(
		`SELECT ${what} FROM operations WHERE ${condition} ORDER BY ${before} number DESC LIMIT 1`,
	);

export function openRecords(parts: Parts): Records {
	const { database, slips, prints } = parts;
	const byId = newest(database, columns, "id = ?");
	const byKey = newest(database, columns, "key = ?");
	const moneyFirst = "outcome IS 'settled' DESC, finished_at IS NULL DESC,";
	const byOrder = newest(database, columns, "order_id = ?", moneyFirst);
	const paid = newest(database, "id", "order_id = ? AND outcome = 'settled'");

	const rowOf = (by: By) => {
		if ("id" in by) return byId.get(by.id);
		return "key" in by ? byKey.get(by.key) : byOrder.get(by.orderId);
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
		answerFor: firstAnswers(parts),
	};
}

function firstAnswers({ database, keepDays, clock }: Parts): Records["answerFor"] {
	const select = newest(
		database,
		"id, body_hash AS bodyHash",
		`key = :key AND (finished_at IS NULL OR finished_at >=
			min(:now, (SELECT coalesce(finished_at, started_at) FROM operations ORDER BY number DESC LIMIT 1)) - :keptMs)`,
	);
	const keptMs = keepDays * 86_400_000;
	return (key) => {
		const values = { key, keptMs, now: clock.now() };
		const row = database.read("look up a key", () => select.get(values));
		if (row === undefined) return undefined;
		const { id: operationId, bodyHash } = row as { id: string; bodyHash: string };
		return { operationId, bodyHash, answer: { operationId, state: "in-progress" } };
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
