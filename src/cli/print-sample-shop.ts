import type { Kopecks } from "../model/money.ts";
import { kopecks } from "../model/money.ts";
import type { Item, ReceiptWish } from "../model/operation.ts";
import type { ShiftReport, ShiftRow } from "../model/shift-report.ts";

export const cash = (amount: number): Kopecks => kopecks(amount);

/** What somebody buys: long and short names, pieces and grams, two rates of VAT. */
export const sampleItems: readonly Item[] = [
	{
		name: "Кофе в зёрнах «Эфиопия Сидамо», свежая обжарка, 1 кг",
		article: "4600123456789",
		price: cash(98_456),
		quantity: 1,
		totalAmount: cash(98_456),
		tax: "vat20",
	},
	{
		name: "Молоко 3,2%, 1 л",
		article: "4600987654321",
		price: cash(12_500),
		quantity: 2,
		totalAmount: cash(25_000),
		tax: "vat10",
	},
	{
		name: "Сыр полутвёрдый 50%, весовой",
		article: "2100450000000",
		price: cash(89),
		quantity: 450,
		measure: "GRAM",
		totalAmount: cash(40_050),
		tax: "vat10",
	},
];

/** By the wire names of cm_pay_api 1.2.1, object `invoice`. */
export const sampleReceipt: ReceiptWish["invoice"] = {
	orderId: "2026-11-24-0042",
	receiptId: "118",
	merchantName: "ООО «Чайная лавка»",
	merchantAddress: "690091, г. Владивосток, ул. Светланская, д. 23, магазин «Чай и кофе»",
	inn: "002540123456",
	dateTime: "2026-11-24T12:34:00+10:00",
	shift: "217",
	cashier: "Кузнецова А. В.",
	taxation: "osn",
	kktRegNumber: "0004312128057632",
	fnNumber: "9960440302345678",
	fdNumber: "10272",
	fpd: "2374313442",
	website: "www.nalog.gov.ru",
	receiptType: "debit",
	totalAmount: cash(163_506),
	taxAmount: cash(22_323),
	items: sampleItems,
};

const morning = new Date(2026, 10, 24, 9).getTime();

const row = (minutes: number, amount: number, number: number, more: Partial<ShiftRow> = {}): ShiftRow => ({
	kind: "payment",
	at: morning + minutes * 60_000,
	amount: cash(amount),
	orderId: `2026-11-24-${String(number).padStart(4, "0")}`,
	requestId: `e1b6a2d4-5c0f-4b7a-9d3e-00000000${String(number).padStart(4, "0")}`,
	paymentTransactionId: `5c2b1f0e-9d1c-4f43-8a7e-00000000${String(number).padStart(4, "0")}`,
	paymentType: "SBP",
	qrcId: `AS1000670LSS7DN18SJQDNP4B0${String(number).padStart(6, "0")}`,
	kzo: `C84A1B9D2E3F4051C84A1B9D2E${String(number).padStart(6, "0")}`,
	...more,
});

const rows: readonly ShiftRow[] = [
	row(14, 163_506, 42),
	row(121, 45_900, 43),
	{
		kind: "payment",
		at: morning + 240 * 60_000,
		amount: cash(1_299_000),
		orderId: "2026-11-24-0044",
		requestId: "e1b6a2d4-5c0f-4b7a-9d3e-000000000044",
		paymentTransactionId: "5c2b1f0e-9d1c-4f43-8a7e-000000000044",
		paymentType: "DOLYAME",
	},
	row(275, 12_500, 42, { kind: "refund", refundTransactionId: "91f0a3c4-2b7e-4e55-b0d4-6a1e8c9d7f20" }),
];

export const sampleReport: ShiftReport = {
	from: morning,
	to: morning + 12 * 3_600_000,
	storeId: "7d5a1f2e-3b6c-4d8f-9a10-2b3c4d5e6f70",
	terminalId: "till-1",
	totals: [
		{ kind: "payment", paymentType: "SBP", count: 2, sum: cash(209_406) },
		{ kind: "payment", paymentType: "DOLYAME", count: 1, sum: cash(1_299_000) },
		{ kind: "refund", paymentType: "SBP", count: 1, sum: cash(12_500) },
	],
	rows,
	unknown: 1,
};
