import { randomUUID } from "node:crypto";
import type { CancelRequest, CheckoutRequest, PayRequest, StatusRequest } from "./requests.ts";
import type { Script, Troubles } from "./script.ts";
import { slipOf, type WireSlip } from "./slip.ts";

/** One payment as the server knows it. */
export type Transaction = {
	readonly transactionId: string;
	readonly requestId: string;
	readonly checkout: CheckoutRequest;
	readonly script: Script;
	/** The script's trouble, for the calls that name this transaction. */
	readonly troubles: Troubles;
	/** `accepted` means that money has moved. */
	status: "new" | "pending" | "accepted" | "rejected" | "canceled";
	errorCode?: string;
	slip?: WireSlip;
	/** Of the newest cancel; `new` is carried out by the next status poll. */
	refTransactionId?: string;
	refStatus?: "new" | "rejected" | "accepted";
	/** Status polls and cancels that were processed; a repeat is not. */
	polls: number;
	cancels: number;
};

/** An answer before it is on its way. */
export type Answer = { readonly status: number; readonly json: object };

const ok = (json: object): Answer => ({ status: 200, json });
const refusal = (code: string, details: string): Answer => ({ status: 422, json: { code, details } });

/** The document: the least payment is 4 roubles. */
const leastKopecks = 400;

/** The server's books: transactions, and what each call makes of them. */
export class Bank {
	readonly transactions: Transaction[] = [];
	/** The stores it knows; undefined: all. */
	readonly #stores: readonly string[] | undefined;

	constructor(stores: readonly string[] | undefined) {
		this.#stores = stores;
	}

	/** Carries a request out. `script` tells the story of a checkout's new transaction. */
	process(request: PayRequest, script: Script, troubles: Troubles): Answer {
		if (request.call === "status") return this.#status(request.body);
		if (this.#stores?.includes(request.body.storeId) === false) {
			return refusal("UNKNOWN_PARTNER_ID", "Магазин не найден");
		}
		if (request.call === "cancel") return this.#cancel(request.body);
		return this.#checkout(request.body, script, troubles);
	}

	find(id: string | undefined): Transaction | undefined {
		return this.transactions.find(
			({ transactionId, refTransactionId }) =>
				id !== undefined && (transactionId === id || refTransactionId === id),
		);
	}

	#checkout(body: CheckoutRequest, script: Script, troubles: Troubles): Answer {
		if (script.refuse !== undefined) return refusal(script.refuse, "Отказ по сценарию");
		const earlier = this.transactions.find(({ checkout }) => checkout.cardSession === body.cardSession);
		if (earlier?.status === "accepted") {
			return refusal("TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED", "По этой карте уже оплачено");
		}
		if (earlier !== undefined) {
			return refusal("TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS", "По этой карте уже есть операция");
		}
		const transaction: Transaction = {
			transactionId: randomUUID(),
			requestId: body.requestId,
			checkout: body,
			script,
			troubles,
			status: "new",
			polls: 0,
			cancels: 0,
		};
		this.transactions.push(transaction);
		if (body.checkoutInvoice.totalAmount < leastKopecks) reject(transaction, "TOTAL_AMOUNT_IS_TOO_SMALL");
		else if (script.accept === 0) accept(transaction);
		const { transactionId, status, errorCode } = transaction;
		return ok({ requestId: body.requestId, transactionId, status, errorCode, slip: slipNow(transaction) });
	}

	#status({ requestId, transactionId, refTransactionId }: StatusRequest): Answer {
		const transaction = this.find(transactionId ?? refTransactionId);
		if (transaction === undefined) return ok({ requestId, transactionId, refTransactionId, status: "" });
		transaction.polls += 1;
		if (transaction.status === "new") transaction.status = "pending";
		if (transaction.refStatus === "new") carryOut(transaction);
		else if (transaction.status === "pending") decide(transaction);
		const { script, status, refStatus, errorCode } = transaction;
		return ok({
			requestId,
			transactionId: transaction.transactionId,
			refTransactionId: transaction.refTransactionId,
			status: transaction.polls === 1 ? (script.oddStatus ?? status) : status,
			...providerOf(transaction),
			slip: slipNow(transaction),
			refStatus,
			errorCode,
		});
	}

	#cancel({ requestId, transactionId }: CancelRequest): Answer {
		const transaction = this.find(transactionId);
		if (transaction === undefined) return refusal("UNKNOWN_TRANSACTION_ID", "Операция не найдена");
		transaction.cancels += 1;
		const { status, script } = transaction;
		if (transaction.refStatus === "new" || (status !== "new" && status !== "pending")) {
			return refusal("WRONG_TRANSACTION_STATE_CHANGE", `Нельзя отменить: ${status}`);
		}
		if (script.acceptOnCancel) {
			accept(transaction);
			return refusal("WRONG_TRANSACTION_STATE_CHANGE", "Нельзя отменить: accepted");
		}
		transaction.refTransactionId = randomUUID();
		if (script.cancel === undefined) carryOut(transaction);
		else transaction.refStatus = script.cancel === "slow" ? "new" : "rejected";
		const { refTransactionId, refStatus } = transaction;
		return ok({ requestId, refTransactionId, refStatus, transactionId, status: transaction.status });
	}
}

function carryOut(transaction: Transaction): void {
	transaction.status = "canceled";
	transaction.refStatus = "accepted";
}

/** What the customer and the bank have decided by this poll. */
function decide(transaction: Transaction): void {
	const { pending, acceptOnCancel, reject: errorCode, accept: polls = 1 } = transaction.script;
	if (pending || acceptOnCancel) return;
	if (errorCode !== undefined) reject(transaction, errorCode);
	else if (transaction.polls >= polls) accept(transaction);
}

function accept(transaction: Transaction): void {
	transaction.status = "accepted";
	transaction.slip = newSlip(transaction);
}

function reject(transaction: Transaction, errorCode: string): void {
	transaction.status = "rejected";
	transaction.errorCode = errorCode;
	transaction.slip = newSlip(transaction);
}

/** The slip, when the bank has sent it by now. */
function slipNow({ script, slip, polls }: Transaction): WireSlip | undefined {
	const { accept: accepted = 1, slipLate = 0 } = script;
	return slipLate > 0 && polls < accepted + slipLate ? undefined : slip;
}

function newSlip(transaction: Transaction): WireSlip {
	const { storeId, terminalId, checkoutInvoice } = transaction.checkout;
	const { orderId, totalAmount } = checkoutInvoice;
	const { transactionId } = transaction;
	const facts = { storeId, terminalId, orderId, totalAmount, transactionId };
	return { ...slipOf({ paymentType: paymentType(transaction), ...facts }), ...transaction.script.slip };
}

/** The customer takes the first of the ways that the till offers. */
function paymentType({ checkout }: Transaction): "SBP" | "DOLYAME" {
	return checkout.paymentMethods[0]?.type ?? "SBP";
}

function providerOf(transaction: Transaction): { paymentGroup: string; paymentProvider: string } {
	const provider = paymentType(transaction);
	return { paymentGroup: provider === "DOLYAME" ? "INSTALLMENT" : "SBP", paymentProvider: provider };
}
