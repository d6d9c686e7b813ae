import { type Answer, refusal } from "./answers.ts";
import type { CheckoutRequest } from "./requests.ts";

/** What the server lets its customers do. */
export type Rules = {
	/** Ways to pay that it takes in a checkout. */
	readonly paymentTypes: readonly string[];
	/** Whose cards it knows, by cardSession, and up to how many kopecks each may pay; all when left out. */
	readonly sessions?: Readonly<Record<string, { readonly limit?: number }>>;
	/** Up to how many kopecks a cardSession may pay that has no limit of its own; any when left out. */
	readonly limit?: number;
};

/** The ways to pay of cm_pay_api 1.2.1; every card may pay everything. */
export const usualRules: Rules = { paymentTypes: ["SBP", "DOLYAME"] };

/** The document: the least payment is 4 roubles. */
const leastKopecks = 400;

/** What every call that bears a cardSession is refused for. */
export function unknownSession({ sessions }: Rules, cardSession: string): Answer | undefined {
	return sessions === undefined || Object.hasOwn(sessions, cardSession)
		? undefined
		: refusal("UNKNOWN_SESSION_ID", "Сессия карты не найдена");
}

/** A way to pay that the document does not name, in the words of a wrong request. */
export function wrongMethod(
	{ paymentTypes }: Rules,
	{ paymentMethods }: CheckoutRequest,
): Answer | undefined {
	const index = paymentMethods.findIndex(({ type }) => !paymentTypes.includes(type));
	if (index < 0) return undefined;
	const message = `paymentMethods.${index}.type: expected one of ${paymentTypes.join(", ")}`;
	return { status: 400, json: { message } };
}

/** Why a customer cannot pay so much; undefined when they can. */
export function amountError(
	{ sessions, limit }: Rules,
	cardSession: string,
	totalAmount: number,
): string | undefined {
	if (totalAmount < leastKopecks) return "TOTAL_AMOUNT_IS_TOO_SMALL";
	const most = sessions?.[cardSession]?.limit ?? limit ?? Number.POSITIVE_INFINITY;
	return totalAmount > most ? "NOT_ENOUGH_LIMIT_TO_PAY" : undefined;
}
