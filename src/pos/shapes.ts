import { z } from "zod";
import { isKopecks, kopecks } from "../model/money.ts";

/** A name that a program chose: it goes into the journal and onto paper, so no control characters. */
export const code = (most: number) =>
	z
		.string()
		.min(1)
		.max(most)
		.regex(/^\P{C}*$/u, "expected printable characters only");

/** Words for people. */
export const words = (most: number) =>
	z
		.string()
		.min(1)
		.max(most)
		.refine((text) => text.isWellFormed(), { error: "expected whole Unicode characters" });

/** What JSON Schema is told of the refinement below it. */
const kopeckBounds = { minimum: 0, maximum: 9_999_999_999 } as const;

/** cm_pay_api 1.2.1: amounts are whole kopecks of at most ten digits. */
export const money = z
	.int()
	.refine(isKopecks, { error: "expected 0 to 9999999999 whole kopecks" })
	.transform(kopecks)
	.meta({ id: "Kopecks", ...kopeckBounds, description: "Whole kopecks." });

const someMoney = money
	.refine((amount) => amount > 0, { error: "expected more than 0 kopecks" })
	.meta({ ...kopeckBounds, minimum: 1, description: "Whole kopecks." });

export const key = code(128).meta({
	id: "Key",
	description:
		"Chosen by the POS program: the same key with the same body is the same wish, for 30 days and over restarts.",
});
export const operationId = code(128).meta({
	id: "OperationId",
	description: "As the answer to the wish named it.",
});
export const scanId = code(128).meta({ id: "ScanId", description: "As the scan's event or offer named it." });
/** The name of a scanner or printer in the settings. */
export const deviceName = code(128).meta({
	id: "DeviceName",
	description: "The name of a scanner or printer in the settings.",
});
/** A till of the settings; cm_pay_api 1.2.1, terminalId: at most 256 characters. */
export const terminal = code(256).meta({
	id: "TerminalId",
	description: "The terminalId of one of the tills that kassad serves.",
});
/** cm_pay_api 1.2.1, checkoutInvoice: at most 36 characters. */
export const orderId = code(36).meta({
	id: "OrderId",
	description: "The POS program's number of the purchase.",
});
/** cm_pay_api 1.2.1: a GUID of 36 characters. */
export const transactionId = code(36).meta({
	id: "TransactionId",
	description: "The Pay API's id of the payment.",
});

/** A word of one of the document's open lists; `payApi.enums` has those that are accepted. */
export const listedWord = code(36).meta({
	id: "ListedWord",
	description: "One of the words that `payApi.enums` in the settings lists.",
});

/** The most positions of a purchase. */
export const mostItems = 1_000;

/** A list of 1 to `most` elements, counted before they are looked at: a million wrong ones cost nothing. */
export const fewOf = <T extends z.ZodType>(element: T, most: number) =>
	// Whoever calls knows what the elements are.
	z.array(z.unknown()).min(1).max(most).pipe(z.array(element)) as z.ZodType<z.output<T>[], z.input<T>[]>;

/**
 * Words under names of the sender's own, counted before they are looked at. One name is refused: that of an object's
 * prototype, which the schema would leave out without a word.
 */
export const fewNamed = (name: z.ZodString, word: z.ZodType<string>, most: number) =>
	z
		.unknown()
		.refine((given) => Object.keys(given ?? {}).length <= most, { error: `expected at most ${most} entries` })
		.refine((given) => !Object.hasOwn(given ?? {}, "__proto__"), { error: 'expected no name "__proto__"' })
		.pipe(z.record(name, word))
		.meta({ maxProperties: most });

/** cm_pay_api 1.2.1, object `item`. */
const item = z
	.strictObject({
		name: words(1_000),
		article: words(1_000),
		price: money,
		quantity: z.int().min(1),
		measure: listedWord.exactOptional(),
		totalAmount: money,
		discountAmount: money.exactOptional(),
		subTotalAmount: money.exactOptional(),
		tax: listedWord,
	})
	.meta({ id: "Item", description: "A position of the purchase, by the Pay API's own names." });

/** The amounts and positions that a purchase and its fiscal receipt have in common. */
export const sale = {
	orderId,
	totalAmount: someMoney,
	currency: code(3).exactOptional(),
	discountAmount: money.exactOptional(),
	subTotalAmount: money.exactOptional(),
	items: fewOf(item, mostItems),
};
