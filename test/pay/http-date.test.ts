import fc from "fast-check";
import { expect, test } from "vitest";
import type { Transport } from "../../src/pay/exchange.ts";
import { readHttpDate, type SawDate, tellingDates } from "../../src/pay/http-date.ts";

test("the date that may be sent is read", () => {
	expect(readHttpDate("Sun, 06 Nov 1994 08:49:37 GMT")).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
});

test.each([
	["the old form of RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT"],
	["the form of C", "Sun Nov  6 08:49:37 1994"],
	["another zone", "Sun, 06 Nov 1994 08:49:37 +03"],
	["ISO 8601", "1994-11-06T08:49:37Z"],
	["a day that there is not", "Wed, 31 Feb 2026 08:49:37 GMT"],
	["the wrong day of the week", "Mon, 06 Nov 1994 08:49:37 GMT"],
	["a leap second", "Sat, 31 Dec 2016 23:59:60 GMT"],
	["small letters", "sun, 06 nov 1994 08:49:37 gmt"],
	["something behind it", "Sun, 06 Nov 1994 08:49:37 GMT "],
	["nothing", ""],
	["no text", undefined],
	["two of them", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"]],
])("%s is no date", (_, written) => {
	expect(readHttpDate(written)).toBeUndefined();
});

test("every second is read as it is written", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (second) => {
			expect(readHttpDate(new Date(second * 1_000).toUTCString())).toBe(second * 1_000);
		}),
	);
});

test("whatever is written, it is a date as the server would write it, or none", () => {
	fc.assert(
		fc.property(fc.string(), (written) => {
			const ms = readHttpDate(written);
			expect(ms === undefined || new Date(ms).toUTCString() === written).toBe(true);
		}),
	);
});

const sunday = "Sun, 06 Nov 1994 08:49:37 GMT";

/** What is told of an answer that comes 40 ms after its request. */
async function toldOf(headers: Record<string, string>) {
	let now = 1_000;
	const told: Parameters<SawDate>[] = [];
	const transport: Transport = async () => {
		now += 40;
		return { kind: "whole", answer: { status: 500, headers, body: new Uint8Array() } };
	};
	const clock = { now: () => now, sleep: async () => undefined };
	const telling = tellingDates(transport, clock, (...dates) => void told.push(dates));
	const { signal } = new AbortController();
	const exchanged = await telling({ method: "HEAD", path: "/", headers: {} }, 1, signal, signal);
	expect(exchanged).toMatchObject({ kind: "whole", answer: { headers } });
	return told;
}

test("the server's date is told with the times around it, whatever else the answer says", async () => {
	expect(await toldOf({ date: sunday })).toEqual([[Date.UTC(1994, 10, 6, 8, 49, 37), 1_000, 1_040]]);
});

test("no date, no readable one, and that of an answer out of a cache are not told", async () => {
	expect(await toldOf({})).toEqual([]);
	expect(await toldOf({ date: "today" })).toEqual([]);
	expect(await toldOf({ date: sunday, age: "0" })).toEqual([]);
});
