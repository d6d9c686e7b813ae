import { beforeEach, expect, test } from "vitest";
import { Tally } from "../../src/pay/tally.ts";

let now = 0;
let lines: [message: string, facts: object][] = [];
const warn = (facts: object, message: string) => lines.push([message, facts]);
const log = { trace: warn, debug: warn, info: warn, warn, error: warn };
const clock = { now: () => now, sleep: () => Promise.resolve() };
const tally = () => new Tally<"knock" | "shout">(log, clock, 60_000);

beforeEach(() => {
	now = 1_000_000;
	lines = [];
});

test("the first of a kind is told at once, the others with the next line", () => {
	const noise = tally();
	for (let index = 0; index < 1_000; index += 1) noise.count("knock", { index });
	expect(lines).toEqual([["knock", { index: 0 }]]);
	now += 60_000;
	noise.count("knock", { index: 1_000 });
	expect(lines.slice(1)).toEqual([["knock", { index: 1_000, unsaid: 999 }]]);
});

test("each kind is told by itself", () => {
	const noise = tally();
	noise.count("knock");
	noise.count("shout");
	expect(lines).toEqual([
		["knock", {}],
		["shout", {}],
	]);
});

test("a clock that is set back does not silence it", () => {
	const noise = tally();
	noise.count("knock");
	now -= 3_600_000;
	noise.count("knock");
	expect(lines).toHaveLength(2);
});

test("what is unsaid at the end is said then", () => {
	const noise = tally();
	noise.count("knock");
	noise.count("knock");
	noise.count("knock");
	noise.count("shout");
	noise.close();
	expect(lines.slice(2)).toEqual([["knock", { unsaid: 2 }]]);
});
