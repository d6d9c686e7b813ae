import { pino, stdSerializers, stdTimeFunctions } from "pino";
import type { Log } from "./model/log.ts";
import type { LogLevel } from "./model/settings/settings.ts";

/**
 * Names under which nothing is ever written. The second lock: a secret is a `Secret` and hides itself,
 * these catch one that was taken out of it. The wire's spellings are among them.
 */
const hiddenNames: ReadonlySet<string> = new Set([
	"password",
	"key",
	"token",
	"cardSession",
	"cardsession",
	"cardNumber",
	"loyaltyId",
	"authorization",
	"Authorization",
	"fullBarcode",
	"cashFingerPrint",
]);

/** Nothing that is logged on purpose lies deeper, and what refers to itself ends here. */
const mostDepth = 16;

type Destination = { write(line: string): void };

/** The log: one JSON object per line, on the standard output unless told otherwise. */
export function openLog(level: LogLevel, to: Destination = standardOutput()): Log {
	return pino(
		{
			level,
			base: null,
			timestamp: stdTimeFunctions.isoTime,
			formatters: {
				level: (label) => ({ level: label }),
				// pino's own `redact` knows a name at one depth per path: at four depths it took most of a line's time.
				log: (facts) => withoutHidden(facts, mostDepth) as Record<string, unknown>,
			},
		},
		to,
	);
}

/**
 * The standard output, without waiting for whoever reads it. What is logged in one turn leaves after it, as one write:
 * that takes as long as to make a line. What is logged in the last turn of the process leaves at its end.
 */
function standardOutput(): Destination {
	let lines = "";
	const leave = () => {
		if (lines !== "") out.write(lines);
		lines = "";
	};
	// Heard before pino, which then lets go of what has been handed over.
	process.once("exit", leave);
	const out = pino.destination(1);
	return {
		write: (line) => {
			if (lines === "") setImmediate(leave);
			lines += line;
		},
	};
}

/** A copy in which nothing stands under a hidden name. What writes itself (`toJSON`) hides itself. */
function withoutHidden(value: unknown, depth: number): unknown {
	if (value instanceof Error) return withoutHidden({ ...stdSerializers.err(value) }, depth);
	if (typeof value !== "object" || value === null || isWhole(value)) return value;
	if (depth === 0) return "[deep]";
	if (Array.isArray(value)) return value.map((one) => withoutHidden(one, depth - 1));
	const copy: Record<string, unknown> = {};
	for (const name of Object.keys(value)) {
		const inner = (value as Record<string, unknown>)[name];
		copy[name] = hiddenNames.has(name) ? "[hidden]" : withoutHidden(inner, depth - 1);
	}
	return copy;
}

function isWhole(value: object): boolean {
	return ArrayBuffer.isView(value) || "toJSON" in value;
}
