import { FaultError } from "../model/fault.ts";
import type { PrintMark, PrintResolution, PrintState } from "../model/print.ts";

/** An earlier print of the same document. */
export type EarlierPrint = {
	readonly id: number;
	readonly state: PrintState;
	readonly resolved?: PrintResolution;
};

/**
 * What the next print of a document says of itself, so that nothing is on paper twice without a word: a copy when one is
 * there, a repeat when one may be, else the original.
 * @throws {FaultError} `print-unfinished` while one of them is on its way.
 */
export function markAfter(earlier: readonly EarlierPrint[]): PrintMark {
	const open = earlier.find(({ state }) => state === "queued" || state === "printing");
	if (open !== undefined) throw new FaultError("print-unfinished", `print ${open.id} is ${open.state}`);
	if (earlier.some(({ state, resolved }) => state === "printed" || resolved === "on-paper")) return "copy";
	return earlier.some(({ state, resolved }) => state === "unknown" && resolved === undefined)
		? "repeat"
		: "original";
}
