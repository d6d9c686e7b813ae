import { InvalidArgumentError } from "commander";
import type { ShiftName } from "../model/shift-report.ts";

/** A point in time as a person writes it; `at` is wall-clock ms. */
export type Moment = {
	readonly at: number;
	/** Of a day without a time: the midnight after it. */
	readonly dayEnd?: number;
};

type Wanted = { readonly from?: Moment; readonly to?: Moment; readonly day?: Moment };

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern =
	/^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)$/;

/**
 * Reads a day, such as `2026-11-28`, where the till stands.
 * @throws {InvalidArgumentError} when there is no such day.
 */
export function dayOf(given: string): Required<Moment> {
	const [, year, month, day] = (dayPattern.exec(given) ?? []).map(Number);
	if (year !== undefined && month !== undefined && day !== undefined) {
		const start = new Date(year, month - 1, day);
		const exists = start.getMonth() === month - 1 && start.getDate() === day;
		if (exists) return { at: start.getTime(), dayEnd: new Date(year, month - 1, day + 1).getTime() };
	}
	throw new InvalidArgumentError("Expected a day, such as 2026-11-28.");
}

/**
 * Reads a day, or a time such as `2026-11-28T18:30` or `2026-11-28T18:30:00+03:00`: of the till's own zone where it
 * names none.
 * @throws {InvalidArgumentError} when it is neither.
 */
export function momentOf(given: string): Moment {
	if (dayPattern.test(given)) return dayOf(given);
	const [, day, time] = timePattern.exec(given) ?? [];
	if (day !== undefined && time !== undefined) {
		dayOf(day);
		const at = Date.parse(`${day}T${time}`);
		if (!Number.isNaN(at)) return { at };
	}
	throw new InvalidArgumentError("Expected a day or a time, such as 2026-11-28 or 2026-11-28T18:30.");
}

/**
 * Reads which shift is meant.
 * @throws {InvalidArgumentError} when it is neither a number nor `current` or `last`.
 */
export function shiftOf(given: string): ShiftName {
	if (given === "current" || given === "last") return given;
	if (/^[1-9]\d{0,14}$/.test(given)) return Number(given);
	throw new InvalidArgumentError("Expected the number of a shift, current or last.");
}

/**
 * The time that a report is about, wall-clock ms, `to` exclusive. A day at the end is still in it. Without a beginning it
 * begins with the day in which it ends, and without an end it ends now.
 */
export function periodOf({ from, to, day }: Wanted, now: number): { from: number; to: number } {
	if (day !== undefined) return { from: day.at, to: day.dayEnd ?? day.at };
	const end = to?.dayEnd ?? to?.at ?? now;
	return { from: from?.at ?? new Date(to?.at ?? now).setHours(0, 0, 0, 0), to: end };
}
