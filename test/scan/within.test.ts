import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { within } from "../../src/scan/within.ts";

const never = new AbortController().signal;
const late = () => "late";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

test("what comes in time comes through, good or bad", async () => {
	await expect(within(100, Promise.resolve(1), late, systemClock, never)).resolves.toBe(1);
	await expect(within(100, Promise.reject("bad"), late, systemClock, never)).rejects.toBe("bad");
});

test("what does not come is late after its time, and may fail later unheard", async () => {
	const promise = Promise.withResolvers<number>();
	const waited = within(100, promise.promise, late, systemClock, never);
	const judged = expect(waited).rejects.toBe("late");
	await vi.advanceTimersByTimeAsync(100);
	await judged;
	promise.reject("too late to matter");
});

test("an abort ends the wait with its reason, before it begins too", async () => {
	const stop = new AbortController();
	const forever = new Promise<number>(() => undefined);
	const waited = within(100, forever, late, systemClock, stop.signal);
	stop.abort("enough");
	await expect(waited).rejects.toBe("enough");
	await expect(within(100, forever, late, systemClock, stop.signal)).rejects.toBe("enough");
});

test("a signal that outlives many waits keeps nothing of them", async () => {
	const stop = new AbortController().signal;
	const promise = Promise.withResolvers<number>();
	const waits = Array.from({ length: 20 }, () => within(100, promise.promise, late, systemClock, stop));
	expect(getEventListeners(stop, "abort")).toHaveLength(20);
	promise.resolve(1);
	await Promise.all(waits);
	expect(getEventListeners(stop, "abort")).toHaveLength(0);
});
