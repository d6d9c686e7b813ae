import type { Kopecks } from "../model/money.ts";
import type { Database } from "./database.ts";

export type OperationKind = "payment" | "refund" | "receipt" | "providers";

/** A row of `operations` as an operation begins; what its kind has no use for is left out. */
export type NewRow = {
	readonly id: string;
	readonly kind: OperationKind;
	/** The till's terminalId. */
	readonly terminal?: string;
	readonly key?: string;
	readonly bodyHash?: string;
	readonly orderId: string;
	readonly amount: Kopecks;
	readonly requestId: string;
	readonly cancelRequestId?: string;
	readonly purchase?: string;
	readonly brand?: string;
	readonly paymentTypes?: string;
	readonly scanner?: string;
	readonly cardMasked?: string;
	readonly timings?: string;
	readonly sealed?: Uint8Array;
	readonly sessionMark?: Uint8Array;
	readonly wish?: string;
	readonly transactionId?: string;
	readonly startedAt: number;
};

const leftOut = {
	terminal: "",
	key: null,
	bodyHash: null,
	cancelRequestId: null,
	purchase: null,
	brand: null,
	paymentTypes: null,
	scanner: null,
	cardMasked: null,
	timings: null,
	sealed: null,
	sessionMark: null,
	wish: null,
	transactionId: null,
} as const;

/** Writes the row of an operation that begins; inside the transaction of what else is written then. */
export function rowWriter(database: Database): (row: NewRow) => void {
	const insert = database.prepare(
		`INSERT INTO operations (id, kind, terminal, key, body_hash, order_id, amount, request_id, cancel_request_id, purchase,
			brand, payment_types, scanner, card_masked, timings, sealed, session_mark, wish, transaction_id, started_at)
		VALUES (:id, :kind, :terminal, :key, :bodyHash, :orderId, :amount, :requestId, :cancelRequestId, :purchase,
			:brand, :paymentTypes, :scanner, :cardMasked, :timings, :sealed, :sessionMark, :wish, :transactionId, :startedAt)`,
	);
	return (row) => void insert.run({ ...leftOut, ...row });
}
