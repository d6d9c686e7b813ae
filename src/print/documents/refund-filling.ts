import { type Kopecks, roubles } from "../../model/money.ts";
import type { Item } from "../../model/operation.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import type { DocumentWords } from "../../model/settings/documents.ts";
import type { Slip } from "../../model/slip.ts";
import { type PaymentFacts, paymentFilling } from "./payment-filling.ts";
import { positions } from "./positions.ts";
import type { Titles } from "./words.ts";

/** What kassad knows of a refund by itself; `transactionId` is that of the payment. */
export type RefundFacts = PaymentFacts & {
	readonly refTransactionId?: string;
	/** What is returned. */
	readonly items: readonly Item[];
	/** What can still be given back of the payment after this refund. */
	readonly refundable?: Kopecks;
};

/** What a template can say of a refund: as of a payment, and what is returned. */
export function refundFilling(
	slip: Slip,
	facts: RefundFacts,
	titles: Titles,
	words: DocumentWords,
): Filling<"refund"> {
	const { refTransactionId = slip.refundTransactionId, refundable, items } = facts;
	return {
		holes: {
			...paymentFilling(slip, facts, titles).holes,
			refundTransactionId: refTransactionId,
			rest: refundable === undefined ? undefined : roubles(refundable),
		},
		lists: { items: positions(items, words) },
	};
}
