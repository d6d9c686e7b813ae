import { isKopecks, type Kopecks } from "../../model/money.ts";
import type { Item, ReceiptWish } from "../../model/operation.ts";

/** The fields of a fiscal receipt that are text. */
const textFields = [
	"receiptId",
	"merchantName",
	"merchantAddress",
	"inn",
	"dateTime",
	"shift",
	"cashier",
	"taxation",
	"kktRegNumber",
	"fnNumber",
	"fdNumber",
	"fpd",
	"website",
	"receiptType",
	"qr",
] as const;

/** A fiscal receipt (cm_pay_api 1.2.1, object `invoice`) as it is read from the wish; what is not there is undefined. */
export type Invoice = { readonly [F in (typeof textFields)[number]]: string | undefined } & {
	readonly orderId: string;
	readonly totalAmount: Kopecks;
	readonly subTotalAmount: Kopecks | undefined;
	readonly discountAmount: Kopecks | undefined;
	readonly taxAmount: Kopecks | undefined;
	readonly items: readonly Item[];
};

/** Reads a wish whose fields were checked when it came; one of another shape counts as left out. */
export function readInvoice(wish: ReceiptWish["invoice"]): Invoice {
	const money = (field: string) => (isKopecks(wish[field]) ? wish[field] : undefined);
	const texts = Object.fromEntries(
		textFields.map((field) => [field, typeof wish[field] === "string" ? wish[field] : undefined]),
	) as { [F in (typeof textFields)[number]]: string | undefined };
	const { orderId, totalAmount, items } = wish;
	return {
		...texts,
		orderId,
		totalAmount,
		subTotalAmount: money("subTotalAmount"),
		discountAmount: money("discountAmount"),
		taxAmount: money("taxAmount"),
		items: Array.isArray(items) ? items.filter(isItem) : [],
	};
}

function isItem(given: unknown): given is Item {
	const item = Object(given) as Partial<Record<keyof Item, unknown>>;
	return (
		typeof item.name === "string" &&
		typeof item.tax === "string" &&
		isKopecks(item.price) &&
		isKopecks(item.totalAmount) &&
		typeof item.quantity === "number"
	);
}
