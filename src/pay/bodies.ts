import type { Item, PaymentWish, Purchase, ReceiptWish, RefundWish } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";

/** The till as the Pay API knows it. */
export type Store = { readonly storeId: string; readonly terminalId: string };

/**
 * The body of a checkout; the same wish and requestId give the same body. Secrets stand in it in clear: it goes
 * to the wire and nowhere else.
 */
export function checkoutBody(
	wish: PaymentWish,
	facts: Store & { readonly requestId: string; readonly paymentPurpose: string | null },
): object {
	const { requestId, storeId, terminalId, paymentPurpose } = facts;
	return {
		requestId,
		cardSession: wish.cardSession.reveal(),
		storeId,
		terminalId,
		checkoutInvoice: invoiceBody(wish.purchase),
		user: { loyaltyId: wish.cardNumber.reveal() },
		paymentMethods: wish.paymentTypes.map((type) =>
			paymentPurpose === null ? { type } : { type, paymentPurpose },
		),
	};
}

/** The body of a question for ways to pay. Here, and only here, the wire spells `cardsession` in small letters. */
export function providersBody(
	question: {
		readonly requestId: string;
		readonly purchase: Purchase;
		readonly cardNumber: Secret;
		readonly cardSession: Secret;
	},
	{ storeId, terminalId }: Store,
): object {
	return {
		requestId: question.requestId,
		cardsession: question.cardSession.reveal(),
		storeId,
		terminalId,
		checkoutInvoice: invoiceBody(question.purchase),
		user: { loyaltyId: question.cardNumber.reveal() },
	};
}

function invoiceBody(purchase: Purchase): object {
	const { items, orderId, totalAmount, currency, discountAmount, subTotalAmount } = purchase;
	return { orderId, totalAmount, currency, discountAmount, subTotalAmount, items: items.map(itemBody) };
}

/** Field by field, so that nothing else that a POS program may have said reaches the wire. */
function itemBody(item: Item): object {
	const { name, article, price, quantity, measure, totalAmount, discountAmount, subTotalAmount, tax } = item;
	return { name, article, price, quantity, measure, totalAmount, discountAmount, subTotalAmount, tax };
}

/** Asks about the refund alone when its own id is known: beside the payment's it could be about either. */
export function statusBody(
	requestId: string,
	{ transactionId, refTransactionId }: { readonly transactionId: string; readonly refTransactionId?: string },
): object {
	return refTransactionId === undefined ? { requestId, transactionId } : { requestId, refTransactionId };
}

export function cancelBody(requestId: string, transactionId: string, store: Store): object {
	const { storeId, terminalId } = store;
	return { requestId, storeId, terminalId, transactionId };
}

/** The body of a refund; the same wish and requestId give the same body. */
export function refundBody(requestId: string, wish: RefundWish, { storeId, terminalId }: Store): object {
	const { transactionId, amount: refundAmount, currency, items } = wish;
	return {
		requestId,
		transactionId,
		storeId,
		terminalId,
		refundAmount,
		currency,
		items: items.map(itemBody),
	};
}

/** The body of a fiscal receipt, which the POS program has written by the wire's names. */
export function receiptBody(requestId: string, wish: ReceiptWish, { storeId, terminalId }: Store): object {
	const { transactionId, invoice, meta } = wish;
	return { requestId, transactionId, storeId, terminalId, invoice, meta };
}
