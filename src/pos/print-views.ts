import type { FaultCode } from "../model/fault.ts";
import type { Notice } from "../model/notice.ts";
import type {
	DocumentName,
	Evidence,
	PrintMark,
	PrintResolution,
	PrintState,
	PrintSubject,
} from "../model/print.ts";
import type { CashierMessage, Explain } from "./errors.ts";

/** What is answered to a wish for paper: it stands in the queue, and the paper will say of itself what it is. */
export type AskedPrint = { readonly printId: number; readonly state: "queued"; readonly mark: PrintMark };

/** A print as a POS program sees it. */
export type PrintView = {
	readonly printId: number;
	readonly document: DocumentName;
	readonly operationId?: string;
	/** Of that operation; told where kassad serves several tills. */
	readonly terminalId?: string;
	/** Of a shift report, ISO 8601. */
	readonly from?: string;
	readonly to?: string;
	/** Its number, when it is a shift that was opened. */
	readonly shift?: number;
	readonly mark: PrintMark;
	/** The first print of the same document. */
	readonly repeats?: number;
	readonly printer: string;
	readonly state: PrintState;
	readonly evidence?: Evidence;
	/** Why it is not printed, or not known to be; `detail` is for the technician. */
	readonly reason?: FaultCode;
	readonly detail?: string;
	/** Why the printer stands still in the middle of it. */
	readonly waits?: FaultCode;
	/** It waits because its printer is held. */
	readonly held?: true;
	/** What the cashier found when nobody knew. */
	readonly resolved?: PrintResolution;
	/** ISO 8601. */
	readonly queuedAt: string;
	readonly cashier?: CashierMessage;
};

export type PrintFacts = {
	readonly id: number;
	readonly subject: PrintSubject;
	readonly terminalId?: string;
	readonly mark: PrintMark;
	readonly repeats?: number;
	readonly printer: string;
	readonly state: PrintState;
	readonly evidence?: Evidence;
	readonly fault?: FaultCode;
	readonly detail?: string;
	readonly resolved?: PrintResolution;
	/** Wall-clock ms. */
	readonly queuedAt: number;
	readonly waits?: FaultCode;
	readonly isHeld?: boolean;
};

/** What is known of a print, with the cashier's message when it is not simply done. */
export function printView(facts: PrintFacts, explain: Explain): PrintView {
	const { id, subject, terminalId, mark, repeats, printer, state, evidence, fault, detail, resolved, waits } =
		facts;
	const isHeld = state === "queued" && facts.isHeld === true;
	const about = sentenceFor({ ...facts, isHeld });
	return {
		printId: id,
		...subjectView(subject),
		...(terminalId !== undefined && { terminalId }),
		mark,
		...(repeats && { repeats }),
		printer,
		state,
		...(evidence && { evidence }),
		...(fault && { reason: fault }),
		...(detail && { detail }),
		...(waits && { waits }),
		...(isHeld && { held: true as const }),
		...(resolved && { resolved }),
		queuedAt: iso(facts.queuedAt),
		...(about && { cashier: explain(about) }),
	};
}

function subjectView(subject: PrintSubject) {
	if (subject.document === "self-test") return { document: subject.document };
	if (subject.document !== "shift-report") return subject;
	const { document, from, to, shift, terminal } = subject;
	return {
		...{ document, from: iso(from), to: iso(to) },
		...(shift !== undefined && { shift }),
		...(terminal !== undefined && { terminalId: terminal }),
	};
}

const iso = (at: number) => new Date(at).toISOString();

/** What the cashier is told. The sentences of faults speak of an operation: a report and a sheet have none. */
function sentenceFor({ subject, state, fault, resolved, waits, isHeld }: PrintFacts) {
	if (waits !== undefined) return "print-waits";
	if (isHeld) return "printer-held";
	if (fault === undefined || resolved !== undefined) return undefined;
	if ("operationId" in subject) return fault;
	return state === "unknown" ? "print-look" : (needs.get(fault) ?? fault);
}

/** What a printer needs that does not print. */
export const needs: ReadonlyMap<FaultCode, Notice> = new Map([
	["printer-paper-out", "printer-needs-paper"],
	["printer-cover-open", "printer-needs-closing"],
	["printer-cutter", "printer-needs-help"],
	["printer-broken", "printer-needs-help"],
	["printer-offline", "printer-needs-help"],
	["printer-unreachable", "printer-needs-help"],
]);
