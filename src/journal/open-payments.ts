import type { OpenPayment } from "../model/operation.ts";
import type { Database } from "./database.ts";
import { present } from "./present.ts";
import type { Seal } from "./seal.ts";
import { unsealWish, type WishColumns } from "./wishes.ts";

/** Payments without an outcome; each call can throw a FaultError `journal-failed`. */
export type OpenPayments = {
	/** All of them, the oldest first, with what they need to go on after a restart. */
	open(): OpenPayment[];
	/** The operation of which nothing has been told yet; there is at most one. */
	inProgress(): string | undefined;
	/** An operation of this order that is in progress or unknown: the order may have been paid already. */
	unresolvedOrder(orderId: string): string | undefined;
};

type Row = Omit<OpenPayment, "kind" | "wish" | "maybeSent" | "firstAttempt"> &
	WishColumns & { readonly maybeSent: 0 | 1 };

export function openPayments(database: Database, seal: Seal): OpenPayments {
	// An attempt without a result was under way when the last run ended, so it may have reached the server;
	// so may one that was answered when that run ended before the answer's meaning was written down.
	const all = database.prepare(
		`SELECT id, request_id AS requestId, cancel_request_id AS cancelRequestId, started_at AS startedAt,
			transaction_id AS transactionId, cancel_wanted AS cancelWanted,
			purchase, brand, payment_types AS paymentTypes, sealed,
			EXISTS (
				SELECT 1 FROM attempts
				WHERE operation = operations.id AND call = 'checkout' AND result IS NOT 'not-sent'
			) AS maybeSent
		FROM operations WHERE finished_at IS NULL ORDER BY number`,
	);
	const inProgress = database.prepare("SELECT id FROM operations WHERE outcome IS NULL");
	const ofOrder = database.prepare(
		"SELECT id FROM operations WHERE order_id = ? AND finished_at IS NULL ORDER BY number DESC LIMIT 1",
	);
	const idIn = (row: object | undefined) => (row as { id: string } | undefined)?.id;

	return {
		open: () =>
			database
				.read("read the open payments", () => all.all())
				.map((row) => paymentOf(present(row) as Row, seal)),
		inProgress: () => idIn(database.read("look for a payment in progress", () => inProgress.get())),
		unresolvedOrder: (orderId) => idIn(database.read("look for an open payment", () => ofOrder.get(orderId))),
	};
}

function paymentOf(row: Row, seal: Seal): OpenPayment {
	const { purchase, brand, paymentTypes, sealed, maybeSent, ...facts } = row;
	const wish = unsealWish({ purchase, brand, paymentTypes, sealed }, seal, row.id);
	return { kind: "payment", ...facts, wish, maybeSent: maybeSent === 1 };
}
