import type { Block, Line } from "../../model/block.ts";
import type { ReceiptWish } from "../../model/operation.ts";
import type { PrintMark } from "../../model/print.ts";
import type { DocumentsSettings } from "../../model/settings/documents.ts";
import type { ShiftReport } from "../../model/shift-report.ts";
import type { Slip } from "../../model/slip.ts";
import { readInvoice } from "./invoice.ts";
import { lengthOf, text, wrap } from "./layout.ts";
import { type PaymentFacts, paymentFilling } from "./payment-filling.ts";
import { receiptFilling } from "./receipt-filling.ts";
import { type RefundFacts, refundFilling } from "./refund-filling.ts";
import { type Print, render } from "./render.ts";
import { reportFilling } from "./report-filling.ts";
import { type ResultFacts, resultFilling } from "./result-filling.ts";
import { type SheetFacts, sheetFilling } from "./sheet-filling.ts";
import type { Titles } from "./words.ts";

/** A document by the facts that stand on it, and whether it is on paper for the first time. */
export type DocumentFacts = { readonly mark: PrintMark } & (
	| { readonly document: "payment"; readonly slip: Slip; readonly facts: PaymentFacts }
	| { readonly document: "refund"; readonly slip: Slip; readonly facts: RefundFacts }
	| { readonly document: "fiscal-receipt"; readonly invoice: ReceiptWish["invoice"] }
	| { readonly document: "shift-report"; readonly report: ShiftReport }
	| { readonly document: "self-test"; readonly facts: SheetFacts }
	| { readonly document: "self-test-result"; readonly facts: ResultFacts }
);

/** What documents are made with. */
export type DocumentTools = {
	/** Characters of the printer's standard font in a line. */
	readonly columns: number;
	readonly templates: DocumentsSettings;
	/** Of the ways to pay. */
	readonly titles: Titles;
};

/** A document as it goes onto paper of that many columns: the shop's template, filled with the facts. */
export function documentBlock(document: DocumentFacts, tools: DocumentTools): Block {
	const { columns, templates } = tools;
	const { holes, lists } = fillingOf(document, tools);
	const dots = document.document === "self-test" ? document.facts.dots : 0;
	const lines = render(templates[document.document], { holes, lists, columns, dots });
	return document.mark === "original" ? lines : marked(lines, templates.marks[document.mark], columns);
}

function fillingOf(
	document: DocumentFacts,
	{ columns, templates, titles }: DocumentTools,
): Pick<Print, "holes" | "lists"> {
	const { words } = templates;
	switch (document.document) {
		case "payment":
			return paymentFilling(document.slip, document.facts, titles);
		case "refund":
			return refundFilling(document.slip, document.facts, titles, words);
		case "fiscal-receipt":
			return receiptFilling(readInvoice(document.invoice), words);
		case "shift-report":
			return reportFilling(document.report, titles, words);
		case "self-test":
			return sheetFilling(document.facts, columns);
		case "self-test-result":
			return resultFilling(document.facts);
	}
}

/** Says in the first and the last line that this is no original, so that neither half of it can pass for one. */
function marked(lines: readonly Line[], word: string, columns: number): Line[] {
	const size = lengthOf(word) * 2 <= columns ? 2 : 1;
	const mark = wrap(word, columns / size).map((line) => text(line, { align: "centre", bold: true, size }));
	const end = lines.findLastIndex(({ kind }) => kind !== "feed" && kind !== "cut") + 1;
	return [...mark, ...lines.slice(0, end), ...mark, ...lines.slice(end)];
}
