import type { FaultCode } from "./fault.ts";

/** How a printer proves that a block is on paper. */
export type Evidence = "process-id" | "paper-barrier";

/** What is known of a printed block; `unknown` names what is missing and is never retried by itself. */
export type PrintVerdict =
	| { readonly state: "printed"; readonly evidence: Evidence }
	| { readonly state: "not-printed"; readonly fault: FaultCode; readonly detail?: string }
	| { readonly state: "unknown"; readonly fault: FaultCode; readonly detail?: string };

/** A print as the journal keeps it: waiting, begun (bytes may be on their way), or judged. */
export type PrintState = "queued" | "printing" | PrintVerdict["state"];
