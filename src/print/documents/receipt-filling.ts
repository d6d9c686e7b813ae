import { type Kopecks, roubles } from "../../model/money.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import type { DocumentWords } from "../../model/settings/documents.ts";
import { fiscalQr } from "./fiscal-qr.ts";
import type { Invoice } from "./invoice.ts";
import { positions } from "./positions.ts";
import { taxes } from "./taxes.ts";
import { type Titles, titleOf } from "./words.ts";

/** What a template can say of a fiscal receipt. */
export function receiptFilling(invoice: Invoice, words: DocumentWords): Filling<"fiscal-receipt"> {
	const titled = (word: string | undefined, titles: Titles) => word && titleOf(word, titles);
	const money = (amount: Kopecks | undefined) => (amount === undefined ? undefined : roubles(amount));
	return {
		holes: {
			seller: invoice.merchantName,
			address: invoice.merchantAddress,
			// The Pay API wants 12 digits: before the ten of a company stands 00, which is no part of it.
			inn: invoice.inn?.replace(/^00(?=\d{10}$)/, ""),
			time: writtenTime(invoice.dateTime),
			receiptType: titled(invoice.receiptType, words.receiptTypes),
			orderId: invoice.orderId,
			receiptId: invoice.receiptId,
			shift: invoice.shift,
			cashier: invoice.cashier,
			taxation: titled(invoice.taxation, words.taxations),
			amount: roubles(invoice.totalAmount),
			subTotal: money(invoice.subTotalAmount),
			discount: invoice.discountAmount === 0 ? undefined : money(invoice.discountAmount),
			taxAmount: money(invoice.taxAmount),
			kkt: invoice.kktRegNumber,
			fn: invoice.fnNumber,
			fd: invoice.fdNumber,
			fpd: invoice.fpd,
			website: invoice.website,
			fiscalQr: fiscalQr(invoice),
		},
		lists: { items: positions(invoice.items, words), taxes: taxes(invoice, words.taxes) },
	};
}

/** The cash register's own clock, whatever zone this till is set to. What is not a time is shown as it is written. */
function writtenTime(written: string | undefined): string | undefined {
	const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d(?::\d\d)?)/.exec(written ?? "");
	if (parts === null) return written;
	const [, year, month, day, time = ""] = parts;
	return `${day}.${month}.${year} ${time}`;
}
