import type { Block } from "./model/block.ts";
import type { PrintVerdict } from "./model/print.ts";
import type { Slip } from "./model/slip.ts";
import { printView } from "./pos/views.ts";
import { documentBlock } from "./print/documents/documents.ts";
import type { Rooms } from "./rooms.ts";

/** Brings a slip that the journal has queued onto paper, and writes down what came of it. */
export type Paper = {
	print(printId: number, operationId: string): Promise<void>;
	/** For a print of which the verdict is known without printing. */
	judge(printId: number, operationId: string, verdict: PrintVerdict): void;
};

/** The bank has sent none, however often it was asked: what the till knows by itself goes onto paper all the same. */
const noSlip: Slip = { unlisted: {} };

export function openPaper({ journal, printer, explain, log, settings, documents }: Rooms): Paper {
	const titles = settings.payApi.paymentTypeTitles;
	const judge: Paper["judge"] = (printId, operationId, verdict) => {
		log.info({ operation: operationId, ...verdict }, "print judged");
		journal.prints.finish(printId, verdict, { operationId, ...printView(verdict, explain) });
	};
	const blockOf = (operationId: string, columns: number): Block | undefined => {
		const record = journal.find({ id: operationId });
		if (record === undefined) return undefined;
		const { slip = noSlip } = record;
		const facts = { ...record, at: record.startedAt, operationId };
		const tools = { columns, titles, templates: documents };
		const mark = "original";
		if (record.kind !== "refund") return documentBlock({ document: "payment", slip, facts, mark }, tools);
		const { items } = record.wish;
		return documentBlock({ document: "refund", slip, facts: { ...facts, items }, mark }, tools);
	};
	return {
		judge,
		print: async (printId, operationId) => {
			const block = printer && blockOf(operationId, printer.columns);
			if (printer === undefined || block === undefined) {
				judge(printId, operationId, { state: "not-printed", fault: "printer-not-configured" });
				return;
			}
			judge(printId, operationId, await printer.queue.print(block, () => journal.prints.begin(printId)));
		},
	};
}
