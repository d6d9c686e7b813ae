import { printerDrivers } from "../../drivers/index.ts";
import type { Clock } from "../../src/model/clock.ts";
import type { Port } from "../../src/model/device.ts";
import { openPrinter } from "../../src/print/printer.ts";
import { guardedJournal } from "./guarded-journal.ts";
import { Mortal } from "./mortal.ts";
import { SimPrinter } from "./paper.ts";
import { type PrintBooks, printBooks } from "./print-books.ts";
import { offsetsOf, PrintBudget } from "./print-budget.ts";
import { log, openDeskJournal, openPrintDesk, settings } from "./print-desk.ts";
import { WorldTime } from "./world-time.ts";

/** Ms of the world's time that a life may take. */
const lifeMs = 600_000;

const begunAt = Date.UTC(2026, 2, 1, 9);

/**
 * Lives one life of a till after the other: each goes on with what the last one left, wants one more print, and dies
 * when so many bytes have reached the printer: one more each time, until a life survives its print. No byte follows,
 * no commit, nothing.
 * @param lives at most so many.
 * @returns what journal and paper say at the end, and how many bytes the life sent that nothing ended.
 */
export async function dieAtEveryByte(
	folder: string,
	step = 1,
): Promise<PrintBooks & { readonly bytes: number; readonly deaths: number }> {
	const time = new WorldTime();
	const printer = new SimPrinter("epson-tm-t20iii", time, () => undefined);
	const bytes = await live(folder, "0000", Number.POSITIVE_INFINITY, printer, time);
	let deaths = 0;
	for (const offset of offsetsOf(bytes, step)) {
		deaths += 1;
		await live(folder, String(deaths).padStart(4, "0"), offset, printer, time);
	}
	await live(folder, "9999", Number.POSITIVE_INFINITY, printer, time);
	const paper = printer.paper.join("|");
	return { ...printBooks(folder, (text) => paper.split(text).length - 1), bytes, deaths };
}

/** @returns how many bytes have reached the printer. */
async function live(
	folder: string,
	name: string,
	bytesToLive: number,
	printer: SimPrinter,
	time: WorldTime,
): Promise<number> {
	const run = new Mortal(() => false);
	const clock = clockOf(run, time);
	const journal = openDeskJournal(folder, clock);
	const [facts] = settings.printers;
	const driver = facts && printerDrivers[facts.driver];
	if (facts === undefined || driver === undefined)
		throw new TypeError("the shipped settings have no printer");
	const budget = new PrintBudget(bytesToLive);
	const open = async () => lethal(await printer.open(), run, budget);
	const opened = openPrinter(facts, driver, { open }, { clock, log });
	const printers = {
		all: [opened],
		find: (wanted: string) => (wanted === opened.name ? opened : undefined),
		close: async () => undefined,
	};
	const guarded = guardedJournal(journal, run, () => false);
	const desk = openPrintDesk(guarded, printers, clock, (error) => run.end(String(error)));
	desk.open();
	desk.print(name);
	const isOver = await time.until(() => run.dead || desk.isQuiet(), lifeMs);
	run.end("the life is over");
	journal.close();
	if (!isOver) throw new RangeError(`life ${name} neither ended nor printed`);
	return budget.passed;
}

/** The run ends in the middle of a write, when the printer has what was left for it. */
function lethal(port: Port, run: Mortal, budget: PrintBudget): Port {
	return {
		...port,
		write: async (bytes) => {
			const left = budget.take(bytes);
			await run.wait("write", async () => {
				if (left > 0) await port.write(bytes.subarray(0, left));
				if (left < bytes.length) run.end(`after ${left} bytes of a write`);
			});
		},
	};
}

function clockOf(run: Mortal, time: WorldTime): Clock {
	return {
		now: () => begunAt + Math.floor(time.now),
		sleep: (ms, signal) =>
			run.wait("wait", () => {
				const { promise, resolve, reject } = Promise.withResolvers<void>();
				if (signal?.aborted) reject(signal.reason);
				const takeBack = time.after(ms, resolve);
				signal?.addEventListener("abort", () => {
					takeBack();
					reject(signal.reason);
				});
				return promise;
			}),
	};
}
