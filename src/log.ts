import { pino, stdSerializers, stdTimeFunctions } from "pino";
import type { Log } from "./model/log.ts";
import type { LogLevel } from "./model/settings/settings.ts";

/**
 * Names under which nothing is ever written. The second lock: a secret is a `Secret` and hides itself,
 * these catch one that was taken out of it. The wire's spellings are among them.
 */
const hiddenNames = [
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
];

/** pino's wildcards match one depth each: the root and three below are listed. */
const depths = ["", "*.", "*.*.", "*.*.*."];

/** The log: one JSON object per line, on the standard output unless told otherwise. */
export function openLog(level: LogLevel, to: { write(line: string): void } = pino.destination(1)): Log {
	return pino(
		{
			level,
			base: null,
			timestamp: stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			serializers: { error: stdSerializers.err },
			redact: {
				paths: depths.flatMap((depth) => hiddenNames.map((name) => `${depth}${name}`)),
				censor: "[hidden]",
			},
		},
		to,
	);
}
