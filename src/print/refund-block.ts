import type { Block, Line } from "../model/block.ts";
import { type Kopecks, roubles } from "../model/money.ts";
import type { Item } from "../model/operation.ts";
import type { Slip } from "../model/slip.ts";
import { keyValue, rule, text, wrap } from "./layout.ts";
import {
	commonDetails,
	detailLines,
	headLines,
	lastLines,
	type PaymentTypeTitles,
	qrLines,
	shortened,
} from "./slip-parts.ts";

/**
 * What kassad knows of a refund by itself. As on a payment's block, amount, order and transactions go before the
 * bank's word.
 */
type RefundFacts = {
	readonly amount: Kopecks;
	/** Wall-clock ms of the refund. */
	readonly at: number;
	readonly orderId?: string;
	/** Of the payment. */
	readonly transactionId?: string;
	readonly refTransactionId?: string;
	/** kassad's own name for the refund, by which its journal finds it. */
	readonly operationId?: string;
	/** What is returned. */
	readonly items: readonly Item[];
};

/** A purchase may have a thousand positions; the fiscal receipt names them all, this block so many. */
const mostPositions = 30;

const indent = "  ";

/** How a cash register writes measures; one that is not here is printed as its word. */
const measures: ReadonlyMap<string, string> = new Map([
	["PIECE", "шт."],
	["GRAM", "г"],
	["KILOGRAM", "кг"],
	["TON", "т"],
	["CENTIMETER", "см"],
	["DECIMETER", "дм"],
	["METER", "м"],
	["SQUARE_CENTIMETER", "кв. см"],
	["SQUARE_DECIMETER", "кв. дм"],
	["SQUARE_METER", "кв. м"],
	["MILLILITER", "мл"],
	["LITER", "л"],
	["CUBIC_METER", "куб. м"],
]);

/**
 * The part of the receipt that proves a refund, in Russian, with what is returned and the fields that cm_pay_api
 * 1.2.1 asks for in "Requirements on the till". Fields that the bank did not send have no line.
 */
export function refundBlock(
	slip: Slip,
	facts: RefundFacts,
	columns: number,
	titles: PaymentTypeTitles,
): Block {
	const refTransactionId = facts.refTransactionId ?? slip.refundTransactionId;
	const details = detailLines(
		[
			...commonDetails(slip, facts, titles),
			["Транзакция оплаты", facts.transactionId ?? slip.paymentTransactionId],
			["Транзакция возврата", refTransactionId],
		],
		columns,
	);
	return [
		...headLines("ВОЗВРАТ КОШЕЛЁК", facts.amount, columns),
		...positionLines(facts.items, columns),
		...details,
		...qrLines(refTransactionId),
		...lastLines("Деньги вернутся покупателю.", columns),
	];
}

function positionLines(items: readonly Item[], columns: number): Line[] {
	if (items.length === 0) return [];
	const shown = items
		.slice(0, mostPositions)
		.flatMap((item) => [
			...wrap(shortened(item.name), columns),
			...keyValue(quantityOf(item), roubles(item.totalAmount), columns - indent.length).map(
				(line) => `${indent}${line}`,
			),
		]);
	const more = items.length - mostPositions;
	if (more > 0) shown.push(...wrap(`и ещё позиций: ${more}`, columns));
	return [...shown.map((line) => text(line)), rule(columns)];
}

function quantityOf({ quantity, measure = "PIECE" }: Item): string {
	return `${quantity} ${measures.get(measure) ?? measure}`;
}
