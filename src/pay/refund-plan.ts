import { FaultError } from "../model/fault.ts";
import { type Kopecks, kopecks } from "../model/money.ts";
import type { Item, Purchase, RefundWish, ReturnedPart } from "../model/operation.ts";

/** A part of a position that the POS program wants to return; without an amount, its share of the position. */
export type AskedPart = Omit<ReturnedPart, "totalAmount"> & { readonly totalAmount?: Kopecks };

/** Of a position that names none (cm_pay_api 1.2.1, object `item`). */
const defaultMeasure = "PIECE";

/** What is left of one position. */
type Rest = { readonly item: Item; readonly quantity: number; readonly amount: number };

/**
 * What a refund says (cm_pay_api 1.2.1, transaction/refund): the returned items with their returned quantities and
 * amounts. A share is rounded down and what comes last of a position takes the rest, so the refunds of a payment
 * add up to it exactly. Where a purchase's total differs from its positions, as with a discount on the whole
 * order, the refund that returns the last piece takes the difference.
 *
 * @param before parts of this payment that are paid back or may be.
 * @param asked everything that is left when undefined.
 * @param pieceMeasures of positions that can be returned in part.
 * @throws {FaultError} `refund-over-rest`, `refund-only-whole`, or `request-invalid` for a position that is not there.
 */
export function planRefund(
	payment: Purchase,
	before: readonly ReturnedPart[],
	asked: readonly AskedPart[] | undefined,
	pieceMeasures: readonly string[],
): Pick<RefundWish, "amount" | "items" | "parts"> {
	const rests = payment.items.map((item, position) => restOf(item, position, before));
	const wanted = asked ?? allOf(rests);
	refuseTwice(wanted);
	const parts = wanted.map((part) => returned(part, rests[part.position], pieceMeasures));
	const amount = sum(parts) + lastDifference(payment, rests, wanted);
	const left = payment.totalAmount - sum(before);
	if (left <= 0 || parts.length === 0 || amount > left) {
		throw new FaultError("refund-over-rest", `${amount} kopecks wanted, ${Math.max(0, left)} left`);
	}
	if (amount <= 0) throw new FaultError("request-invalid", "parts: expected more than 0 kopecks in all");
	return {
		amount: kopecks(amount),
		items: parts.flatMap((part) => payment.items.slice(part.position, part.position + 1).map(itemOf(part))),
		parts,
	};
}

function restOf(item: Item, position: number, before: readonly ReturnedPart[]): Rest {
	const gone = before.filter((part) => part.position === position);
	const quantity = item.quantity - gone.reduce((all, part) => all + part.quantity, 0);
	return { item, quantity, amount: item.totalAmount - sum(gone) };
}

function allOf(rests: readonly Rest[]): AskedPart[] {
	return rests
		.map(({ quantity }, position) => ({ position, quantity }))
		.filter(({ quantity }) => quantity > 0);
}

function refuseTwice(parts: readonly AskedPart[]): void {
	if (new Set(parts.map(({ position }) => position)).size === parts.length) return;
	throw new FaultError("request-invalid", "parts: expected each position once");
}

/** A part with its amount, if so much of its position can be returned. */
function returned(
	{ position, quantity, totalAmount }: AskedPart,
	rest: Rest | undefined,
	pieceMeasures: readonly string[],
): ReturnedPart {
	const refuse = (fault: "request-invalid" | "refund-over-rest" | "refund-only-whole", why: string) => {
		throw new FaultError(fault, `position ${position}: ${why}`);
	};
	if (rest === undefined) return refuse("request-invalid", "not in the purchase");
	if (quantity > rest.quantity) return refuse("refund-over-rest", `${rest.quantity} left`);
	const amount = totalAmount ?? share(rest, quantity);
	if (amount > rest.amount) return refuse("refund-over-rest", `${rest.amount} kopecks left`);
	const { measure = defaultMeasure } = rest.item;
	if (!pieceMeasures.includes(measure) && (quantity < rest.quantity || amount < rest.amount)) {
		return refuse("refund-only-whole", `measured in ${measure}`);
	}
	return { position, quantity, totalAmount: kopecks(amount) };
}

/** What some of a position costs: all that is left for the last of it, before that the share rounded down. */
function share({ item, quantity: left, amount: rest }: Rest, quantity: number): number {
	if (quantity === left) return rest;
	// Ten digits of kopecks times a quantity in grams can exceed what a number holds exactly.
	const rounded = (BigInt(item.totalAmount) * BigInt(quantity)) / BigInt(item.quantity);
	return Math.min(rest, Number(rounded));
}

/** By how much the total differs from the positions, when nothing is left after this and no amount is named. */
function lastDifference(
	{ totalAmount }: Purchase,
	rests: readonly Rest[],
	wanted: readonly AskedPart[],
): number {
	const quantities = new Map(wanted.map(({ position, quantity }) => [position, quantity]));
	const last = rests.every(({ quantity }, position) => quantity === (quantities.get(position) ?? 0));
	if (!last || wanted.some((part) => part.totalAmount !== undefined)) return 0;
	return totalAmount - sum(rests.map(({ item }) => item));
}

/**
 * A returned position as the call names it. One that goes back whole is said as it was in the checkout; of another
 * the discount is left out, as the document allows: it belongs to the whole position.
 */
function itemOf({ quantity, totalAmount }: ReturnedPart): (item: Item) => Item {
	return (item) => {
		if (quantity === item.quantity && totalAmount === item.totalAmount) return item;
		const { discountAmount: _discount, subTotalAmount: _subTotal, ...rest } = item;
		return { ...rest, quantity, totalAmount };
	};
}

const sum = (amounts: readonly { readonly totalAmount: Kopecks }[]) =>
	amounts.reduce((all, { totalAmount }) => all + totalAmount, 0);
