import { NEVER } from "rxjs";
import type { FaultCode } from "../model/fault.ts";
import type { PrintVerdict } from "../model/print.ts";
import type { Inquiry } from "../model/printer.ts";
import type { Confirmation } from "../model/printer-driver.ts";
import { confirmByStatus } from "./confirm-by-status.ts";
import type { Conversation } from "./conversation.ts";
import { type Happening, whatHappens } from "./happening.ts";
import { look } from "./look.ts";
import type { Press } from "./press.ts";
import type { Stops } from "./stops.ts";
import { notPutRight, unconfirmed } from "./verdicts.ts";
import { stopIn } from "./watch.ts";

/**
 * Waits for the proof that a block whose bytes have all left is on paper: the echo of its process id, or the answer to
 * a question that waited its turn behind it, or that the printer is well when the time to print it is over.
 *
 * A printer that stops meanwhile is waited for; then it has to prove the block afresh, if it prints the rest at all.
 * @param paperMs how long the block takes to print, at most.
 */
export async function confirm(
	paperMs: number,
	id: string,
	talk: Conversation,
	stops: Stops,
	press: Press,
): Promise<PrintVerdict> {
	const { driver, deadlines } = press;
	const proof = driver.confirms === "process-id" || driver.confirms === "paper-barrier";
	const inquiry = proof ? driver.confirmation(id) : null;
	if (inquiry !== null) return confirmByProof(inquiry, paperMs, talk, stops, press);
	// Clones forget at the beginning of each block that they are to tell changes.
	const unsent = await talk.send(driver.announceChanges, deadlines.statusMs);
	if (driver.confirms === "status" && unsent === undefined) {
		return confirmByStatus(paperMs, talk, stops, press);
	}
	return { state: "unknown", fault: "print-unconfirmable" };
}

async function confirmByProof(
	inquiry: Inquiry<Confirmation>,
	paperMs: number,
	talk: Conversation,
	stops: Stops,
	press: Press,
): Promise<PrintVerdict> {
	const { driver, deadlines, clock } = press;
	const byName = driver.confirms === "process-id";
	const request = Buffer.concat([driver.announceChanges, inquiry.request]);
	const ask = () => talk.pose({ ...inquiry, request }, deadlines.writeMs, byName ? "by-name" : "by-turn");
	const next = ({ answer }: ReturnType<typeof ask>) =>
		whatHappens(answer, stops.stop$, deadlines.confirmMs + paperMs, clock);
	let question = ask();
	try {
		let happening = await next(question);
		for (;;) {
			const found = await judge(happening, paperMs, talk, stops, press);
			if (typeof found !== "string") return found;
			// An echo is proof at any time; the answer of one that has stopped is none.
			const end = await stops.outlast(found, byName ? question.answer : undefined);
			if (end === "stays") return unconfirmed(stops.tell(notPutRight(deadlines.reloadMs)));
			if (end === "goes-on" && !driver.resumes) {
				return unconfirmed(stops.tell("it does not print the rest by itself"));
			}
			if (end === "goes-on" && happening.what === "answer") question = ask();
			happening = await next(question);
		}
	} finally {
		question.withdraw();
	}
}

/** The verdict, or why the printer has stopped. */
async function judge(
	happening: Happening<Confirmation | undefined>,
	paperMs: number,
	talk: Conversation,
	stops: Stops,
	press: Press,
): Promise<PrintVerdict | FaultCode> {
	const { driver, deadlines, watch } = press;
	if (happening.what === "stop") return happening.fault;
	if (happening.what === "late") {
		await look(talk, driver, deadlines.statusMs, watch);
		const silence = `no confirmation within ${deadlines.confirmMs + paperMs} ms`;
		return stopIn(watch.now()) ?? unconfirmed(stops.tell(silence));
	}
	switch (happening.answer) {
		case "process-id":
			return { state: "printed", evidence: "process-id" };
		case "paper-barrier":
			return beyondBarrier(paperMs, talk, stops, press);
		case "printer-paper-out":
			await look(talk, driver, deadlines.statusMs, watch);
			// Where its status cannot be read nobody can see it go on.
			return watch.now().state === "readable"
				? "printer-paper-out"
				: unconfirmed("received, and now printer-paper-out");
		default: {
			const why = talk.ended()?.detail ?? "the printer did not take the question";
			return unconfirmed(stops.tell(`no confirmation before the channel ended: ${why}`));
		}
	}
}

/**
 * Some printers answer on receiving the question, before the head has moved. So one that has stopped by then has not
 * printed all, perhaps; and one that had stopped before must stay well for as long as the block takes.
 */
async function beyondBarrier(
	paperMs: number,
	talk: Conversation,
	stops: Stops,
	{ driver, deadlines, watch, clock }: Press,
): Promise<PrintVerdict | FaultCode> {
	if (stops.any()) await whatHappens(talk.gone$, NEVER, paperMs, clock);
	if (driver.answersStatus && watch.now().state === "readable") {
		const conditions = await look(talk, driver, deadlines.statusMs, watch);
		if (conditions === undefined) return unconfirmed("received, and it does not tell how it is any more");
	}
	return stopIn(watch.now()) ?? { state: "printed", evidence: "paper-barrier" };
}
