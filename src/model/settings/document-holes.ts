import type { TemplateName } from "../print.ts";

/** A document's holes, and those of the lists that `each` goes through. */
type Holes = {
	readonly holes: readonly string[];
	readonly lists: Readonly<Record<string, readonly string[]>>;
};

/** What a payment's and a refund's slip have in common. */
const slipHoles = [
	"amount",
	"time",
	"orderId",
	"paymentType",
	"terminalId",
	"storeId",
	"operationId",
	"qrcId",
	"kzo",
	"transactionId",
	"refundTransactionId",
] as const;

const itemHoles = ["name", "article", "quantity", "measure", "price", "total", "discount", "tax"] as const;

const receiptHoles = [
	"seller",
	"address",
	"inn",
	"time",
	"receiptType",
	"orderId",
	"receiptId",
	"shift",
	"cashier",
	"taxation",
	"amount",
	"subTotal",
	"discount",
	"taxAmount",
	"kkt",
	"fn",
	"fd",
	"fpd",
	"website",
	"fiscalQr",
] as const;

const reportHoles = [
	"shift",
	"from",
	"to",
	"storeId",
	"terminalId",
	"unknown",
	"paid",
	"paidCount",
	"refunded",
	"refundedCount",
	"sum",
	"count",
] as const;

const rowHoles = [
	"kind",
	"time",
	"amount",
	"orderId",
	"paymentTransactionId",
	"refundTransactionId",
	"requestId",
	"paymentType",
	"qrcId",
	"kzo",
] as const;

const sheetHoles = [
	"printer",
	"columns",
	"dots",
	"time",
	"validUntil",
	"sample",
	"code128",
	"pdf417",
	"datamatrix",
	"qr",
] as const;

/** The closed list of what a template may name, document by document; all else is an error at start. */
export const documentHoles = {
	payment: { holes: slipHoles, lists: {} },
	refund: { holes: [...slipHoles, "rest"], lists: { items: itemHoles } },
	"fiscal-receipt": {
		holes: receiptHoles,
		lists: { items: itemHoles, taxes: ["tax", "total", "taxAmount"] },
	},
	"shift-report": {
		holes: reportHoles,
		lists: { totals: ["kind", "paymentType", "count", "sum"], rows: rowHoles },
	},
	"self-test": { holes: sheetHoles, lists: {} },
	"self-test-result": {
		holes: ["time", "storeId", "terminalId", "version", "verdict"],
		lists: { checks: ["sign", "title", "mark", "what", "advice"] },
	},
} as const satisfies Record<TemplateName, Holes>;

type Table = typeof documentHoles;

/** What fills a document: a text for each hole, and the texts of each element of its lists. */
export type Filling<D extends TemplateName = TemplateName> = {
	readonly holes: Readonly<Record<Table[D]["holes"][number], string | undefined>>;
	readonly lists: {
		readonly [L in keyof Table[D]["lists"]]: readonly Readonly<
			Record<ElementHole<Table[D]["lists"][L]>, string | undefined>
		>[];
	};
};

type ElementHole<L> = L extends readonly (infer H extends string)[] ? H : never;
