import { z } from "zod";
import type { StoreApiSettings } from "../model/settings/stores.ts";

/**
 * One store as the Store API 1.0.0 takes it. Where the document names no length, the limit is generous: it keeps
 * out what got into a cell by mistake.
 */
export const storeSchema = ({ paymentMethods, statuses }: StoreApiSettings["enums"]) =>
	z.strictObject({
		/** The merchant's own number of the store. */
		storeNumber: line(64),
		/** The merchant's legal entity, given by Koshelek. */
		legalId: z.guid({ error: "expected a GUID of 36 characters" }),
		city: line(255),
		address: line(999),
		phone: like(/^\+?[\d ()-]{5,32}$/, "a phone number: digits, spaces, brackets and dashes"),
		/** ISO 3166-1 alpha-2. */
		countryCode: like(/^[A-Z]{2}$/, "two capital letters such as RU").exactOptional(),
		/** ISO 3166-2:RU. */
		countrySubDivisionCode: like(/^RU-[A-Z]{2,3}$/, "a code such as RU-MOW").exactOptional(),
		/** Merchant category code, ISO 18245. */
		mcc: like(/^\d{4}$/, "four digits").exactOptional(),
		zip: like(/^[\dA-Z -]{3,12}$/, "a postal code such as 101000"),
		/** Those of the brand when left out. */
		paymentMethods: wordsOf(paymentMethods).exactOptional(),
		/** The store's number at SBP. */
		sbpMerchantId: line(64).exactOptional(),
		/** The server takes a new store for ACTIVE when left out. */
		status: z.enum(statuses, { error: `expected one of: ${statuses.join(", ")}` }).exactOptional(),
	});

export type Store = z.infer<ReturnType<typeof storeSchema>>;

/** Text on one line. */
function line(most: number) {
	return like(new RegExp(`^\\P{Cc}{1,${most}}$`, "u"), `text of 1 to ${most} characters on one line`);
}

function like(shape: RegExp, expected: string) {
	const words = { error: `expected ${expected}` };
	return z.string(words).regex(shape, words);
}

/** Words of a list, or in one text with spaces between them. */
function wordsOf(words: readonly string[]) {
	const expected = { error: `expected words of: ${words.join(", ")}, with spaces between them` };
	const list = z.array(z.enum(words, expected), expected).refine((all) => new Set(all).size === all.length, {
		error: "expected each word once",
	});
	return z.preprocess((value) => (typeof value === "string" ? value.split(/\s+/) : value), list);
}
