import type { PrintRecord } from "../journal/print-reader.ts";
import { kopecks } from "../model/money.ts";
import type { SelfTestSlip } from "../model/self-test.ts";
import type { Slip } from "../model/slip.ts";
import type { DocumentFacts } from "../print/documents/documents.ts";
import type { Printer } from "../print/printer.ts";
import type { Rooms } from "../rooms.ts";

type Tools = Pick<Rooms, "journal" | "settings" | "clock" | "version" | "sheetCards">;

/** The bank has sent none, however often it was asked: what the till knows by itself goes onto paper all the same. */
const noSlip: Slip = { unlisted: {} };

/**
 * All that stands on a print, read from the journal; undefined when it has no such document.
 * @throws {FaultError} `journal-failed`
 */
export function documentFacts(
	{ subject, mark }: Pick<PrintRecord, "subject" | "mark">,
	{ driver }: Pick<Printer, "driver">,
	tools: Tools,
): DocumentFacts | undefined {
	const { journal, settings } = tools;
	switch (subject.document) {
		case "shift-report": {
			const { document, ...period } = subject;
			const { storeId, terminalId: own, terminals } = settings.store;
			const all = [own, ...terminals.map(({ terminalId }) => terminalId)].join(", ");
			const place = { storeId, terminalId: period.terminal ?? all };
			const shift = period.shift !== undefined && { shift: period.shift };
			return { document, report: { ...journal.shiftReport({ ...period, own }), ...place, ...shift }, mark };
		}
		case "self-test":
			return subject.result === undefined
				? sheet(driver, mark, tools)
				: resultOf(subject.result, mark, tools);
		default:
			return ofOperation(subject.operationId, mark, tools);
	}
}

/** The cards are made when they are printed: their passwords live for a minute. */
function sheet({ title, dots }: Printer["driver"], mark: PrintRecord["mark"], tools: Tools): DocumentFacts {
	const at = tools.clock.now();
	const cards = tools.sheetCards?.make(at);
	const live = cards && { cards: { texts: cards.texts.reveal(), until: cards.until } };
	return { document: "self-test", facts: { printer: title, dots, at, ...live }, mark };
}

function resultOf(
	result: SelfTestSlip,
	mark: PrintRecord["mark"],
	{ settings, version }: Tools,
): DocumentFacts {
	const { storeId, terminalId } = settings.store;
	return { document: "self-test-result", facts: { ...result, storeId, terminalId, version }, mark };
}

function ofOperation(
	operationId: string,
	mark: PrintRecord["mark"],
	tools: Tools,
): DocumentFacts | undefined {
	const record = tools.journal.find({ id: operationId });
	if (record === undefined || record.kind === "providers") return undefined;
	if (record.kind === "receipt") return { document: "fiscal-receipt", invoice: record.wish.invoice, mark };
	const { slip = noSlip } = record;
	const facts = { ...record, at: record.startedAt, operationId };
	if (record.kind === "payment") return { document: "payment", slip, facts, mark };
	const rest = restAfter(operationId, record.wish, tools);
	const refund = { ...facts, items: record.wish.items, ...(rest !== undefined && { refundable: rest }) };
	return { document: "refund", slip, facts: refund, mark };
}

type Refunded = { readonly transactionId: string; readonly purchase?: { readonly totalAmount: number } };

/** What a refund has left of its payment, whatever came after it: a copy says the same. */
function restAfter(operationId: string, { transactionId, purchase }: Refunded, { journal }: Tools) {
	const paid = journal.payment({ transactionId })?.purchase ?? purchase;
	if (paid === undefined) return undefined;
	const refunds = journal.refundsOf(transactionId);
	const own = refunds.findIndex((refund) => refund.operationId === operationId);
	const taken = refunds
		.slice(0, own + 1)
		.filter(({ state }) => state !== "refused")
		.reduce((sum, { amount }) => sum + amount, 0);
	return kopecks(Math.max(0, paid.totalAmount - taken));
}
