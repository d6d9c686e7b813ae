import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { Strangers } from "../../src/pos/strangers.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
	const ends: string[] = [];
	const strangers = new Strangers({ mostStrangers: 2, authMs: 5_000 }, systemClock);
	return { ends, add: (name: string) => strangers.add((why) => void ends.push(`${name}: ${why}`)) };
}

test("a stranger is sent away when his time is over, and not before", async () => {
	const { ends, add } = open();
	add("a");
	await vi.advanceTimersByTimeAsync(4_999);
	expect(ends).toEqual([]);
	await vi.advanceTimersByTimeAsync(1);
	expect(ends).toEqual(["a: no token within 5000 ms"]);
});

test("who is none any longer is left alone, and leaves no timer behind", async () => {
	const { ends, add } = open();
	add("a")();
	expect(vi.getTimerCount()).toBe(0);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(ends).toEqual([]);
});

test("one too many sends away the one that has waited longest, once", async () => {
	const { ends, add } = open();
	const leave = add("a");
	add("b");
	leave();
	add("c");
	expect(ends).toEqual([]);
	add("d");
	expect(ends).toEqual(["b: more than 2 connections have said no token"]);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(ends.slice(1)).toEqual(["c: no token within 5000 ms", "d: no token within 5000 ms"]);
});
