import type { FaultCode } from "../model/fault.ts";
import type { Notice } from "../model/notice.ts";
import { type PrinterConditions, type PrinterStatus, stopOf } from "../model/printer.ts";
import type { CashierMessage, Explain } from "./errors.ts";
import { needs } from "./print-views.ts";

/** A printer as a POS program sees it. */
export type PrinterView = {
	readonly printer: string;
	/** `unreadable`: it is there and answers no questions; what it prints is sent all the same. */
	readonly state: "ready" | "stopped" | "unreadable" | "away";
	readonly paper?: PrinterConditions["paper"];
	/** Why it does not print; `detail` is for the technician. */
	readonly fault?: FaultCode;
	readonly detail?: string;
	/** All that it tells of itself. */
	readonly conditions?: PrinterConditions;
	/** Whether it begins nothing until it is released. */
	readonly held: boolean;
	/** How many prints wait for it. */
	readonly waiting: number;
	readonly cashier?: CashierMessage;
};

type PrinterFacts = {
	readonly printer: string;
	readonly status: PrinterStatus;
	readonly held: boolean;
	readonly waiting: number;
};

/** What is known of a printer, with the cashier's message when there is something to be done. */
export function printerView({ printer, status, held, waiting }: PrinterFacts, explain: Explain): PrinterView {
	const { state, fault, ...facts } = statusView(status);
	const about = sentenceFor(fault, facts.paper, held);
	return {
		printer,
		state,
		...(fault && { fault }),
		...facts,
		held,
		waiting,
		...(about && { cashier: explain(about) }),
	};
}

function statusView(
	status: PrinterStatus,
): Pick<PrinterView, "state" | "fault" | "paper" | "detail" | "conditions"> {
	if (status.state === "unreadable") return { state: "unreadable" };
	if (status.state === "away") return { state: "away", fault: "printer-unreachable", detail: status.detail };
	const { conditions } = status;
	const fault = stopOf(conditions);
	return { state: fault ? "stopped" : "ready", ...(fault && { fault }), paper: conditions.paper, conditions };
}

function sentenceFor(
	fault: FaultCode | undefined,
	paper: PrinterView["paper"],
	held: boolean,
): Notice | undefined {
	if (fault !== undefined) return needs.get(fault) ?? "printer-needs-help";
	if (held) return "printer-held";
	return paper === "low" ? "printer-paper-low" : undefined;
}
