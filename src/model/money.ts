import { FaultError } from "./fault.ts";

declare const kopecksMark: unique symbol;

/** A whole number of kopecks, 0 to 9 999 999 999 (the Pay API allows ten digits). */
export type Kopecks = number & { readonly [kopecksMark]: true };

const mostKopecks = 9_999_999_999;

/**
 * Checks that a number is an amount of money.
 * @throws {FaultError} `request-invalid` when it is negative, fractional or has more than ten digits.
 */
export function kopecks(amount: number): Kopecks {
	if (!isKopecks(amount)) {
		throw new FaultError("request-invalid", `not an amount in kopecks: ${amount}`);
	}
	return amount;
}

/** Whether a number is a whole amount of at most ten digits. */
export function isKopecks(amount: unknown): amount is Kopecks {
	return Number.isInteger(amount) && (amount as number) >= 0 && (amount as number) <= mostKopecks;
}

/** Kopecks as people in Russia write them: `1 234,56`, with ordinary spaces between the groups of three. */
export function roubles(amount: Kopecks): string {
	const whole = Math.trunc(amount / 100).toString();
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, " ");
	return `${grouped},${(amount % 100).toString().padStart(2, "0")}`;
}
