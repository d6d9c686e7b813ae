import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import { FaultError } from "../model/fault.ts";
import type { FinalOutcome, OpenPayment, Outcome, UnknownOutcome } from "../model/operation.ts";
import type { Attempts } from "./attempts.ts";
import type { Database } from "./database.ts";
import type { EventBody, EventBook } from "./events.ts";
import type { OpenPayments } from "./open-payments.ts";
import type { PrintBook } from "./prints.ts";
import type { FirstAnswer, Records } from "./records.ts";
import type { Seal } from "./seal.ts";
import type { Slips } from "./slips.ts";
import { sealWish } from "./wishes.ts";

/** All that is known when the cashier's wish becomes an operation. */
export type PaymentIntent = {
	/** Chosen by the POS program; the same key is the same wish. */
	readonly key: string;
	/** A hash of the wish's body: tells whether a repeated key repeats the wish too. */
	readonly bodyHash: string;
	readonly payment: Pick<OpenPayment, "kind" | "id" | "requestId" | "cancelRequestId" | "wish" | "startedAt">;
	readonly scanner: string;
	readonly cardMasked: string;
	/** Named moments, wall-clock ms, kept for reports. */
	readonly timings: Readonly<Record<string, number>>;
};

type Begun =
	| { readonly kind: "begun"; readonly payment: OpenPayment & { readonly firstAttempt: number } }
	/** The key is known already and nothing was written; compare the body's hash. */
	| { readonly kind: "known"; readonly first: FirstAnswer };

export type Operations = {
	/**
	 * Commits the intent, its key and its first attempt, with one sync; then the checkout may leave.
	 * @throws {FaultError} `till-busy` while another operation is in progress, `journal-failed`.
	 */
	begin(intent: PaymentIntent): Begun;
	/**
	 * Commits outcome, slip, event and, when wanted, a waiting print in one transaction, and wipes the card.
	 * @throws {FaultError} `journal-failed`; `internal-failure` when the operation is not open.
	 */
	finish(
		operationId: string,
		outcome: FinalOutcome,
		also: { readonly eventBody: EventBody; readonly print?: { readonly printer: string } },
	): { readonly event: PosEvent; readonly printId?: number };
	/**
	 * Commits that the cashier is told "unknown"; the operation stays open, and the next one may begin.
	 * @throws {FaultError} as `finish` does.
	 */
	tell(operationId: string, outcome: UnknownOutcome, eventBody: EventBody): PosEvent;
};

type Parts = {
	readonly database: Database;
	readonly seal: Seal;
	readonly attempts: Attempts;
	readonly slips: Slips;
	readonly prints: PrintBook;
	readonly events: EventBook;
	readonly records: Records;
	readonly unfinished: OpenPayments;
	readonly clock: Clock;
};

export function openOperations(parts: Parts): Operations {
	const { database, attempts, slips, prints, events, records, unfinished } = parts;
	const insert = inserter(parts);
	const judge = judgement(parts);

	return {
		begin: (intent) =>
			database.transact("write down the payment", (): Begun => {
				const first = records.answerFor(intent.key);
				if (first !== undefined) return { kind: "known", first };
				const busy = unfinished.inProgress();
				if (busy !== undefined) throw new FaultError("till-busy", `operation ${busy} is in progress`);
				insert(intent);
				const { id, requestId } = intent.payment;
				const firstAttempt = attempts.note(id, "checkout", requestId);
				return { kind: "begun", payment: { ...intent.payment, maybeSent: false, firstAttempt } };
			}),
		finish: (operationId, outcome, { eventBody, print }) =>
			events.record("write down the outcome of a payment", (append) => {
				judge(operationId, outcome);
				if (outcome.slip !== undefined) slips.keep(operationId, outcome.slip);
				const event = append("operation", eventBody);
				return print === undefined ? { event } : { event, printId: prints.queue(operationId, print.printer) };
			}),
		tell: (operationId, outcome, eventBody) =>
			events.record("write down that a payment is unknown", (append) => {
				judge(operationId, outcome);
				return append("operation", eventBody);
			}),
	};
}

function inserter({ database, seal }: Parts): (intent: PaymentIntent) => void {
	const insert = database.prepare(
		`INSERT INTO operations (id, kind, key, body_hash, order_id, amount, request_id, cancel_request_id, purchase,
			brand, payment_types, scanner, card_masked, timings, sealed, started_at)
		VALUES (:id, 'payment', :key, :bodyHash, :orderId, :amount, :requestId, :cancelRequestId, :purchase,
			:brand, :paymentTypes, :scanner, :cardMasked, :timings, :sealed, :startedAt)`,
	);
	return ({ payment, key, bodyHash, scanner, cardMasked, timings }) => {
		const { wish, id, requestId, cancelRequestId, startedAt } = payment;
		const { orderId, totalAmount: amount } = wish.purchase;
		const ids = { id, requestId, cancelRequestId, key, bodyHash, orderId };
		const facts = { amount, scanner, cardMasked, startedAt, timings: JSON.stringify(timings) };
		insert.run({ ...ids, ...facts, ...sealWish(wish, seal, id) });
	};
}

function judgement({ database, clock }: Parts): (operationId: string, outcome: Outcome) => void {
	const update = database.prepare(
		`UPDATE operations SET outcome = :kind, fault = :fault, wire_code = :wireCode,
			transaction_id = coalesce(:transactionId, transaction_id), finished_at = :finishedAt,
			sealed = CASE WHEN :finishedAt IS NULL THEN sealed END
		WHERE id = :id AND finished_at IS NULL`,
	);
	return (id, outcome) => {
		const { kind, transactionId = null } = outcome;
		const fault = kind === "settled" ? null : outcome.fault;
		const wireCode = kind === "refused" ? (outcome.wireCode ?? null) : null;
		const finishedAt = kind === "unknown" ? null : clock.now();
		const change = update.run({ id, kind, fault, wireCode, transactionId, finishedAt });
		if (change.changes !== 1) throw new FaultError("internal-failure", `operation ${id} is not open`);
	};
}
