import { expect, test } from "vitest";
import { Pauses } from "../../src/counter/pauses.ts";
import { FaultError } from "../../src/model/fault.ts";
import { standAtCounter } from "./counter-kit.ts";

function comes() {
	const gone = new AbortController();
	return { gone: gone.signal, leave: () => gone.abort() };
}

const statesOf = ({ journal }: ReturnType<typeof standAtCounter>) =>
	journal.events.since(0, 20).map(({ type, body }) => `${type} ${body.scanner} ${body.state}`);

test("a pause keeps codes out, switches the scanner off and is an event; so is its end", () => {
	const counter = standAtCounter();
	const { pauses, quiet, told } = counter;
	pauses.pause(["front"], comes());
	pauses.pause(["front"], comes());
	expect(quiet.keptOut("front")).toBe("scanner-paused");
	expect(pauses.all()).toEqual(["front"]);
	pauses.resume(["front", "back"]);
	expect(quiet.keptOut("front")).toBeUndefined();
	expect(told).toEqual(["front: disable", "front: enable"]);
	expect(statesOf(counter)).toEqual(["device front paused", "device front resumed"]);
});

test("scanners go on when the one that paused them is gone", () => {
	const counter = standAtCounter();
	const { pauses, told } = counter;
	const [one, other] = [comes(), comes()];
	pauses.pause(["front", "back"], one);
	pauses.pause(["back"], other);
	one.leave();
	expect(pauses.all()).toEqual(["back"]);
	expect(statesOf(counter).slice(2)).toEqual(["device front resumed"]);
	other.leave();
	expect(pauses.all()).toEqual([]);
	expect(told).toEqual(["front: disable", "back: disable", "front: enable", "back: enable"]);
});

test("who is gone already pauses nothing", () => {
	const { pauses } = standAtCounter();
	const one = comes();
	one.leave();
	pauses.pause(["front"], one);
	expect(pauses.all()).toEqual([]);
});

test("a scanner that comes back while it is paused is switched off again", () => {
	const { pauses, told } = standAtCounter();
	pauses.pause(["front"], comes());
	pauses.back("front");
	expect(told).toEqual(["front: disable", "front: disable"]);
});

test("a scanner is switched on when it is first there, for an earlier run may have left it off, and not each time", async () => {
	const { pauses, told } = standAtCounter();
	pauses.back("front");
	await Promise.resolve();
	await Promise.resolve();
	pauses.back("front");
	expect(told).toEqual(["front: enable"]);
});

test("a scanner that could not be told to go on is told when it is back", async () => {
	const counter = standAtCounter({ canBeTold: new Error("unplugged") });
	const { pauses, told } = counter;
	pauses.pause(["front"], comes());
	pauses.resume(["front"]);
	await new Promise(setImmediate);
	pauses.back("front");
	expect(told).toEqual(["front: disable", "front: enable", "front: enable"]);
	expect(counter.logged).toContain("the scanner was not told");
});

test("a journal that fails while a program vanishes breaks nothing else: the scanners go on", () => {
	const { journal, quiet, logged } = standAtCounter();
	const write = (_: object, words: string) => void logged.push(words);
	const log = { trace: write, debug: write, info: write, warn: write, error: write };
	let isBroken = false;
	const announce: typeof journal.events.announce = (...event) => {
		if (isBroken) throw new FaultError("journal-failed");
		return journal.events.announce(...event);
	};
	const broken = { ...journal, events: { ...journal.events, announce } };
	const one = comes();
	const pauses = new Pauses({ settings: { scanners: [] }, journal: broken, log } as never, quiet);
	pauses.pause(["front"], one);
	isBroken = true;
	one.leave();
	expect(quiet.keptOut("front")).toBeUndefined();
	expect(logged).toContain("nobody was told that the scanners go on");
});
