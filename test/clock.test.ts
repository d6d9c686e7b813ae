import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../src/clock.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
afterEach(() => void vi.useRealTimers());

test("a sleep ends after its time, and the clock has moved on by as much", async () => {
	const slept = systemClock.sleep(500);
	await vi.advanceTimersByTimeAsync(500);
	await expect(slept).resolves.toBeUndefined();
	expect(systemClock.now()).toBe(1_500);
});

test("an abort ends a sleep with its reason, and leaves no timer behind", async () => {
	const end = new AbortController();
	const slept = systemClock.sleep(500, end.signal);
	end.abort("enough");
	await expect(slept).rejects.toBe("enough");
	expect(vi.getTimerCount()).toBe(0);
});

test("a sleep under a signal that has aborted never begins", async () => {
	await expect(systemClock.sleep(500, AbortSignal.abort("too late"))).rejects.toBe("too late");
	expect(vi.getTimerCount()).toBe(0);
});
