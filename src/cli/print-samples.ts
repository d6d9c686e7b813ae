import type { PrintMark, TemplateName } from "../model/print.ts";
import type { DocumentFacts } from "../print/documents/documents.ts";
import { cash, sampleItems, sampleReceipt, sampleReport } from "./print-sample-shop.ts";

/** The paper that a sample is for. */
type SamplePaper = { readonly printer: string; readonly dots: number };

const at = new Date(2026, 10, 24, 12, 34, 56).getTime();

const transactionId = "5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b";
const refTransactionId = "91f0a3c4-2b7e-4e55-b0d4-6a1e8c9d7f20";

const slip = {
	paymentType: "SBP",
	storeId: "7d5a1f2e-3b6c-4d8f-9a10-2b3c4d5e6f70",
	terminalId: "till-1",
	orderId: "2026-11-24-0042",
	paymentTransactionId: transactionId,
	qrcId: "AS1000670LSS7DN18SJQDNP4B05KLJL2",
	kzo: "C84A1B9D2E3F4051C84A1B9D2E3F4051",
	unlisted: {},
} as const;

const facts = {
	at,
	orderId: slip.orderId,
	transactionId,
	operationId: "0d9e4c52-7f31-4a86-b1c0-3e5d2a6f8b94",
} as const;

/** A document as it comes out on an ordinary day of a shop, to look at before anything is printed. */
export function sampleDocument(document: TemplateName, mark: PrintMark, paper: SamplePaper): DocumentFacts {
	switch (document) {
		case "payment":
			return { document, slip, facts: { ...facts, amount: cash(163_506) }, mark };
		case "refund":
			return {
				document,
				slip: { ...slip, refundTransactionId: refTransactionId },
				facts: {
					...facts,
					refTransactionId,
					amount: cash(12_500),
					items: sampleItems.slice(1, 2).map((item) => ({ ...item, quantity: 1, totalAmount: cash(12_500) })),
					refundable: cash(151_006),
				},
				mark,
			};
		case "fiscal-receipt":
			return { document, invoice: sampleReceipt, mark };
		case "shift-report":
			return { document, report: sampleReport, mark };
		case "self-test":
			return { document, facts: { ...paper, at, cards: { texts: sampleCards, until: at + 30_000 } }, mark };
		case "self-test-result":
			return { document, facts: { ...sampleResult, at }, mark };
	}
}

/** Of a till with one fault. */
const sampleResult = {
	storeId: slip.storeId,
	terminalId: slip.terminalId,
	version: "0.1.0",
	verdict: "Плохо: 1, хорошо: 3, пропущено: 1.",
	checks: [
		{ title: "Права на папки", state: "green", mark: "хорошо" },
		{ title: "Часы идут вместе с сервером", state: "green", mark: "хорошо" },
		{ title: "Лист с тестовыми картами, receipt", state: "green", mark: "хорошо" },
		{
			title: "front читает DataMatrix, receipt",
			state: "red",
			mark: "ПЛОХО",
			what: "Сканер front не прочитал DataMatrix за 60 с.",
			advice: "Включите DataMatrix кодом из инструкции сканера.",
		},
		{ title: "Тестовая оплата", state: "skipped", mark: "пропущено" },
	],
} as const;

/** As long as a card of the app; the session says that it is none. */
const sampleCards = {
	code128: "770000000000000SAMPLE000",
	pdf417: "770000000000000SAMPLE001",
	datamatrix: "770000000000000SAMPLE002",
	qr: "770000000000000SAMPLE003",
} as const;
