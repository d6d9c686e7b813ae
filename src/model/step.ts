import type { Log } from "./log.ts";

/** What happens with an operation, in the log's words. */
export const stepNames = [
	"wish",
	"resumed",
	"call",
	"posted",
	"cancel-wanted",
	"outcome",
	"print-queued",
	"print-begun",
	"print-stopped",
	"print-passed-on",
	"print-judged",
	"print-resolved",
	"told",
] as const;

/** One step of an operation. Each line of a step has the same names for the same things; README lists them. */
export type StepFacts = {
	readonly step: (typeof stepNames)[number];
	/** What came of the step, in one word. */
	readonly outcome?: string;
	/** How long the step took, ms; never below 0, even when the till's clock was set back meanwhile. */
	readonly ms?: number;
	readonly [fact: string]: unknown;
};

/** A log whose every line has these facts, too. */
export function logAbout(log: Log, about: object): Log {
	const write =
		(level: keyof Log): Log[keyof Log] =>
		(facts, message) =>
			log[level]({ ...about, ...facts }, message);
	return {
		trace: write("trace"),
		debug: write("debug"),
		info: write("info"),
		warn: write("warn"),
		error: write("error"),
	};
}

/** Writes the line of a step; at `warn` when somebody should look. */
export function tellStep(log: Log, message: string, facts: StepFacts, level: "info" | "warn" = "info"): void {
	log[level](facts, message);
}

/** From one wall-clock moment to another, ms; 0 when the clock was set back meanwhile. */
export function msBetween(since: number, now: number): number {
	return Math.max(0, now - since);
}
