import { type Kopecks, roubles } from "../../model/money.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import type { Slip } from "../../model/slip.ts";
import { localTime, paymentTypeName, type Titles } from "./words.ts";

/**
 * What kassad knows of a payment by itself. Its amount, order and transaction go before the bank's word, so that
 * the paper says what the journal says; of the time the bank knows more.
 */
export type PaymentFacts = {
	readonly amount: Kopecks;
	/** Wall-clock ms of the payment. */
	readonly at: number;
	readonly orderId?: string;
	readonly transactionId?: string;
	/** kassad's own name for the payment, by which its journal finds it. */
	readonly operationId?: string;
};

/** What a template can say of a payment. Fields that the bank did not send have no value. */
export function paymentFilling(slip: Slip, facts: PaymentFacts, titles: Titles): Filling<"payment"> {
	return {
		holes: {
			amount: roubles(facts.amount),
			time: localTime(slip.operationDateTime, facts.at),
			orderId: facts.orderId ?? slip.orderId,
			paymentType: paymentTypeName(slip.paymentType, titles),
			terminalId: slip.terminalId,
			storeId: slip.storeId,
			operationId: facts.operationId,
			qrcId: slip.qrcId,
			kzo: slip.kzo,
			transactionId: facts.transactionId ?? slip.paymentTransactionId,
			refundTransactionId: slip.refundTransactionId,
		},
		lists: {},
	};
}
