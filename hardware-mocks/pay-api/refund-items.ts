import type { Transaction } from "./bank.ts";
import type { RefundRequest } from "./requests.ts";

type Item = RefundRequest["items"][number];

const isSame = (item: Item) => (other: Item) => other.article === item.article && other.name === item.name;

/** A position that was not bought, in the words of a wrong request. */
export function notBought({ checkout }: Transaction, { items }: RefundRequest): string | undefined {
	const bought = checkout.checkoutInvoice.items;
	const stranger = items.find((item) => !bought.some(isSame(item)));
	return stranger && `refund of ${stranger.article}, which was not bought`;
}

/**
 * More of a position than earlier refunds have left of it, or a part of a whole one, in the words of a wrong request
 * (cm_pay_api 1.2.1: what is not measured in PIECE can only be returned whole).
 */
export function tooMuch({ checkout, refunds }: Transaction, { items }: RefundRequest): string | undefined {
	const bought = checkout.checkoutInvoice.items;
	const returned = refunds.filter(({ status }) => status !== "rejected").flatMap((refund) => refund.items);
	for (const item of items) {
		const position = bought.filter(isSame(item));
		const back = [...returned, ...items].filter(isSame(item));
		if (sum(back, "quantity") > sum(position, "quantity")) return `refund of too many of ${item.article}`;
		if (sum(back, "totalAmount") > sum(position, "totalAmount"))
			return `refund of too much for ${item.article}`;
		const isWhole = position.some(({ quantity }) => quantity === item.quantity);
		const { measure = "PIECE" } = position[0] ?? item;
		if (measure !== "PIECE" && !isWhole) return `refund of a part of ${item.article} in ${measure}`;
	}
	return undefined;
}

function sum(items: readonly Item[], field: "quantity" | "totalAmount"): number {
	return items.reduce((all, item) => all + item[field], 0);
}
