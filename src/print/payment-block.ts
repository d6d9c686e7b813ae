import type { Block } from "../model/block.ts";
import type { Kopecks } from "../model/money.ts";
import type { Slip } from "../model/slip.ts";
import {
	commonDetails,
	detailLines,
	headLines,
	lastLines,
	type PaymentTypeTitles,
	qrLines,
} from "./slip-parts.ts";

/**
 * What kassad knows of a payment by itself. Its amount, order and transaction go before the bank's word, so that
 * the paper says what the journal says; of the time the bank knows more.
 */
type PaymentFacts = {
	readonly amount: Kopecks;
	/** Wall-clock ms of the payment. */
	readonly at: number;
	readonly orderId?: string;
	readonly transactionId?: string;
	/** kassad's own name for the payment, by which its journal finds it. */
	readonly operationId?: string;
};

/**
 * The part of the receipt that proves a Koshelek payment, in Russian, with the fields that cm_pay_api 1.2.1 asks
 * for in "Requirements on the till". Fields that the bank did not send have no line. The time is the till's.
 */
export function paymentBlock(
	slip: Slip,
	facts: PaymentFacts,
	columns: number,
	titles: PaymentTypeTitles,
): Block {
	const transactionId = facts.transactionId ?? slip.paymentTransactionId;
	const details = detailLines(
		[
			...commonDetails(slip, facts, titles),
			["Возврат", slip.refundTransactionId],
			["Транзакция", transactionId],
		],
		columns,
	);
	return [
		...headLines("ОПЛАТА КОШЕЛЁК", facts.amount, columns),
		...details,
		...qrLines(transactionId),
		...lastLines("Спасибо за покупку!", columns),
	];
}
