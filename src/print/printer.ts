import type { Observable } from "rxjs";
import type { Block } from "../model/block.ts";
import type { Clock } from "../model/clock.ts";
import type { Port } from "../model/device.ts";
import type { Log } from "../model/log.ts";
import type { PrintVerdict } from "../model/print.ts";
import type { PrinterIdentity, PrinterStatus } from "../model/printer.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";
import type { PrinterSettings } from "../model/settings/devices.ts";
import { blockChannel } from "./block-channel.ts";
import { within } from "./deadline.ts";
import { openEnd } from "./end.ts";
import { type KeptWay, keptChannel } from "./kept-channel.ts";
import { oneByOne } from "./one-by-one.ts";
import type { Press, PrintHooks } from "./press.ts";
import { printBlock } from "./print-block.ts";
import { processIds } from "./process-ids.ts";
import { tending } from "./tending.ts";
import { openWatch } from "./watch.ts";

export type { PrintHooks };

/** A printer, whatever becomes of the channel to it. */
export type Printer = {
	readonly name: string;
	/** Its model as the settings tune it. */
	readonly driver: PrinterDriver;
	/** What is known of it now. */
	status(): PrinterStatus;
	/** What it said that it is (GS I), as far as it was asked and says so; undefined otherwise. */
	identity(): PrinterIdentity | undefined;
	/** What is known of it now, and every change of that. */
	readonly status$: Observable<PrinterStatus>;
	/**
	 * Brings a block onto paper once, after all that were given before, whatever became of those; see `printBlock`.
	 * Never rejects and never retries.
	 */
	print(block: Block, hooks: PrintHooks): Promise<PrintVerdict>;
	/**
	 * Begins no more blocks, gives the one under way a moment, and ends the channel. What has not begun by then is
	 * `not-printed` as `print-interrupted`, what has begun `unknown` as the same.
	 */
	close(): Promise<void>;
};

export type PrinterFacts = Pick<PrinterSettings, "name" | "statusEveryMs" | "deadlines">;

/** A channel that is kept open, or one that each block opens for itself; both open within `connectMs`. */
export type Way = KeptWay | { readonly open: () => Promise<Port> };

type PrinterTools = { readonly clock: Clock; readonly log: Log };

/** How long `close` waits for the block under way, and as long again for the channel to close, ms. */
const graceMs = 1_500;

export function openPrinter(
	facts: PrinterFacts,
	driver: PrinterDriver,
	way: Way,
	tools: PrinterTools,
): Printer {
	const { name } = facts;
	const { clock, log } = tools;
	const { press, identity } = openPress(facts, driver, way, tools);
	const { watch } = press;
	const nextId = processIds(clock.now);
	const end = openEnd();
	const inOrder = oneByOne();

	const next = (block: Block, hooks: PrintHooks) => {
		const unmapped = driver.unmapped(block);
		if (unmapped > 0) log.warn({ printer: name, unmapped }, "characters that the printer lacks become ?");
		return end.guard(hooks, (guarded) => printBlock(block, nextId(), guarded, press));
	};
	const close = async () => {
		end.beginNothing();
		const idle = inOrder(async () => undefined);
		await within(graceMs, clock, idle);
		end.cutOff();
		await press.channel.close();
		watch.close();
	};
	return {
		name,
		driver,
		status: watch.now,
		identity,
		status$: watch.status$,
		print: (block, hooks) => inOrder(() => next(block, hooks)),
		close,
	};
}

function openPress(
	{ name, statusEveryMs, deadlines }: PrinterFacts,
	driver: PrinterDriver,
	way: Way,
	{ clock, log }: PrinterTools,
): { readonly press: Press; readonly identity: Printer["identity"] } {
	const watch = openWatch();
	const owed = { count: 0 };
	const tended = tending({ name, driver, deadlines, statusEveryMs, watch, owed, clock, log });
	const tools = {
		...tended,
		watch,
		connectMs: deadlines.connectMs,
		closeMs: graceMs,
		clock,
	};
	const channel = "open" in way ? blockChannel(way.open, tools) : keptChannel(way, tools);
	return { press: { driver, deadlines, channel, watch, owed, clock }, identity: tended.identity };
}
