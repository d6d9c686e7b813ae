import type { Block } from "../model/block.ts";
import { type FaultCode, faultOf } from "../model/fault.ts";
import type { PrintVerdict } from "../model/print.ts";
import { isReached } from "./channel.ts";
import { confirm } from "./confirm.ts";
import type { Conversation } from "./conversation.ts";
import { look } from "./look.ts";
import type { Press, PrintHooks } from "./press.ts";
import { settleDebts } from "./settle-debts.ts";
import { openStops } from "./stops.ts";
import { notPrinted, unconfirmed } from "./verdicts.ts";
import { stopIn } from "./watch.ts";
import { wordsOf } from "./words.ts";

/**
 * Brings a block onto paper once, and says honestly what is known of it. Never retries; rejects only when a hook does.
 *
 * `not-printed` means that no byte of the block has left. After the first byte only proof makes it `printed`; without
 * one it is `unknown`, also when the printer says that it has no paper: it may hold the block and print it after the
 * next roll is in.
 * @param id four printable ASCII characters, other ones for each block, that the printer may echo.
 */
export async function printBlock(
	block: Block,
	id: string,
	hooks: PrintHooks,
	press: Press,
): Promise<PrintVerdict> {
	const ready = await readyTalk(press);
	if ("verdict" in ready) return ready.verdict;
	const { talk } = ready;
	const { verdict, stuck } = await sendAndConfirm(block, id, talk, hooks, press);
	await press.channel.leave(talk, stuck);
	return verdict;
}

/** How often a channel is opened for a block: the printer may have ended the first one while it was idle. */
const mostOpenings = 2;

type Ready = { readonly talk: Conversation } | { readonly verdict: PrintVerdict };

/** A channel on which the printer is known to be well, or does not tell; no byte of the block has left yet. */
async function readyTalk(press: Press): Promise<Ready> {
	const { channel, driver, deadlines, watch } = press;
	let lost = "";
	for (let opening = 1; opening <= mostOpenings; opening += 1) {
		const talk = await channel.reach();
		if (!isReached(talk)) return { verdict: notPrinted(talk.fault, talk.detail) };
		await settleDebts(talk, press);
		await look(talk, driver, deadlines.statusMs, watch);
		const gone = talk.ended();
		// Many printers never answer: a status that cannot be read does not stop a print.
		const stop = stopIn(watch.now());
		if (gone === undefined && stop === undefined) return { talk };
		await channel.leave(talk, false);
		if (gone === undefined && stop !== undefined) return { verdict: notPrinted(stop) };
		lost = gone?.detail ?? lost;
	}
	return { verdict: notPrinted("printer-unreachable", lost) };
}

const nothing = new Uint8Array();

type Sent = { readonly verdict: PrintVerdict; readonly stuck: boolean };

async function sendAndConfirm(
	block: Block,
	id: string,
	talk: Conversation,
	hooks: PrintHooks,
	press: Press,
): Promise<Sent> {
	const { driver, deadlines } = press;
	let bytes: Uint8Array;
	try {
		bytes = Buffer.concat([hooks.afterBroken ? driver.afterBroken : nothing, driver.encode(block)]);
		hooks.begun();
	} catch (error) {
		return { verdict: notPrinted(faultOf(error), wordsOf(error)), stuck: false };
	}
	const stops = openStops(talk, hooks, press);
	const unsent = await talk.send(bytes, deadlines.writeMs, stops.outlasted);
	if (unsent === undefined) {
		return { verdict: await confirm(driver.paperMs(block), id, talk, stops, press), stuck: false };
	}
	// The next block must not be taken for the rest of this one, so the channel is opened anew.
	const isAway = talk.ended() !== undefined;
	const fault: FaultCode = isAway ? "printer-unreachable" : "printer-offline";
	const verdict = unsent.begun ? unconfirmed(stops.tell(unsent.why)) : notPrinted(fault, unsent.why);
	return { verdict, stuck: true };
}
