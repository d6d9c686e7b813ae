import type { Clock } from "../model/clock.ts";
import type { Transport } from "./exchange.ts";

/** Hears the server's time, when the request was handed to its connection, and when the answer was whole. */
export type SawDate = (serverDate: number, sentAt: number, receivedAt: number) => void;

/** The same transport, which tells the `Date` of each answer that has one; all times in ms since 1970. */
export function tellingDates(transport: Transport, clock: Clock, sawDate: SawDate): Transport {
	return async (...asked) => {
		const sentAt = clock.now();
		const exchanged = await transport(...asked);
		if (exchanged.kind === "broken") return exchanged;
		const { date, age } = exchanged.answer.headers;
		const serverDate = readHttpDate(date);
		// An answer with an age comes from a cache, and its date is of the day when it was put there.
		if (serverDate !== undefined && age === undefined) sawDate(serverDate, sentAt, clock.now());
		return exchanged;
	};
}

/**
 * Reads a date of an HTTP header, as in `Date` and `Retry-After`.
 * @returns ms since 1970, in whole seconds; undefined for anything but the one form that may be sent
 * (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110, 5.6.7).
 */
export function readHttpDate(written: unknown): number | undefined {
	if (typeof written !== "string" || written.length !== 29) return undefined;
	const ms = Date.parse(written);
	// A day that there is not, or the wrong day of the week, comes out written differently.
	return !Number.isNaN(ms) && new Date(ms).toUTCString() === written ? ms : undefined;
}
