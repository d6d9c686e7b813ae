import type { SymbolKind } from "../model/block.ts";
import type { Clock } from "../model/clock.ts";
import type { CheckResult } from "../model/self-test.ts";
import { type Check, type CheckDesk, type PosLine, skipped } from "./check.ts";
import type { Ear } from "./ear.ts";
import { type PaymentFacts, paymentChecks } from "./paying.ts";
import { passwordCheck, readChecks } from "./reading.ts";
import { resultCheck } from "./result.ts";
import { lookCheck, sheetCheck } from "./sheet.ts";

/** What the closed loop is made with: printer, paper, scanner, password, server, journal, printer. */
export type Loop = {
	readonly line: PosLine;
	readonly ear: Ear;
	readonly scanners: readonly string[];
	readonly printers: readonly string[];
	/** How long the technician has for one thing, ms. */
	readonly stepMs: number;
	/** What a sheet of this printer carries, symbology by symbology. */
	readonly carries: (printer: string, symbol: SymbolKind) => "card" | "sample" | "nothing";
	/** How an event shows the number of a test card. */
	readonly maskedNumber: string;
	/** Wall-clock ms when the passwords of the newest sheet run out. */
	readonly passwordsUntil: () => number;
	readonly payment: PaymentFacts;
	/** Queues the result as a print; resolves to the print's number. */
	readonly printResult: (results: readonly CheckResult[], printer: string) => Promise<number>;
	readonly newKey: () => string;
	readonly clock: Clock;
	/** What was read on the way. */
	readonly reads: LoopReads;
};

/** What the scanners have read of the sheets. */
type LoopReads = {
	/** The newest card that can pay. */
	payable: string | undefined;
	good: number;
	/** Why the others cannot pay, and when they were read. */
	readonly refused: { readonly fault: string; readonly at: number }[];
};

/**
 * The closed loop. Each printer prints a sheet; all scanners read the first printer's, and the first scanner reads the
 * others', so that every printer's codes and every scanner's eyes are proved.
 */
export function loopChecks(loop: Loop): readonly Check[] {
	const [first, ...others] = loop.printers;
	if (first === undefined) return [without("sheet", "no-printer")];
	const [reader, ...more] = loop.scanners;
	const firstSheet = [
		sheetCheck(first, loop),
		...(reader === undefined ? [without("read", "no-scanner")] : readChecks(reader, first, loop)),
		passwordCheck(first, loop),
		...paymentChecks(first, loop),
		lookCheck(first, loop),
	];
	return [
		...firstSheet,
		...more.flatMap((scanner) => readChecks(scanner, first, loop)),
		...others.flatMap((printer) => [
			sheetCheck(printer, loop),
			...(reader === undefined ? [] : readChecks(reader, printer, loop)),
			lookCheck(printer, loop),
		]),
		resultCheck(first, loop),
	];
}

function without(name: "sheet" | "read", why: "no-printer" | "no-scanner"): Check {
	const run = async (_: CheckDesk) => skipped(why);
	return {
		name,
		kind: "interactive",
		title: { code: name, facts: { device: "-", scanner: "-", symbol: "-" } },
		needs: [],
		mostMs: 1_000,
		run,
	};
}
