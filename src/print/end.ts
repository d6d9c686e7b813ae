import { FaultError } from "../model/fault.ts";
import type { PrintVerdict } from "../model/print.ts";
import type { PrintHooks } from "./press.ts";
import { notPrinted, unconfirmed } from "./verdicts.ts";
import { wordsOf } from "./words.ts";

/** The end of a printer's service: every block has its verdict in time, and none leaves behind it. */
export type End = {
	/** From now on no block begins. */
	beginNothing(): void;
	/** From now on nobody waits: what has begun is unknown. */
	cutOff(): void;
	/** Prints by `print`, with hooks that obey the end. Never rejects: a failure gives the verdict that is honest. */
	guard(hooks: PrintHooks, print: (hooks: PrintHooks) => Promise<PrintVerdict>): Promise<PrintVerdict>;
};

const stopping = "kassad is stopping";

export function openEnd(): End {
	const [noMore, cut] = [new AbortController(), new AbortController()];
	const guard: End["guard"] = async (hooks, print) => {
		let begun = false;
		const begin = () => {
			if (noMore.signal.aborted) throw new FaultError("print-interrupted", stopping);
			hooks.begun();
			begun = true;
		};
		const over = Promise.withResolvers<PrintVerdict>();
		const giveUp = () =>
			over.resolve({
				state: begun ? "unknown" : "not-printed",
				fault: "print-interrupted",
				detail: stopping,
			});
		cut.signal.addEventListener("abort", giveUp);
		if (noMore.signal.aborted) giveUp();
		else {
			print({ ...hooks, begun: begin }).then(over.resolve, (error: unknown) =>
				over.resolve(begun ? unconfirmed(wordsOf(error)) : notPrinted("internal-failure", wordsOf(error))),
			);
		}
		const verdict = await over.promise;
		cut.signal.removeEventListener("abort", giveUp);
		return verdict;
	};
	return { beginNothing: () => noMore.abort(), cutOff: () => cut.abort(), guard };
}
