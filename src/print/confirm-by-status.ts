import type { PrintVerdict } from "../model/print.ts";
import { stopOf } from "../model/printer.ts";
import type { Conversation } from "./conversation.ts";
import { whatHappens } from "./happening.ts";
import { look } from "./look.ts";
import type { Press } from "./press.ts";
import type { Stops } from "./stops.ts";
import { notPutRight, unconfirmed } from "./verdicts.ts";

/**
 * The weakest proof: the time to print the block is over, the printer is well, and it was never seen stopped. After a
 * stop nothing tells whether the rest has come out.
 */
export async function confirmByStatus(
	paperMs: number,
	talk: Conversation,
	stops: Stops,
	press: Press,
): Promise<PrintVerdict> {
	const { driver, deadlines, watch, clock } = press;
	const happening = await whatHappens(talk.gone$, stops.stop$, paperMs, clock);
	if (happening.what === "answer") {
		return unconfirmed(stops.tell(`the channel ended while it was printed: ${happening.answer.detail}`));
	}
	const conditions =
		happening.what === "late" ? await look(talk, driver, deadlines.statusMs, watch) : undefined;
	const stop = happening.what === "stop" ? happening.fault : conditions && stopOf(conditions);
	if (stop !== undefined) {
		const end = await stops.outlast(stop);
		return unconfirmed(stops.tell(end === "stays" ? notPutRight(deadlines.reloadMs) : "it went on"));
	}
	if (conditions === undefined) return unconfirmed(stops.tell("it does not tell how it is any more"));
	return stops.any() ? unconfirmed(stops.tell("it went on")) : { state: "printed", evidence: "status" };
}
