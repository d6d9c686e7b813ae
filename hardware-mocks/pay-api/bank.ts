import type { Ambient } from "./ambient.ts";
import { type Answer, ok, refusal, unknownTransaction } from "./answers.ts";
import { accept, carryOut, paymentSeen, reject, slipNow } from "./decisions.ts";
import { dueOf } from "./due.ts";
import { type Providers, Waiting } from "./providers.ts";
import { decideRefund, newest, type Refund, refund, refundSeen } from "./refunds.ts";
import type {
	CancelRequest,
	CheckoutRequest,
	PayRequest,
	ReceiptRequest,
	StatusRequest,
} from "./requests.ts";
import { amountError, type Rules, unknownSession, wrongMethod } from "./rules.ts";
import type { Script } from "./script.ts";
import type { WireSlip } from "./slip.ts";
import type { Troubles } from "./trouble.ts";

/** One payment as the server knows it. */
export type Transaction = {
	readonly transactionId: string;
	readonly requestId: string;
	readonly checkout: CheckoutRequest;
	readonly script: Script;
	/** The script's trouble, for the calls that name this transaction. */
	readonly troubles: Troubles;
	/** Wall-clock ms since 1970. */
	readonly startedAt: number;
	/** From `accepted` on money has moved. */
	status:
		| "new"
		| "pending"
		| "accepted"
		| "rejected"
		| "canceled"
		| "refunding"
		| "refunded"
		| "partial_refunded";
	errorCode?: string;
	slip?: WireSlip;
	/** Of the newest cancel; `new` is carried out by the next status poll. */
	refTransactionId?: string;
	refStatus?: "new" | "rejected" | "accepted";
	/** The oldest first. */
	readonly refunds: Refund[];
	/** Fiscal receipts that have come for the customer's app. */
	readonly receipts: ReceiptRequest["invoice"][];
	/** Status polls and cancels that were processed; a repeat is not. */
	polls: number;
	cancels: number;
};

/** Whether the customer's money was taken, and perhaps given back since. */
export function isTaken({ status }: Transaction): boolean {
	return ["accepted", "refunding", "refunded", "partial_refunded"].includes(status);
}

/** The server's books: transactions, and what each call makes of them. */
export class Bank {
	readonly transactions: Transaction[] = [];
	/** Those that something is decided in by the clock. */
	readonly #clocked: Transaction[] = [];
	/** The stores it knows; undefined: all. */
	readonly #stores: readonly string[] | undefined;
	readonly #ambient: Ambient;
	readonly #waiting: Waiting;
	readonly #rules: Rules;

	constructor(stores: readonly string[] | undefined, providers: Providers, ambient: Ambient, rules: Rules) {
		this.#stores = stores;
		this.#ambient = ambient;
		this.#rules = rules;
		this.#waiting = new Waiting(providers, ambient, rules);
	}

