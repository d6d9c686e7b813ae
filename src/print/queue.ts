import type { Block } from "../model/block.ts";
import type { Clock } from "../model/clock.ts";
import type { Log } from "../model/log.ts";
import type { PrintVerdict } from "../model/print.ts";
import { type PrinterAccess, printBlock } from "./printer.ts";

/** The one way to a printer: most take a single connection, and a barrier answers for one block at a time. */
export type PrintQueue = {
	/** Prints after everything that was given before, whatever became of it; see `printBlock`. */
	print(block: Block, begun: () => void): Promise<PrintVerdict>;
};

/** Keeps the order of one printer's blocks, and gives each a process id of its own. */
export function printQueue(printer: PrinterAccess, clock: Clock, log: Log): PrintQueue {
	// Begins elsewhere after each start, so that a late echo from before is not taken for a new one.
	let count = Math.trunc(clock.now() / 1_000);
	let last: Promise<unknown> = Promise.resolve();

	const next = (block: Block, begun: () => void) => {
		const unmapped = printer.driver.unmapped(block);
		if (unmapped > 0) {
			log.warn({ driver: printer.driver.id, unmapped }, "characters that the printer lacks become ?");
		}
		count += 1;
		return printBlock(block, printer, processIdOf(count), begun, clock);
	};
	return {
		print: (block, begun) => {
			const verdict = last.then(() => next(block, begun));
			last = verdict;
			return verdict;
		},
	};
}

/** Four characters that come again only after 36 ** 4 = 1 679 616 blocks. */
function processIdOf(count: number): string {
	return (count % 36 ** 4).toString(36).padStart(4, "0");
}
