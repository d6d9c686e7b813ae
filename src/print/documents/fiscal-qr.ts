import type { Invoice } from "./invoice.ts";

/** The sign of the calculation (tag 1054 of the fiscal data format) by the kinds of receipts of the Pay API. */
const signs: ReadonlyMap<string, number> = new Map([
	["debit", 1],
	["refund", 2],
	["credit", 3],
]);

/**
 * The text of a receipt's fiscal QR code, in the form of the Federal Tax Service (order ЕД-7-20/662@):
 * `t=20200520T2050&s=859.00&fn=9280440300387752&i=10272&fp=2374313442&n=1`. What the cash register sent goes first;
 * else it is made of the receipt's own fields. Undefined when one of them is missing: none is ever invented. A time
 * in UTC is no time of a cash register, whose clock shows that of its town.
 */
export function fiscalQr(invoice: Invoice): string | undefined {
	const { qr, dateTime, totalAmount, fnNumber, fdNumber, fpd, receiptType } = invoice;
	if (qr !== undefined) return qr;
	const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::[\d.]+)?[+-]\d\d:\d\d$/.exec(dateTime ?? "");
	const sign = signs.get(receiptType ?? "");
	if (time === null || sign === undefined) return undefined;
	if (![fnNumber, fdNumber, fpd].every((number) => /^\d{1,16}$/.test(number ?? ""))) return undefined;
	const [, year, month, day, hours, minutes] = time;
	const sum = `${Math.trunc(totalAmount / 100)}.${(totalAmount % 100).toString().padStart(2, "0")}`;
	return `t=${year}${month}${day}T${hours}${minutes}&s=${sum}&fn=${fnNumber}&i=${fdNumber}&fp=${fpd}&n=${sign}`;
}