	/** Carries a request out. `script` tells the story of a checkout's new transaction. */
	process(request: PayRequest, script: Script, troubles: Troubles): Answer {
		if (request.call === "status") return this.#status(request.body);
		if (this.#stores?.includes(request.body.storeId) === false) {
			return refusal("UNKNOWN_PARTNER_ID", "Магазин не найден");
		}
		switch (request.call) {
			case "providers":
				return this.#waiting.ask(request.body);
			case "checkout":
				return this.#checkout(request.body, script, troubles);
			case "cancel":
				return this.#cancel(request.body);
			case "refund": {
				const transaction = this.find(request.body.transactionId);
				return transaction === undefined
					? unknownTransaction()
					: refund(transaction, request.body, this.#ambient);
			}
			case "receipt":
				return this.#receipt(request.body);
		}
	}

	/** The old way to hear of the providers: the list that was promised. */
	poll(availabilityInfoId: string): Answer {
		return this.#waiting.poll(availabilityInfoId);
	}

	/** By the id of the payment, of its cancel or of one of its refunds. */
	find(id: string | undefined): Transaction | undefined {
		return this.transactions.find(
			({ transactionId, refTransactionId, refunds }) =>
				id !== undefined &&
				(transactionId === id ||
					refTransactionId === id ||
					refunds.some((refund) => refund.refTransactionId === id)),
		);
	}

	/** The customer, or the bank, decides a payment that is open, as `errorCode` says. */
	decide(transaction: Transaction, errorCode?: string): void {
		if (transaction.status !== "new" && transaction.status !== "pending") return;
		if (errorCode === undefined) accept(transaction, this.#ambient);
		else reject(transaction, errorCode, this.#ambient);
	}

	/** The same for the payment or the refund of this id. @returns whether there was something open to decide. */
	decideById(id: string, errorCode?: string): boolean {
		const transaction = this.find(id);
		if (transaction === undefined) return false;
		const { status } = transaction;
		const asked = newest(transaction, id);
		const isOpen = asked === undefined ? status === "new" || status === "pending" : asked.status === "new";
		if (asked !== undefined) decideRefund(transaction, asked, this.#ambient, errorCode);
		else this.decide(transaction, errorCode);
		return isOpen;
	}

	/** Decides what is to be decided by now. @returns ms since 1970 of the next such moment, if any. */
	tick(): number | undefined {
		for (const { at, transaction, refund } of dueOf(this.#clocked)) {
			if (at > this.#ambient.now()) return at;
			const { reject, refundError } = transaction.script;
			if (refund === undefined) this.decide(transaction, reject);
			else decideRefund(transaction, refund, this.#ambient, refundError);
		}
		return undefined;
	}

	#checkout(body: CheckoutRequest, script: Script, troubles: Troubles): Answer {
		if (script.refuse !== undefined) return refusal(script.refuse, "Отказ по сценарию");
		const wrong = wrongMethod(this.#rules, body) ?? unknownSession(this.#rules, body.cardSession);
		if (wrong !== undefined) return wrong;
		const earlier = this.transactions.find(({ checkout }) => checkout.cardSession === body.cardSession);
		if (earlier?.status === "accepted") {
			return refusal("TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED", "По этой карте уже оплачено");
		}
		if (earlier !== undefined) {
			return refusal("TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS", "По этой карте уже есть операция");
		}
		const transaction: Transaction = {
			transactionId: this.#ambient.newId(),
			requestId: body.requestId,
			checkout: body,
			script,
			troubles,
			startedAt: this.#ambient.now(),
			status: "new",
			refunds: [],
			receipts: [],
			polls: 0,
			cancels: 0,
		};
		this.transactions.push(transaction);
		if (script.afterMs !== undefined || script.refundAfterMs !== undefined) this.#clocked.push(transaction);
		const declined = amountError(this.#rules, body.cardSession, body.checkoutInvoice.totalAmount);
		if (declined !== undefined) this.decide(transaction, declined);
		else if (script.accept === 0) this.decide(transaction, script.reject);
		const { transactionId, status, errorCode } = transaction;
		return ok({ requestId: body.requestId, transactionId, status, errorCode, slip: slipNow(transaction) });
	}

	#status({ requestId, transactionId, refTransactionId }: StatusRequest): Answer {
		const transaction = this.find(transactionId ?? refTransactionId);
		if (transaction === undefined) return ok({ requestId, transactionId, refTransactionId, status: "" });
		const asked = newest(transaction, refTransactionId);
		if (asked !== undefined) return ok({ requestId, ...refundSeen(transaction, asked, this.#ambient) });
		transaction.polls += 1;
		if (transaction.status === "new") transaction.status = "pending";
		if (transaction.refStatus === "new") carryOut(transaction);
		else if (transaction.status === "pending") this.#decideByPolls(transaction);
		const { oddStatus } = transaction.script;
		const odd = oddStatus !== undefined && transaction.polls === 1 ? { status: oddStatus } : {};
		return ok({ requestId, ...paymentSeen(transaction), ...odd });
	}

	#cancel({ requestId, transactionId }: CancelRequest): Answer {
		const transaction = this.find(transactionId);
		if (transaction === undefined) return unknownTransaction();
		transaction.cancels += 1;
		const { status, script } = transaction;
		if (transaction.refStatus === "new" || (status !== "new" && status !== "pending")) {
			return refusal("WRONG_TRANSACTION_STATE_CHANGE", `Нельзя отменить: ${status}`);
		}
		if (script.acceptOnCancel) {
			this.decide(transaction);
			return refusal("WRONG_TRANSACTION_STATE_CHANGE", "Нельзя отменить: accepted");
		}
		transaction.refTransactionId = this.#ambient.newId();
		if (script.cancel === undefined) carryOut(transaction);
		else transaction.refStatus = script.cancel === "slow" ? "new" : "rejected";
		const { refTransactionId, refStatus } = transaction;
		return ok({ requestId, refTransactionId, refStatus, transactionId, status: transaction.status });
	}

	#receipt({ transactionId, invoice }: ReceiptRequest): Answer {
		const transaction = this.find(transactionId);
		if (transaction === undefined) return unknownTransaction();
		if (!isTaken(transaction)) return refusal("PAYMENT_TRANSACTION_IS_NOT_PAID", "Операция не оплачена");
		transaction.receipts.push(invoice);
		return { status: 200 };
	}

	/** What the customer and the bank have decided by this poll. */
	#decideByPolls(transaction: Transaction): void {
		const { pending, acceptOnCancel, afterMs, reject: errorCode, accept: polls = 1 } = transaction.script;
		if (pending || acceptOnCancel || afterMs !== undefined) return;
		if (errorCode !== undefined) this.decide(transaction, errorCode);
		else if (transaction.polls >= polls) this.decide(transaction);
	}
}
