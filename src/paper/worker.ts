import type { PrintRecord } from "../journal/print-reader.ts";
import type { Prints } from "../journal/prints.ts";
import type { Block } from "../model/block.ts";
import { type FaultCode, FaultError, faultOf } from "../model/fault.ts";
import type { PrintVerdict } from "../model/print.ts";
import type { Printer } from "../print/printer.ts";

/** What a printer's worker works with. */
export type WorkerTools = {
	readonly prints: Pick<Prints, "next" | "find" | "isHeld" | "begin" | "mayHaveBrokenOff">;
	/** What a print looks like on this printer; undefined when there is no such document. */
	blockOf(print: PrintRecord, printer: Printer): Block | undefined;
	isTooOld(print: PrintRecord): boolean;
	/** It is on disk that a print begins. */
	began(print: PrintRecord): void;
	/** Writes down what came of a print, and tells it. */
	judge(print: PrintRecord, verdict: PrintVerdict): void;
	/** The printer stands still in the middle of a print. */
	waits(print: PrintRecord, fault: FaultCode): void;
	/** Gives a print that could not begin to another printer, if there is one; tells whether it did. */
	passOn(print: PrintRecord, verdict: PrintVerdict): boolean;
	/** The journal has failed. */
	fail(error: unknown): void;
};

/** Keeps one printer at work. */
export type Worker = {
	/** Something may wait for it. */
	wake(): void;
	/** Begins nothing more; resolves when what has begun is judged. */
	stop(): Promise<void>;
};

/**
 * Prints what the journal has in the queue of one printer, one after the other in the order of their numbers. The queue
 * is looked at anew before each print and stands on disk alone: whatever was taken back, held, or passed on meanwhile is
 * as the journal says. Whatever came of a print, it is never tried again.
 */
export function printWorker(printer: Printer, tools: WorkerTools): Worker {
	const { prints, fail } = tools;
	let stopped = false;
	let busy = false;
	let work: Promise<void> = Promise.resolve();
	const mayBegin = () => !stopped && !prints.isHeld(printer.name);

	const run = async () => {
		try {
			for (let print = nextOf(); print !== undefined; print = nextOf()) {
				await bringToPaper(print, printer, tools, mayBegin);
			}
		} finally {
			busy = false;
		}
	};
	const nextOf = () => (mayBegin() ? prints.next(printer.name) : undefined);
	return {
		wake: () => {
			if (busy || stopped) return;
			busy = true;
			work = run().catch(fail);
		},
		stop: () => {
			stopped = true;
			return work;
		},
	};
}

async function bringToPaper(
	print: PrintRecord,
	printer: Printer,
	tools: WorkerTools,
	mayBegin: () => boolean,
): Promise<void> {
	const { prints, judge } = tools;
	if (tools.isTooOld(print)) return judge(print, { state: "not-printed", fault: "print-too-old" });
	const block = madeReady(print, printer, tools);
	if ("state" in block) return judge(print, block);
	let begun = false;
	const begin = () => {
		if (!mayBegin()) throw new FaultError("print-interrupted", "held or stopping");
		prints.begin(print.id);
		begun = true;
		tools.began(print);
	};
	const waits = (fault: FaultCode) => tools.waits(print, fault);
	const afterBroken = prints.mayHaveBrokenOff(printer.name);
	const verdict = await printer.print(block, { begun: begin, waits, afterBroken });
	if (!begun && staysAsItIs(print, verdict, tools, mayBegin)) return;
	if (!begun && tools.passOn(print, verdict)) return;
	judge(print, verdict);
}

/** A print that was taken back before it began is no failure, nor is one that waits on because nothing may begin. */
function staysAsItIs(
	{ id }: PrintRecord,
	verdict: PrintVerdict,
	{ prints }: WorkerTools,
	mayBegin: () => boolean,
): boolean {
	if (verdict.state !== "not-printed" || verdict.fault === "journal-failed") return false;
	return !mayBegin() || prints.find(id)?.state !== "queued";
}

/** No document that cannot be made ready for paper is worth the till. */
function madeReady(print: PrintRecord, printer: Printer, tools: WorkerTools): Block | PrintVerdict {
	try {
		return tools.blockOf(print, printer) ?? { state: "not-printed", fault: "document-not-available" };
	} catch (error) {
		if (faultOf(error) === "journal-failed") throw error;
		return { state: "not-printed", fault: "internal-failure", detail: String(error) };
	}
}
