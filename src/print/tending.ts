import type { Clock } from "../model/clock.ts";
import type { Port } from "../model/device.ts";
import type { Log } from "../model/log.ts";
import type { PrinterIdentity, PrinterReply } from "../model/printer.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import { attend } from "./attend.ts";
import { type Conversation, converse } from "./conversation.ts";
import { hint } from "./hint.ts";
import { look } from "./look.ts";
import type { Owed } from "./questions.ts";
import { settleDebts } from "./settle-debts.ts";
import { readable, stopIn, type Watch } from "./watch.ts";

export type TendTools = {
	readonly name: string;
	readonly driver: PrinterDriver;
	readonly deadlines: Pick<PrinterSettings["deadlines"], "statusMs">;
	readonly statusEveryMs: number;
	readonly watch: Watch;
	readonly owed: Owed;
	readonly clock: Clock;
	readonly log: Log;
};

/** How the channels of one printer are talked over and looked after. */
export type Tending = {
	/** Begins a talk in which whatever the printer tells unasked goes to the watch. */
	begin(port: Port): Conversation;
	/** Asks how the printer is and once what it is, and has it tell its changes. */
	greet(talk: Conversation): Promise<void>;
	/** What it said that it is, once it was asked. */
	identity(): PrinterIdentity | undefined;
	/** Knows how it is until `end`. */
	attend(talk: Conversation, end: AbortSignal): Promise<void>;
};

export function tending({
	name,
	driver,
	deadlines,
	statusEveryMs,
	watch,
	owed,
	clock,
	log,
}: TendTools): Tending {
	const { statusMs } = deadlines;
	const telling = new WeakSet<Conversation>();
	let isKnown = false;
	let identity: PrinterIdentity | undefined;
	return {
		identity: () => identity,
		begin: (port) => {
			const unasked = (report: PrinterReply) => {
				const conditions = driver.changed(report);
				if (conditions === undefined) return;
				telling.add(talk);
				watch.tell(readable(conditions));
			};
			const talk = converse(port, { listen: driver.listen(), owed, unasked, clock });
			return talk;
		},
		greet: async (talk) => {
			await look(talk, driver, statusMs, watch);
			await talk.send(driver.announceChanges, statusMs);
			// One that has stopped would answer when it goes on, in the middle of something else.
			const { state } = watch.now();
			if (isKnown || state !== "readable" || stopIn(watch.now()) !== undefined) return;
			isKnown = true;
			identity = await talk.ask(driver.identity(), statusMs, "by-turn");
			if (identity !== undefined) hint(name, driver, identity, log);
			else await settleDebts(talk, { driver, deadlines, watch, owed, clock });
		},
		attend: (talk, end) =>
			attend(talk, () => telling.has(talk), { driver, statusMs, statusEveryMs, watch, clock }, end),
	};
}
