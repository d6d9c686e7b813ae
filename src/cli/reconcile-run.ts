import type { LedgerRow } from "../model/shift-report.ts";
import { type AskTools, questionOf, statusAsker } from "./reconcile-ask.ts";
import type { Compared } from "./reconcile-compare.ts";

/** After so many questions in a row without an answer no further one is asked: the server is not there. */
const mostSilent = 3;

/**
 * Asks the server about payments and refunds, in their order. It moves nothing and writes nothing.
 * @param tell hears how many are done.
 * @throws {FaultError} when the server refuses all questions alike.
 */
export async function askAll(
	rows: readonly LedgerRow[],
	tools: AskTools,
	tell: (done: number) => void,
): Promise<Compared[]> {
	const ask = statusAsker(tools);
	const compared: Compared[] = [];
	let silent = 0;
	for (const row of rows) {
		const about = questionOf(row);
		const why = tools.stop.aborted
			? "stopped"
			: silent >= mostSilent
				? "the server does not answer"
				: undefined;
		if (about === undefined) compared.push({ row });
		else if (why !== undefined) compared.push({ row, verdict: { says: "nothing", why } });
		else {
			const verdict = await ask(about).catch((error: unknown) => {
				if (!tools.stop.aborted) throw error;
				return { says: "nothing", why: "stopped" } as const;
			});
			compared.push({ row, verdict });
			silent = verdict.says === "nothing" && !("refused" in verdict) ? silent + 1 : 0;
		}
		tell(compared.length);
	}
	return compared;
}
