import type { Intent, NewOperation } from "../../src/journal/intents.ts";
import type { JournalSettings } from "../../src/journal/journal.ts";
import { kopecks } from "../../src/model/money.ts";
import type { Outcome } from "../../src/model/operation.ts";
import { Secret } from "../../src/model/secret.ts";

export const folderSettings = (folder: string): JournalSettings => ({
	folder,
	keepDays: 30,
	eraseAfterDays: null,
	mostRecentEvents: 4,
});

export const markedCard = { number: "7700123456789012345", session: "SESSIONMARKEDabc123" } as const;

type IntentOf<Kind extends NewOperation["kind"]> = Intent<Extract<NewOperation, { readonly kind: Kind }>>;

/** A wish to pay order `name`; ids and key derive from the name. */
export function intentOf(name: string): IntentOf<"payment"> {
	const amount = kopecks(85_900);
	const tea = { name: "Чай", article: "7", price: amount, quantity: 1, totalAmount: amount, tax: "vat20" };
	return {
		key: `key of ${name}`,
		bodyHash: `hash of ${name}`,
		operation: {
			kind: "payment",
			id: `operation ${name}`,
			requestId: `request ${name}`,
			cancelRequestId: `cancel ${name}`,
			startedAt: 1_772_359_200_000,
			wish: {
				purchase: { orderId: `order ${name}`, totalAmount: amount, items: [tea] },
				brand: "example",
				cardNumber: new Secret(markedCard.number),
				cardSession: new Secret(markedCard.session),
				paymentTypes: ["SBP", "DOLYAME"],
			},
		},
		scan: {
			scanner: "front",
			cardMasked: "77*************2345",
			timings: { scannedAt: 1_772_359_199_000 },
		},
	};
}

/** A wish to give back part of a payment; ids and key derive from the name. */
export function refundOf(transactionId: string, name: string, amount = 100): IntentOf<"refund"> {
	return {
		key: `key of ${name}`,
		bodyHash: `hash of ${name}`,
		operation: {
			kind: "refund",
			id: `operation ${name}`,
			requestId: `request ${name}`,
			startedAt: 1_772_359_300_000,
			wish: {
				brand: "example",
				transactionId,
				orderId: "order of a refund",
				amount: kopecks(amount),
				items: [],
				parts: [{ position: 0, quantity: 1, totalAmount: kopecks(amount) }],
			},
		},
	};
}

/** A wish to send a receipt; ids and key derive from the name. */
export function receiptOf(transactionId: string, name: string): IntentOf<"receipt"> {
	const invoice = { orderId: `order ${name}`, totalAmount: kopecks(85_900), cashier: "Мария" };
	return {
		key: `key of ${name}`,
		bodyHash: `hash of ${name}`,
		operation: {
			kind: "receipt",
			id: `operation ${name}`,
			requestId: `request ${name}`,
			startedAt: 1_772_359_400_000,
			wish: { transactionId, invoice, meta: { till: "7" } },
		},
	};
}

/** A payment that went well, with a slip that has an unlisted field. */
export const settled = {
	kind: "settled",
	transactionId: "transaction 1",
	slip: {
		id: "slip 1",
		paymentType: "SBP",
		qrcId: "AD100",
		totalAmount: kopecks(85_900),
		unlisted: { bank: 7 },
	},
} as const satisfies Outcome;

export const refused = { kind: "refused", fault: "payment-timed-out" } as const satisfies Outcome;
