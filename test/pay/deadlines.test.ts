import { getEventListeners } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { withDeadlines } from "../../src/pay/deadlines.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const deadlines = { startMs: 300, answerMs: 1_000 };

/** A deed that nothing ends but its deadlines; tells which came when. */
function begin(...ends: readonly AbortSignal[]) {
	const told: unknown[] = [];
	const end = Promise.withResolvers<string>();
	const result = withDeadlines(deadlines, systemClock, ends, (limit, startBy) => {
		limit.addEventListener("abort", () => told.push(limit.reason));
		startBy.addEventListener("abort", () => told.push(startBy.reason));
		return end.promise;
	});
	return { told, end, result };
}

test("the deed hears when it is too late to start, and when it is too late for all", async () => {
	const { told } = begin();
	await vi.advanceTimersByTimeAsync(299);
	expect(told).toEqual([]);
	await vi.advanceTimersByTimeAsync(1);
	expect(told).toEqual(["no connection within 300 ms"]);
	await vi.advanceTimersByTimeAsync(700);
	expect(told).toEqual(["no connection within 300 ms", "no whole answer within 1000 ms"]);
});

test.each(["at once", "later"])("the deed hears the caller give it up %s", async (when) => {
	const caller = new AbortController();
	const { told } = begin(new AbortController().signal, caller.signal);
	if (when === "later") await vi.advanceTimersByTimeAsync(1);
	caller.abort("kassad is stopping");
	await vi.advanceTimersByTimeAsync(0);
	expect(told).toEqual(["kassad is stopping"]);
});

test("a deed that was given up before hears so at once", async () => {
	const seen: unknown[] = [];
	await withDeadlines(deadlines, systemClock, [AbortSignal.abort("kassad is stopping")], async (limit) => {
		seen.push(limit.reason);
	});
	expect(seen).toEqual(["kassad is stopping"]);
});

test("nothing ticks on after the deed, however it ended", async () => {
	const good = begin();
	good.end.resolve("done");
	expect(await good.result).toBe("done");
	const bad = begin();
	bad.end.reject("failed");
	await expect(bad.result).rejects.toBe("failed");
	expect(vi.getTimerCount()).toBe(0);
});

test("a signal that outlives many deeds keeps nothing of them", async () => {
	const stop = new AbortController();
	const deeds = Array.from({ length: 20 }, () => begin(stop.signal));
	await vi.advanceTimersByTimeAsync(1);
	expect(getEventListeners(stop.signal, "abort")).toHaveLength(20);
	for (const { end } of deeds) end.resolve("done");
	await Promise.all(deeds.map(({ result }) => result));
	expect(getEventListeners(stop.signal, "abort")).toHaveLength(0);
});
