import type { FaultCode } from "../model/fault.ts";
import type { PrintVerdict } from "../model/print.ts";

/** No byte of the block has left. */
export function notPrinted(fault: FaultCode, detail = ""): PrintVerdict {
	return { state: "not-printed", fault, ...(detail !== "" && { detail }) };
}

/** Bytes have left, and nothing proves that the block is on paper, nor that it is not. */
export function unconfirmed(detail: string): PrintVerdict {
	return { state: "unknown", fault: "print-unconfirmed", detail };
}

/** Nobody helped a printer that stopped in the middle. */
export const notPutRight = (reloadMs: number) => `it did not go on within ${reloadMs} ms`;
