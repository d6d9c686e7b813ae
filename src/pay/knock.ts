import type { Clock } from "../model/clock.ts";
import type { Log } from "../model/log.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";
import { wordsOf } from "./connection.ts";
import { withDeadlines } from "./deadlines.ts";
import type { Exchanged } from "./exchange.ts";
import type { Lines } from "./lines.ts";

/**
 * Knocks at the server over each connection that is free; any answer will do. The log hears of the first knock
 * in vain and of the first one answered again.
 * @returns whether the server answered; as before when all connections were in use.
 */
export function knocker(
	lines: Pick<Lines, "everyInTurn">,
	settings: PayApiSettings,
	log: Log,
	clock: Clock,
): (signal: AbortSignal) => Promise<boolean> {
	const { deadlines, mostAnswerBytes, warm } = settings;
	// Nothing in it tells who knocks.
	const request = { method: "HEAD", path: warm.path, headers: {} } as const;
	let answers = true;

	const tell = (last: Exchanged, signal: AbortSignal) => {
		const answered = last.kind === "whole";
		if (!answered && answers && !signal.aborted) {
			log.warn({ detail: wordsOf(last.error) }, "the Pay API does not answer");
		}
		if (answered && !answers) log.info({}, "the Pay API answers again");
		answers = answered;
	};

	return async (signal) => {
		await lines.everyInTurn(async (transport) => {
			const exchanged = await withDeadlines(deadlines, clock, [signal], (limit, startBy) =>
				transport(request, mostAnswerBytes, limit, startBy),
			);
			tell(exchanged, signal);
			return exchanged.kind === "whole";
		});
		return answers;
	};
}
