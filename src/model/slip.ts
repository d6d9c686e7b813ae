import type { Kopecks } from "./money.ts";

/** The fields of a slip that the Pay API documents (cm_pay_api 1.2.1, object `slip`). */
export const slipFields = [
	"id",
	"paymentType",
	"storeId",
	"terminalId",
	"orderId",
	"paymentTransactionId",
	"refundTransactionId",
	"merchantId",
	"operationDateTime",
	"operationId",
	"qrcId",
	"kzo",
	"currency",
	"totalAmount",
] as const;

type TextField = Exclude<(typeof slipFields)[number], "totalAmount">;

/**
 * The bank's facts about one payment. The vendor's own examples leave out required fields, so each may be
 * missing. `unlisted` keeps every field that the document does not name, as it came.
 */
export type Slip = { readonly [field in TextField]?: string } & {
	readonly totalAmount?: Kopecks;
	readonly unlisted: Readonly<Record<string, unknown>>;
};
