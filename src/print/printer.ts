import type { Block } from "../model/block.ts";
import type { Clock } from "../model/clock.ts";
import type { Port, PrinterDriver } from "../model/device.ts";
import { type FaultCode, FaultError, faultOf } from "../model/fault.ts";
import type { PrintVerdict } from "../model/print.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import { type Conversation, converse } from "./conversation.ts";

/** A printer and the way to it. */
export type PrinterAccess = {
	readonly driver: PrinterDriver;
	/** Opens the channel within the printer's `connectMs`. */
	readonly open: () => Promise<Port>;
	readonly deadlines: Omit<PrinterSettings["deadlines"], "connectMs">;
};

/**
 * Brings a block onto paper once, and says honestly what is known of it. Never retries and never rejects.
 *
 * `not-printed` means that no byte of the block has left. After the first byte only the printer's own confirmation
 * makes it `printed`; without one it is `unknown`, also when the printer says that it has no paper: it may hold the
 * block and print it after the next roll is in. A `paper-barrier` counts only while the printer has not stopped.
 * @param id four printable ASCII characters, other ones for each block, that the printer may echo.
 * @param begun called when the first byte is about to leave; a failure in it keeps the block from being sent.
 */
export async function printBlock(
	block: Block,
	printer: PrinterAccess,
	id: string,
	begun: () => void,
	clock: Clock,
): Promise<PrintVerdict> {
	let port: Port;
	try {
		port = await printer.open();
	} catch (error) {
		return notPrinted(error instanceof FaultError ? error.code : "printer-unreachable", wordsOf(error));
	}
	const talk = converse(port, clock);
	const verdict = await overOpenChannel(talk, block, printer, id, begun);
	await talk.close(printer.deadlines.statusMs);
	return verdict;
}

async function overOpenChannel(
	talk: Conversation,
	block: Block,
	{ driver, deadlines }: PrinterAccess,
	id: string,
	begun: () => void,
): Promise<PrintVerdict> {
	const status = await talk.ask(driver.status(), deadlines.statusMs);
	const gone = talk.ended();
	if (gone !== undefined) return notPrinted("printer-unreachable", gone.detail);
	if (status?.state === "stopped") return notPrinted(status.fault);
	// Many printers never answer: a status that cannot be read does not stop a print.
	const readable = status !== undefined;

	let bytes: Uint8Array;
	try {
		bytes = driver.encode(block);
		begun();
	} catch (error) {
		return notPrinted(faultOf(error), wordsOf(error));
	}
	const unsent = await talk.send(bytes, deadlines.writeMs);
	if (unsent !== undefined) return unconfirmed(unsent);
	const confirmed = await talk.ask(driver.confirmation(id), deadlines.confirmMs);
	if (confirmed === undefined) return unconfirmed(await whatIsMissing(talk, driver, deadlines, readable));
	if (confirmed === "printer-paper-out") return unconfirmed("received, and now printer-paper-out");
	if (confirmed === "paper-barrier" && readable) {
		// Some printers pass the barrier on receiving it. One that has stopped by then has not printed all, perhaps.
		const after = await talk.ask(driver.status(), deadlines.statusMs);
		if (after?.state === "stopped") return unconfirmed(`received, and now ${after.fault}`);
	}
	return { state: "printed", evidence: confirmed };
}

/** Why no confirmation came, as far as the printer tells. */
async function whatIsMissing(
	talk: Conversation,
	driver: PrinterDriver,
	{ statusMs, confirmMs }: PrinterAccess["deadlines"],
	readable: boolean,
): Promise<string> {
	const silence = `no confirmation within ${confirmMs} ms`;
	// A printer that did not answer before could answer the old question now, and be misunderstood.
	const status = readable ? await talk.ask(driver.status(), statusMs) : undefined;
	const gone = talk.ended();
	if (gone !== undefined) return `no confirmation before the channel ended: ${gone.detail}`;
	return status?.state === "stopped" ? `${silence}, and now ${status.fault}` : silence;
}

const notPrinted = (fault: FaultCode, detail?: string): PrintVerdict =>
	detail === undefined || detail === ""
		? { state: "not-printed", fault }
		: { state: "not-printed", fault, detail };

const unconfirmed = (detail: string): PrintVerdict => ({
	state: "unknown",
	fault: "print-unconfirmed",
	detail,
});

function wordsOf(error: unknown): string {
	if (error instanceof FaultError) return error.detail;
	return error instanceof Error ? error.message : String(error);
}
