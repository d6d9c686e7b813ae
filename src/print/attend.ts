import type { Clock } from "../model/clock.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import type { Conversation } from "./conversation.ts";
import { look } from "./look.ts";
import type { Watch } from "./watch.ts";

export type AttendTools = {
	readonly driver: PrinterDriver;
	readonly statusMs: number;
	readonly statusEveryMs: number;
	readonly watch: Watch;
	readonly clock: Clock;
};

/** A printer that tells its changes unasked is asked all the same, so rarely: it may have been off and forgotten it. */
const looksLeftOut = 12;

/**
 * Knows how a printer is for as long as its channel lives: asks it every `statusEveryMs`, and rarely while it tells its
 * changes by itself. Resolves when `end` is aborted.
 * @param tells whether it has told something unasked on this channel.
 */
export async function attend(
	talk: Conversation,
	tells: () => boolean,
	{ driver, statusMs, statusEveryMs, watch, clock }: AttendTools,
	end: AbortSignal,
): Promise<void> {
	for (let round = 1; await slept(clock, statusEveryMs, end); round += 1) {
		if (tells() && round % looksLeftOut !== 0) continue;
		await look(talk, driver, statusMs, watch);
		await talk.send(driver.announceChanges, statusMs);
	}
}

async function slept(clock: Clock, ms: number, end: AbortSignal): Promise<boolean> {
	if (end.aborted) return false;
	await clock.sleep(ms, end).catch(() => undefined);
	return !end.aborted;
}
