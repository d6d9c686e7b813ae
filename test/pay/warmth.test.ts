import { beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { keepWarm } from "../../src/pay/warmth.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const settings = { everyMs: 30_000, firstWaitMs: 500, factor: 2, mostWaitMs: 5_000, jitter: 0.2 };

/** A server of which a test says whether it answers; `at` holds the ms of each knock. */
function openDoor(answers: () => boolean, { random = (): number => 0, knockMs = 0 } = {}) {
	const begun = Date.now();
	const at: number[] = [];
	const warmth = keepWarm(
		async () => {
			at.push(Date.now() - begun);
			if (knockMs > 0) await systemClock.sleep(knockMs);
			return answers();
		},
		settings,
		systemClock,
		random,
	);
	return { at, warmth };
}

test("a server that answers is knocked at every now and then", async () => {
	const { at, warmth } = openDoor(() => true);
	await warmth.start();
	await vi.advanceTimersByTimeAsync(90_000);
	expect(at).toEqual([0, 30_000, 60_000, 90_000]);
});

test("a connection that lasted and is lost is opened again at once", async () => {
	const { at, warmth } = openDoor(() => true);
	await warmth.start();
	await vi.advanceTimersByTimeAsync(7_000);
	warmth.lost();
	await vi.advanceTimersByTimeAsync(0);
	expect(at).toEqual([0, 7_000]);
});

test("knocks in vain come more and more slowly, and the back-off starts anew after a success", async () => {
	let answers = false;
	const { at, warmth } = openDoor(() => answers);
	await warmth.start();
	await vi.advanceTimersByTimeAsync(17_500);
	expect(at).toEqual([0, 500, 1_500, 3_500, 7_500, 12_500, 17_500]);
	answers = true;
	await vi.advanceTimersByTimeAsync(5_000);
	expect(at.at(-1)).toBe(22_500);
	await vi.advanceTimersByTimeAsync(30_000);
	answers = false;
	warmth.lost();
	await vi.advanceTimersByTimeAsync(500);
	expect(at.slice(-2)).toEqual([52_500, 53_000]);
});

test("a connection that is lost again and again is not opened without a pause", async () => {
	const { at, warmth } = openDoor(() => true);
	await warmth.start();
	for (let ms = 0; ms < 60_000; ms += 100) {
		warmth.lost();
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(at.length).toBeLessThan(20);
});

test("a part of each back-off is random", async () => {
	const { at, warmth } = openDoor(() => false, { random: () => 0.5 });
	await warmth.start();
	await vi.advanceTimersByTimeAsync(3_200);
	expect(at).toEqual([0, 450, 1_350, 3_150]);
});

test("a connection that is lost while others are still knocked at has not lasted, however slow they were", async () => {
	const { at, warmth } = openDoor(() => true, { knockMs: 1_000 });
	const started = warmth.start();
	warmth.lost();
	await vi.advanceTimersByTimeAsync(1_499);
	await started;
	expect(at).toEqual([0]);
	await vi.advanceTimersByTimeAsync(1);
	expect(at).toEqual([0, 1_500]);
});

test("a stopped warmth knocks no more", async () => {
	const { at, warmth } = openDoor(() => true);
	await warmth.start();
	warmth.stop();
	await vi.advanceTimersByTimeAsync(120_000);
	expect(at).toEqual([0]);
	expect(vi.getTimerCount()).toBe(0);
});
