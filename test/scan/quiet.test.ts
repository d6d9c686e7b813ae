import { expect, test } from "vitest";
import { openQuiet } from "../../src/scan/quiet.ts";

const [one, other] = [{}, {}];
const idle = () => false;

test("nothing is kept out while nothing is paused and no payment runs", () => {
	const quiet = openQuiet(idle);
	expect(quiet.keptOut("front")).toBeUndefined();
	expect(quiet.isPaused("front")).toBe(false);
});

test("while a payment runs every code is kept out, and a paused scanner's for its own reason", () => {
	let paying = true;
	const quiet = openQuiet(() => paying);
	quiet.pause(["side"], one);
	expect([quiet.keptOut("front"), quiet.keptOut("side")]).toEqual(["scan-while-paying", "scanner-paused"]);
	paying = false;
	expect([quiet.keptOut("front"), quiet.keptOut("side")]).toEqual([undefined, "scanner-paused"]);
});

test("a pause tells which scanners it changed, and its end ends it whoever asks", () => {
	const quiet = openQuiet(idle);
	expect(quiet.pause(["front", "side"], one)).toEqual(["front", "side"]);
	expect(quiet.pause(["front"], other)).toEqual([]);
	expect(quiet.resume(["front", "never"])).toEqual(["front"]);
	expect(quiet.resume(["front"])).toEqual([]);
	expect([quiet.isPaused("front"), quiet.isPaused("side")]).toEqual([false, true]);
});

test("who is gone leaves no scanner paused but those that another one has paused too", () => {
	const quiet = openQuiet(idle);
	quiet.pause(["front", "side"], one);
	quiet.pause(["side"], other);
	expect(quiet.release(one)).toEqual(["front"]);
	expect(quiet.release(one)).toEqual([]);
	expect(quiet.keptOut("side")).toBe("scanner-paused");
	expect(quiet.release(other)).toEqual(["side"]);
	expect(quiet.keptOut("side")).toBeUndefined();
});

test("who is gone after somebody else has ended the pause ends nobody's", () => {
	const quiet = openQuiet(idle);
	quiet.pause(["front"], one);
	quiet.resume(["front"]);
	quiet.pause(["front"], other);
	expect(quiet.release(one)).toEqual([]);
	expect(quiet.isPaused("front")).toBe(true);
});

test("a payment keeps out the codes of its own till's scanners alone", () => {
	const quiet = openQuiet((scanner) => scanner === "front");
	expect([quiet.keptOut("front"), quiet.keptOut("side")]).toEqual(["scan-while-paying", undefined]);
});
