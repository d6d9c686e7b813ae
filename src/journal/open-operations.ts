import type { OpenOperation, OpenPayment, OpenReceipt, OpenRefund } from "../model/operation.ts";
import { maybeSent } from "./attempts.ts";
import type { Database } from "./database.ts";
import { present } from "./present.ts";
import type { Seal } from "./seal.ts";
import { unsealWish, type WishColumns } from "./wishes.ts";

/** Operations without a final outcome; each call can throw a FaultError `journal-failed`. */
export type OpenOperations = {
	/** All of them, the oldest first, with what they need to go on after a restart. */
	open(): OpenOperation[];
	/**
	 * The payment or refund of which nothing has been told yet; a till has at most one.
	 * @param terminal the till's terminalId; without it any till's. What belongs to no known till counts for each.
	 */
	inProgress(terminal?: string): string | undefined;
	/** A payment of this order that is in progress or unknown: the order may have been paid already. */
	unresolvedOrder(orderId: string): string | undefined;
};

export function unfinishedOperations(database: Database, seal: Seal): OpenOperations {
	const all = database.prepare(
		`SELECT kind, id, nullif(terminal, '') AS terminal, request_id AS requestId, cancel_request_id AS cancelRequestId, started_at AS startedAt,
			transaction_id AS transactionId, ref_transaction_id AS refTransactionId, cancel_wanted AS cancelWanted,
			purchase, brand, payment_types AS paymentTypes, sealed, wish, ${maybeSent} AS maybeSent
		FROM operations WHERE finished_at IS NULL AND kind <> 'providers' ORDER BY number`,
	);
	const inProgress = progress(database);
	const ofOrder = database.prepare(
		`SELECT id FROM operations WHERE order_id = ? AND kind = 'payment' AND finished_at IS NULL
		ORDER BY number DESC LIMIT 1`,
	);
	const idIn = (row: object | undefined) => (row as { id: string } | undefined)?.id;

	return {
		open: () =>
			database
				.read("read the open operations", () => all.all())
				.map((row) => operationOf(present(row) as PaymentRow | OtherRow, seal)),
		inProgress: (terminal) =>
			idIn(database.read("look for an operation in progress", () => inProgress(terminal))),
		unresolvedOrder: (orderId) => idIn(database.read("look for an open payment", () => ofOrder.get(orderId))),
	};
}

/** Found by the index of what is in progress, however many operations there have been. */
export function progress(database: Database): (terminal?: string) => object | undefined {
	const any = `SELECT id FROM operations INDEXED BY operations_one_in_progress
		WHERE outcome IS NULL AND kind IN ('payment', 'refund')`;
	const anywhere = database.prepare(`${any} LIMIT 1`);
	const at = database.prepare(`${any} AND terminal IN ('', ?) LIMIT 1`);
	return (terminal) => (terminal === undefined ? anywhere.get() : at.get(terminal));
}

type Columns<Operation extends OpenOperation> = Omit<Operation, "wish" | "maybeSent" | "firstAttempt"> & {
	readonly maybeSent: 0 | 1;
};
type PaymentRow = Columns<OpenPayment> & WishColumns;
type OtherRow = Columns<OpenRefund | OpenReceipt> & { readonly wish: string; readonly transactionId: string };

function operationOf(row: PaymentRow | OtherRow, seal: Seal): OpenOperation {
	if (row.kind === "payment") {
		const { purchase, brand, paymentTypes, sealed, maybeSent: sent, ...facts } = row;
		const wish = unsealWish({ purchase, brand, paymentTypes, sealed }, seal, row.id);
		return { ...facts, wish, maybeSent: sent === 1 };
	}
	// The transaction of a refund or receipt stands in its wish.
	const { wish, maybeSent: sent, transactionId: _, ...facts } = row;
	return { ...facts, wish: JSON.parse(wish), maybeSent: sent === 1 };
}
