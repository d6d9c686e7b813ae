import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockWatch } from "../src/clock-watch.ts";
import { keptLog } from "./scan/kept-log.ts";

const noon = 1_800_000_000_000;
const brand = { interval: 30, windowSteps: 1 };

/** A watch at a till whose clock is ahead by what the test says, and a server that answers. */
function watched(brands = [brand]) {
	const { log, lines } = keptLog();
	const watch = clockWatch(brands, log);
	/** An answer that the server made at `at` by its own clock, half of `tripMs` after the request left. */
	const answer = (skewMs: number, at = noon, tripMs = 0) => {
		const date = Math.floor(at / 1_000) * 1_000;
		watch.saw(date, at + skewMs - tripMs / 2, at + skewMs + tripMs / 2);
	};
	const told = () => lines.splice(0).map((line) => line.split(" {")[0]);
	return { watch, answer, told };
}

const right = "the till's clock agrees with the server's";
const doubtful = "the till's clock is wrong: set it, or honest cards will be refused";
const off = "the till's clock is so wrong that honest cards are refused: set it";

test("before any answer nothing is known and nothing is wrong", () => {
	const { watch, told } = watched();
	expect(watch.skewMs()).toBeUndefined();
	expect(watch.isOff()).toBe(false);
	expect(told()).toEqual([]);
});

test("the true skew is never outside of what is known, and is known to half a second and half a trip", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: -86_400_000, max: 86_400_000 }),
			fc.array(fc.record({ pause: fc.nat({ max: 3_600_000 }), trip: fc.nat({ max: 8_000 }) }), {
				minLength: 1,
			}),
			(skew, answers) => {
				const { watch, answer } = watched();
				let at = noon;
				for (const { pause, trip } of answers) {
					at += pause;
					answer(skew, at, trip);
				}
				const { trip = 0 } = answers.at(-1) ?? {};
				expect(Math.abs((watch.skewMs() ?? Number.NaN) - skew)).toBeLessThanOrEqual(501 + trip / 2);
			},
		),
	);
});

test("answers at different parts of a second narrow what is known", () => {
	const { watch, answer } = watched();
	for (let part = 0; part < 1_000; part += 50) answer(700, noon + part);
	expect(watch.skewMs()).toBeGreaterThan(670);
	expect(watch.skewMs()).toBeLessThan(730);
});

describe.each([1, -1])("a clock wrong by %i times", (sign) => {
	test.each([
		[14_000, [], false],
		[15_000, [], false],
		[16_100, [doubtful], false],
		[29_000, [doubtful], false],
		[31_100, [off], true],
		[86_400_000, [off], true],
	])("%i ms", (skew, lines, isOff) => {
		const { watch, answer, told } = watched();
		answer(sign * skew);
		expect(told()).toEqual(lines);
		expect(watch.isOff()).toBe(isOff);
	});
});

test("each change is told once", () => {
	const { answer, told } = watched();
	for (const skew of [0, 0, 20_000, 20_000, 60_000, 60_000, 20_000, 20_000, 0, 0]) answer(skew);
	expect(told()).toEqual([doubtful, off, doubtful, right]);
});

test("an answer that was long on its way proves nothing by itself", () => {
	const { watch, answer, told } = watched();
	answer(30_500, noon, 8_000);
	expect(watch.isOff()).toBe(false);
	expect(told()).toEqual([doubtful]);
});

test("a state is kept until the opposite is sure", () => {
	const { watch, answer, told } = watched();
	answer(60_000);
	answer(30_500, noon + 1_000, 8_000);
	expect(watch.isOff()).toBe(true);
	answer(14_000, noon + 2_000, 8_000);
	expect(watch.isOff()).toBe(false);
	answer(14_000, noon + 3_000, 0);
	expect(told()).toEqual([off, doubtful, right]);
});

test("what is known widens with age: a clock may drift by most of a second in an hour", () => {
	const { watch, answer } = watched();
	for (let part = 0; part < 1_000; part += 10) answer(0, noon + part);
	expect(watch.skewMs()).toBeCloseTo(0, -2);
	// By itself this answer says 0 to 1000.
	answer(500, noon + 3_600_500);
	expect(watch.skewMs()).toBeGreaterThan(300);
	expect(watch.skewMs()).toBeLessThan(400);
});

test("a clock that was set is believed at once", () => {
	const { watch, answer } = watched();
	for (let part = 0; part < 1_000; part += 50) answer(3_600_000, noon + part);
	answer(0, noon + 60_000);
	expect(Math.abs(watch.skewMs() ?? Number.NaN)).toBeLessThanOrEqual(1_000);
});

test("an answer without a date, or over which the clock was set back, tells nothing", () => {
	const { watch } = watched();
	watch.saw(Number.NaN, noon, noon);
	watch.saw(noon, noon, noon - 1);
	expect(watch.skewMs()).toBeUndefined();
});

test("the strictest brand decides, and one that accepts no neighbours is off at half a step", () => {
	const { watch, answer } = watched([
		{ interval: 60, windowSteps: 2 },
		{ interval: 60, windowSteps: 0 },
	]);
	answer(29_000);
	expect(watch.isOff()).toBe(false);
	answer(31_100);
	expect(watch.isOff()).toBe(true);
});
