import { expect, test } from "vitest";
import { dayOf, momentOf, periodOf } from "../../src/cli/report-period.ts";

/** Where the till stands. */
const local = (year: number, month: number, day: number, hour = 0, minute = 0) =>
	new Date(year, month, day, hour, minute).getTime();
const now = local(2026, 10, 28, 18, 42);

test("without a time it is today, since local midnight", () => {
	expect(periodOf({}, now)).toEqual({ from: local(2026, 10, 28), to: now });
});

test("a day is whole, from midnight to midnight", () => {
	const day = { from: local(2024, 1, 29), to: local(2024, 2, 1) };
	expect(periodOf({ day: dayOf("2024-02-29") }, now)).toEqual(day);
});

test("a day at the end is in the report, and a moment is not", () => {
	const from = momentOf("2026-11-01");
	expect(periodOf({ from, to: momentOf("2026-11-30") }, now)).toEqual({
		from: local(2026, 10, 1),
		to: local(2026, 11, 1),
	});
	expect(periodOf({ from, to: momentOf("2026-11-30T18:30") }, now).to).toBe(local(2026, 10, 30, 18, 30));
	expect(periodOf({ from }, now).to).toBe(now);
});

test("without a beginning it begins with the day in which it ends", () => {
	expect(periodOf({ to: momentOf("2026-11-05 12:00") }, now).from).toBe(local(2026, 10, 5));
	expect(periodOf({ to: momentOf("2026-11-05") }, now)).toEqual({
		from: local(2026, 10, 5),
		to: local(2026, 10, 6),
	});
});

test("a moment is the till's own unless it says where", () => {
	expect(momentOf("2026-11-28T18:30:15.250").at).toBe(local(2026, 10, 28, 18, 30) + 15_250);
	expect(momentOf("2026-11-28T18:30+03:00").at).toBe(Date.parse("2026-11-28T15:30:00Z"));
	expect(momentOf("2026-11-28 18:30:00Z").at).toBe(Date.parse("2026-11-28T18:30:00Z"));
});

test.each([
	"",
	"today",
	"2026-02-30",
	"2025-02-29",
	"2026-13-01",
	"28.11.2026",
	"2026-11-28T",
	"2026-02-30T10:00",
])("%j is no time", (given) => {
	expect(() => momentOf(given)).toThrow(/^Expected a day/);
});

test.each(["2026-11-28T24:00", "2026-11-28T18:60", "2026-11-28T18:30+99:00", "2026-11-28T18:30 ", "1"])(
	"%j is no moment",
	(given) => {
		expect(() => momentOf(given)).toThrow(/^Expected a day/);
	},
);

test("a day has no time in it", () => {
	expect(() => dayOf("2026-11-28T10:00")).toThrow("Expected a day, such as");
});
