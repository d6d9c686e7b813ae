import { NEVER, Subject } from "rxjs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Port } from "../../src/model/device.ts";
import { keepOpen } from "../../src/ports/keep-open.ts";
import type { Plugged } from "../../src/ports/plugged.ts";
import { openNamed, wakefulClock } from "../../src/ports/plugged-open.ts";
import { plugged$ } from "../../src/ports/plugged-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

const port: Port = {
	bytes$: NEVER,
	gone: new Promise(() => undefined),
	write: async () => undefined,
	close: async () => undefined,
};
const wanted = { channel: "hid", marks: [] } as const;
const name = { by: "usb", vendorId: "0c2e", productId: "0b6a" } as const;

test("the path that a device has now is opened", async () => {
	const device: Plugged = { channel: "hid", path: "/dev/hidraw7", usages: [], ...name };
	const opened: string[] = [];
	const open = async (path: string) => {
		opened.push(path);
		return port;
	};
	expect(await openNamed(name, wanted, async () => [device], open)).toBe(port);
	await openNamed(
		{ by: "path", path: "COM3" },
		wanted,
		() => Promise.reject(new TypeError("not asked")),
		open,
	);
	expect(opened).toEqual(["/dev/hidraw7", "COM3"]);
	await expect(openNamed(name, wanted, async () => [], open)).rejects.toMatchObject({
		code: "scanner-away",
		gone: { reason: "unplugged", detail: "it is not plugged in" },
	});
});

/** A wakeful clock, and how long each of its pauses takes. */
function pauses() {
	const changes$ = new Subject<void>();
	const { clock, close } = wakefulClock(systemClock, changes$);
	const took: number[] = [];
	const pause = async (ms: number) => {
		const start = performance.now();
		await clock.sleep(ms);
		took.push(performance.now() - start);
	};
	return { changes$, pause, took, close, clock };
}

test("a change ends a long pause, and those after it are short for three seconds", async () => {
	const { changes$, pause, took, close } = pauses();
	const first = pause(5_000);
	await vi.advanceTimersByTimeAsync(1_000);
	changes$.next();
	await first;
	for (let count = 0; count < 16; count += 1) {
		const next = pause(5_000);
		await vi.runAllTimersAsync();
		await next;
	}
	expect(took).toEqual([1_000, ...new Array<number>(15).fill(200), 5_000]);
	close();
	expect(changes$.observed).toBe(false);
});

test("a pause that was short already stays so", async () => {
	const { changes$, pause, took, close } = pauses();
	changes$.next();
	const next = pause(50);
	await vi.advanceTimersByTimeAsync(50);
	await next;
	expect(took).toEqual([50]);
	close();
});

test("a pause that is cut short by its own signal rejects with that reason", async () => {
	const { clock, close } = pauses();
	const end = new AbortController();
	const sleeping = expect(clock.sleep(5_000, end.signal)).rejects.toBe("the end");
	end.abort("the end");
	await sleeping;
	close();
});

test("a scanner that was away for an hour is open within two seconds, though its rights come later than itself", async () => {
	const device: Plugged = { channel: "hid", path: "/dev/hidraw7", usages: [], ...name };
	let there: Plugged[] = [];
	let mayOpen = false;
	const list = async () => there;
	const open = async () => {
		if (!mayOpen) throw new TypeError("no rights yet");
		return port;
	};
	const { clock, close } = wakefulClock(systemClock, plugged$(list, 500, systemClock));
	const backOff = { firstWaitMs: 250, factor: 2, mostWaitMs: 60_000 };
	const states: string[] = [];
	const watch = keepOpen(() => openNamed(name, wanted, list, open), backOff, clock).subscribe(({ state }) =>
		states.push(state),
	);
	await vi.advanceTimersByTimeAsync(3_600_000);
	there = [device];
	await vi.advanceTimersByTimeAsync(1_000);
	mayOpen = true;
	await vi.advanceTimersByTimeAsync(1_000);
	expect(states.at(-1)).toBe("open");
	watch.unsubscribe();
	close();
});
