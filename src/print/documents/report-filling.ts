import { roubles } from "../../model/money.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import type { DocumentWords } from "../../model/settings/documents.ts";
import type { ShiftReport } from "../../model/shift-report.ts";
import { localTime, paymentTypeName, signedRoubles, type Titles, titleOf } from "./words.ts";

/** What a template can say of a shift. */
export function reportFilling(
	report: ShiftReport,
	titles: Titles,
	{ kinds }: Pick<DocumentWords, "kinds">,
): Filling<"shift-report"> {
	const [paid, refunded] = [sumOf(report, "payment"), sumOf(report, "refund")];
	return {
		holes: {
			shift: report.shift?.toString(),
			from: localTime(undefined, report.from),
			to: localTime(undefined, report.to),
			storeId: report.storeId,
			terminalId: report.terminalId,
			unknown: String(report.unknown),
			paid: signedRoubles(paid.sum),
			paidCount: String(paid.count),
			refunded: signedRoubles(refunded.sum),
			refundedCount: String(refunded.count),
			sum: signedRoubles(paid.sum - refunded.sum),
			count: String(report.rows.length),
		},
		lists: {
			totals: report.totals.map(({ kind, paymentType, count, sum }) => ({
				kind: titleOf(kind, kinds),
				paymentType: paymentTypeName(paymentType, titles),
				count: String(count),
				sum: signedRoubles(sum),
			})),
			rows: report.rows.map((row) => ({
				kind: titleOf(row.kind, kinds),
				time: localTime(undefined, row.at),
				amount: roubles(row.amount),
				paymentType: paymentTypeName(row.paymentType, titles),
				...idsOf(row),
			})),
		},
	};
}

function idsOf(row: ShiftReport["rows"][number]) {
	const { orderId, requestId, paymentTransactionId, refundTransactionId, qrcId, kzo } = row;
	return { orderId, requestId, paymentTransactionId, refundTransactionId, qrcId, kzo };
}

function sumOf({ totals }: ShiftReport, kind: "payment" | "refund"): { count: number; sum: number } {
	return totals
		.filter((total) => total.kind === kind)
		.reduce((all, { count, sum }) => ({ count: all.count + count, sum: all.sum + sum }), {
			count: 0,
			sum: 0,
		});
}
