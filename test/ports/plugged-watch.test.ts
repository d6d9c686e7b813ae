import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Plugged } from "../../src/ports/plugged.ts";
import { plugged$ } from "../../src/ports/plugged-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

const device = (path: string): Plugged => ({ channel: "hid", path, usages: [] });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("what is there is told at once, and then only changes, within the time between two looks", async () => {
	let there = [device("/dev/hidraw0")];
	const heard: string[][] = [];
	const watch = plugged$(async () => structuredClone(there), 500, systemClock).subscribe((list) =>
		heard.push(list.map(({ path }) => path)),
	);
	await pass(2_000);
	expect(heard).toEqual([["/dev/hidraw0"]]);
	there = [];
	await pass(500);
	there = [device("/dev/hidraw1")];
	await pass(500);
	expect(heard).toEqual([["/dev/hidraw0"], [], ["/dev/hidraw1"]]);
	watch.unsubscribe();
});

test("a machine without any device is told as such", async () => {
	const heard: unknown[] = [];
	plugged$(async () => [], 500, systemClock)
		.subscribe((list) => heard.push(list))
		.unsubscribe();
	const watch = plugged$(async () => [], 500, systemClock).subscribe((list) => heard.push(list));
	await pass(1_000);
	expect(heard).toEqual([[]]);
	watch.unsubscribe();
});

test("a look that fails is no change, and the next one counts", async () => {
	let looks = 0;
	const list = async () => {
		looks += 1;
		if (looks % 2 === 1) throw new TypeError("busy");
		return [device("/dev/hidraw0")];
	};
	const heard: unknown[] = [];
	const watch = plugged$(list, 500, systemClock).subscribe((list) => heard.push(list));
	await pass(5_000);
	expect([heard.length, looks]).toEqual([1, 11]);
	watch.unsubscribe();
});

test("a look that takes longer than the time between two is not overtaken by the next", async () => {
	let [under, most] = [0, 0];
	const list = async () => {
		under += 1;
		most = Math.max(most, under);
		await systemClock.sleep(1_700);
		under -= 1;
		return [];
	};
	const watch = plugged$(list, 500, systemClock).subscribe();
	await pass(10_000);
	watch.unsubscribe();
	await pass(2_000);
	expect(most).toBe(1);
});
