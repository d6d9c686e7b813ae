import { stopOf } from "../model/printer.ts";
import type { Conversation } from "./conversation.ts";
import { look } from "./look.ts";
import type { Press } from "./press.ts";

type Debtor = Pick<Press, "driver" | "owed" | "watch" | "clock"> & {
	readonly deadlines: Pick<Press["deadlines"], "statusMs">;
};

/**
 * Before a block: gets the answers that a printer still owes out of the way (GS r, when it was without paper, answers
 * after the next roll is in). It is asked once more; its answer comes behind those that it owes.
 *
 * Where proofs have names, what is owed disturbs nobody. If only some came, and it is well and silent, the others were lost, as when it was switched off. Otherwise they stay
 * owed: the block's own answer will have to come behind them.
 */
export async function settleDebts(
	talk: Conversation,
	{ driver, owed, deadlines, watch, clock }: Debtor,
): Promise<void> {
	const barrier = driver.confirms === "paper-barrier" ? driver.confirmation("owed") : null;
	if (owed.count === 0 || barrier === null) return;
	const before = owed.count;
	const answer = await talk.ask(barrier, deadlines.statusMs, "by-turn");
	// An unanswered question is owed, too.
	if (answer !== undefined || owed.count > before) return;
	const conditions = await look(talk, driver, deadlines.statusMs, watch);
	if (conditions === undefined ? before > 1 : stopOf(conditions) !== undefined) return;
	await clock.sleep(deadlines.statusMs);
	owed.count = 0;
}
