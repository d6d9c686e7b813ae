import type { FaultCode } from "./fault.ts";
import type { SelfTestSlip } from "./self-test.ts";
import type { Period } from "./shift-report.ts";

/**
 * How a printer proved that a block is on paper, the strongest first: the echo of a process id (GS ( H), an answer that
 * waited its turn behind the lines (GS r), or that it was well when the time to print them was over.
 */
export type Evidence = "process-id" | "paper-barrier" | "status";

/** What is known of a printed block; `unknown` names what is missing and is never retried by itself. */
export type PrintVerdict =
	| { readonly state: "printed"; readonly evidence: Evidence }
	/** No byte of it has left. */
	| { readonly state: "not-printed"; readonly fault: FaultCode; readonly detail?: string }
	| { readonly state: "unknown"; readonly fault: FaultCode; readonly detail?: string };

/**
 * A print as the journal keeps it: waiting, begun (bytes may be on their way), judged, or taken back by the cashier
 * before it began.
 */
export type PrintState = "queued" | "printing" | PrintVerdict["state"] | "cancelled";

/**
 * Why something is printed: as the first one; as a copy of what is on paper already; or once more, because nobody knew
 * whether the one before came out whole. The latter two say so on the paper.
 */
export type PrintMark = "original" | "copy" | "repeat";

/** What the cashier found when nobody knew what became of a print. */
export type PrintResolution = "on-paper" | "not-on-paper";

/** What is printed, by what it can be built from again at any time. */
export type PrintSubject =
	| { readonly document: "payment" | "refund" | "fiscal-receipt"; readonly operationId: string }
	/** With its number when it is a shift that was opened. */
	| ({ readonly document: "shift-report" } & Omit<Period, "own">)
	/** Without a result: the sheet that proves printer and scanner. */
	| { readonly document: "self-test"; readonly result?: SelfTestSlip };

export type DocumentName = PrintSubject["document"];

/** The templates of config/documents.yaml: what came of a self-test looks otherwise than its sheet. */
export type TemplateName = DocumentName | "self-test-result";
