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

/** What each column of `operations` is called in a row that begins. */
const names = {
	id: "id",
	kind: "kind",
	terminal: "terminal",
	key: "key",
	body_hash: "bodyHash",
	order_id: "orderId",
	amount: "amount",
	request_id: "requestId",
	cancel_request_id: "cancelRequestId",
	purchase: "purchase",
	brand: "brand",
	payment_types: "paymentTypes",
	scanner: "scanner",
	card_masked: "cardMasked",
	timings: "timings",
	sealed: "sealed",
	session_mark: "sessionMark",
	wish: "wish",
	transaction_id: "transactionId",
	started_at: "startedAt",
} as const satisfies Record<string, keyof NewRow>;

/** Writes the row of an operation that begins; inside the transaction of what else is written then. */
export function rowWriter(database: Database): (row: NewRow) => void {
	const [columns, facts] = [Object.keys(names), Object.values(names)];
	// By place: SQLite looks each name up in a list, which costs four times as much for as many columns.
	const insert = database.prepare(
		`INSERT INTO operations (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
	);
	return (row) => {
		const whole = { ...row, terminal: row.terminal ?? "" };
		insert.run(...facts.map((fact) => whole[fact] ?? null));
	};
}
