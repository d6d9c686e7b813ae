import type { Journal } from "../journal/journal.ts";

/**
 * Whether at a till a payment runs of which nothing has been told yet: its customer stands at the till, and another code would
 * only get in its way. One that is told to be unknown leaves the till to the next customer.
 * @param terminal the till's terminalId; without it any till counts.
 * @throws {FaultError} `journal-failed`
 */
export function isPaying(journal: Pick<Journal, "inProgress" | "payment">, terminal?: string): boolean {
	const id = journal.inProgress(terminal);
	return id !== undefined && journal.payment({ id }) !== undefined;
}
