import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { Heartbeat } from "../../src/pos/heartbeat.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A heart that beats every second; what it does is written down with the time since its start, ms. */
function beating(hears = () => true) {
	const start = Date.now();
	const deeds: string[] = [];
	const heart = new Heartbeat(1_000, systemClock, {
		beat: () => {
			deeds.push(`beat ${Date.now() - start}`);
			heart.said();
		},
		cutOff: () => {
			deeds.push(`cut off ${Date.now() - start}`);
			heart.stop();
		},
		hears,
	});
	return { heart, deeds };
}

test("it beats when nothing else is said for so long", async () => {
	const { heart, deeds } = beating();
	await vi.advanceTimersByTimeAsync(900);
	heart.said();
	await vi.advanceTimersByTimeAsync(100);
	expect(deeds).toEqual([]);
	await vi.advanceTimersByTimeAsync(900);
	expect(deeds).toEqual(["beat 1750"]);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(deeds).toEqual(["beat 1750", "beat 2750"]);
});

test("no silence of this side is longer than was promised", async () => {
	const { heart, deeds } = beating();
	for (let at = 0; at < 2_500; at += 130) {
		heart.said();
		heart.heard();
		await vi.advanceTimersByTimeAsync(130);
	}
	expect(deeds).toEqual([]);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(deeds).toHaveLength(1);
});

test("a client that says nothing is cut off after three beats, not before, and then it is over", async () => {
	const { deeds } = beating();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(deeds).toEqual(["beat 1000", "beat 2000", "beat 3000", "cut off 3250"]);
	expect(vi.getTimerCount()).toBe(0);
});

test("a word of the client begins the count anew", async () => {
	const { heart, deeds } = beating();
	await vi.advanceTimersByTimeAsync(2_900);
	heart.heard();
	await vi.advanceTimersByTimeAsync(3_000);
	expect(deeds.filter((deed) => deed.startsWith("cut"))).toEqual([]);
	await vi.advanceTimersByTimeAsync(250);
	expect(deeds.at(-1)).toBe("cut off 6000");
});

test("while it cannot be heard it is not called silent", async () => {
	let hears = false;
	const { deeds } = beating(() => hears);
	await vi.advanceTimersByTimeAsync(60_000);
	hears = true;
	await vi.advanceTimersByTimeAsync(3_250);
	expect(deeds.filter((deed) => deed.startsWith("cut"))).toEqual(["cut off 63250"]);
});

test("a clock that jumps, and a machine that slept, cut off nobody", async () => {
	const { deeds } = beating();
	vi.setSystemTime(Date.now() + 3_600_000);
	await vi.advanceTimersByTimeAsync(250);
	vi.setSystemTime(Date.now() - 7_200_000);
	await vi.advanceTimersByTimeAsync(250);
	expect(deeds).toEqual([]);
});
