import { isDeepStrictEqual } from "node:util";
import type { PrinterConditions } from "../model/printer.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import type { Conversation } from "./conversation.ts";
import { readable, type Watch } from "./watch.ts";

/**
 * Asks a printer how it is, if it answers such questions, and tells the watch. Undefined when it does not answer within
 * `statusMs`: then nothing is known of its paper, and if the channel has ended nothing new is told at all.
 */
export async function look(
	talk: Conversation,
	driver: PrinterDriver,
	statusMs: number,
	watch: Watch,
): Promise<PrinterConditions | undefined> {
	const conditions = driver.answersStatus ? await asked(talk, driver, statusMs, watch) : undefined;
	if (conditions !== undefined) watch.tell(readable(conditions));
	else if (talk.ended() === undefined && !hearsReports(driver, watch)) watch.tell({ state: "unreadable" });
	return conditions;
}

/** A report that comes while the answer does may be older or newer than it: then the question is asked once more. */
async function asked(talk: Conversation, driver: PrinterDriver, statusMs: number, watch: Watch) {
	const before = watch.now();
	const conditions = await talk.ask(driver.status(), statusMs, "at-once");
	const after = watch.now();
	if (conditions === undefined || after === before) return conditions;
	if (isDeepStrictEqual(after, readable(conditions))) return conditions;
	return talk.ask(driver.status(), statusMs, "at-once");
}

/** A printer that answers no question may tell of itself all the same. */
function hearsReports({ answersStatus }: PrinterDriver, watch: Watch): boolean {
	return !answersStatus && watch.now().state === "readable";
}
