import type { FaultCode } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import type { CancelReason, Purchase, ReceiptWish, RefundWish } from "../model/operation.ts";
import type { Slip } from "../model/slip.ts";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { present } from "./present.ts";
import type { PrintReader, PrintRecord } from "./print-reader.ts";
import type { Slips } from "./slips.ts";

/** What was answered when a key came for the first time. */
export type FirstAnswer = {
	readonly operationId: string;
	readonly bodyHash: string;
	readonly answer: { readonly operationId: string; readonly state: "in-progress" };
};

export type OperationState = "in-progress" | "unknown" | "settled" | "refused";

/** What the journal knows of every operation. Times are wall-clock ms. */
type Facts = {
	readonly id: string;
	/** The terminalId of its till; absent where an earlier kassad did not write it down. */
	readonly terminal?: string;
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly state: OperationState;
	readonly requestId: string;
	readonly startedAt: number;
	readonly finishedAt?: number;
	/** Of the payment: this one, or the one that is given back or has this receipt. */
	readonly transactionId?: string;
	readonly refTransactionId?: string;
	readonly fault?: FaultCode;
	readonly wireCode?: string;
	readonly slip?: Slip;
	/** The newest print. */
	readonly print?: PrintRecord;
};

type PaymentRecord = Facts & {
	readonly kind: "payment";
	readonly key: string;
	readonly purchase: Purchase;
	readonly brand: string;
	readonly paymentTypes: readonly string[];
	readonly scanner: string;
	readonly cardMasked: string;
	readonly timings: Readonly<Record<string, number>>;
	readonly cancelWanted?: CancelReason;
};

/** All that the journal knows of one operation, without the card. */
type OperationRecord =
	| PaymentRecord
	| (Facts & { readonly kind: "refund"; readonly key: string; readonly wish: RefundWish })
	| (Facts & { readonly kind: "receipt"; readonly key: string; readonly wish: ReceiptWish })
	| (Facts & {
			readonly kind: "providers";
			readonly brand: string;
			readonly cardMasked: string;
			/** What was answered. */
			readonly summary?: string;
	  });

type PaymentFacts = Pick<
	PaymentRecord,
	"terminal" | "state" | "finishedAt" | "transactionId" | "fault" | "purchase" | "brand"
>;

/** What a payment can be found by besides its id and key. */
type ByPayment = { readonly orderId: string } | { readonly transactionId: string };

/** What an operation can be found by. */
type By = { readonly id: string } | { readonly key: string } | ByPayment;

/** Looking up what was written down; each call can throw a FaultError `journal-failed`. */
export type Records = {
	/** Of several payments the one that says most of the money: paid, else maybe paid, else the newest. */
	find(by: ByPayment): PaymentRecord | undefined;
	find(by: By): OperationRecord | undefined;
	/** No more of a payment than a key press needs, which waits for it; of several the one that `find` finds. */
	payment(by: { readonly id: string } | ByPayment): PaymentFacts | undefined;
	/** The payment that paid this order. */
	paidOrder(orderId: string): string | undefined;
	/** The first answer to a key, as long as it is remembered: see `Keys`. */
	answerFor(key: string): FirstAnswer | undefined;
};

type Parts = {
	readonly database: Database;
	readonly slips: Slips;
	readonly prints: Pick<PrintReader, "newestOf">;
	readonly keys: Keys;
};

const columns = `id, kind, nullif(terminal, '') AS terminal, key, order_id AS orderId, amount, coalesce(outcome, 'in-progress') AS state,
	request_id AS requestId, purchase, brand, payment_types AS paymentTypes, scanner, card_masked AS cardMasked,
	timings, started_at AS startedAt, finished_at AS finishedAt, transaction_id AS transactionId,
	ref_transaction_id AS refTransactionId, cancel_wanted AS cancelWanted, fault, wire_code AS wireCode, wish, summary`;

const paymentColumns = `nullif(terminal, '') AS terminal, coalesce(outcome, 'in-progress') AS state, finished_at AS finishedAt,
	transaction_id AS transactionId, fault, purchase, brand`;

const newest = (database: Database, what: string, condition: string, before = "") =>
	database.prepare(
		`SELECT ${what} FROM operations WHERE ${condition} ORDER BY ${before} number DESC LIMIT 1`,
	);

export function openRecords(parts: Parts): Records {
	const { database, slips, prints } = parts;
	const byKey = newest(database, columns, "key = ?");
	const byId = newest(database, columns, "id = ?");
	const byPayment = ofPayment(database, columns);
	const paid = newest(database, "id", "kind = 'payment' AND order_id = ? AND outcome = 'settled'");

	const rowOf = (by: By) => {
		if ("id" in by) return byId.get(by.id);
		return "key" in by ? byKey.get(by.key) : byPayment(by);
	};
	const find = (by: By) =>
		database.read("look up an operation", () => {
			const row = rowOf(by);
			if (row === undefined) return undefined;
			const record = recordOf(row) as OperationRecord;
			const [slip, print] = [slips.of(record.id), prints.newestOf(record.id)];
			return { ...record, ...(slip && { slip }), ...(print && { print }) };
		});
	return {
		find: find as Records["find"],
		payment: paymentFacts(database),
		paidOrder: (orderId) => {
			const row = database.read("look for a paid order", () => paid.get(orderId));
			return (row as { id: string } | undefined)?.id;
		},
		answerFor: firstAnswers(parts),
	};
}

/** Reads the payment that says most of the money. */
function ofPayment(database: Database, what: string): (by: ByPayment) => object | undefined {
	const moneyFirst = "outcome IS 'settled' DESC, finished_at IS NULL DESC,";
	const byOrder = newest(database, what, "kind = 'payment' AND order_id = ?", moneyFirst);
	const byTransaction = newest(database, what, "kind = 'payment' AND transaction_id = ?", moneyFirst);
	return (by) => ("orderId" in by ? byOrder.get(by.orderId) : byTransaction.get(by.transactionId));
}

function paymentFacts(database: Database): Records["payment"] {
	const byId = newest(database, paymentColumns, "kind = 'payment' AND id = ?");
	const byPayment = ofPayment(database, paymentColumns);
	return (by) => {
		const row = database.read("look up a payment", () => ("id" in by ? byId.get(by.id) : byPayment(by)));
		return row && (recordOf(row) as PaymentFacts);
	};
}

function firstAnswers({ database, keys }: Parts): Records["answerFor"] {
	return (key) => {
		const bearer = database.read("look up a key", () => keys.operation(key));
		if (bearer === undefined) return undefined;
		const { id: operationId, bodyHash } = bearer;
		return { operationId, bodyHash, answer: { operationId, state: "in-progress" } };
	};
}

const json: ReadonlySet<string> = new Set(["purchase", "paymentTypes", "timings", "wish"]);

/** A row as it is read: its lists and objects are JSON, and what its kind has no use for is absent. */
function recordOf(row: object): object {
	const facts = Object.entries(present(row)).map(([name, value]) => [
		name,
		json.has(name) ? JSON.parse(value) : value,
	]);
	return Object.fromEntries(facts);
}
