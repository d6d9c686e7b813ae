import { NEVER } from "rxjs";
import { expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Gone, Port, Presence } from "../../src/model/device.ts";
import { FaultError } from "../../src/model/fault.ts";
import { keepOpen } from "../../src/ports/keep-open.ts";

const backOff = { firstWaitMs: 100, factor: 2, mostWaitMs: 350 };
const unplugged: Gone = { reason: "unplugged", detail: "cable" };

/** A device whose every opening is an entry of the script: open, or fail. */
function device(script: ("open" | "fail")[]) {
	const ports: { port: Port; lose: (why: Gone) => void; closed: boolean }[] = [];
	const open = async () => {
		if (script.shift() !== "open") throw new FaultError("scanner-away", "not there");
		const { promise: gone, resolve: lose } = Promise.withResolvers<Gone>();
		const entry = {
			lose,
			closed: false,
			port: {
				bytes$: NEVER,
				gone,
				write: async () => undefined,
				close: async () => {
					entry.closed = true;
					lose({ reason: "closed", detail: "" });
				},
			},
		};
		ports.push(entry);
		return entry.port;
	};
	return { open, ports };
}

/** Runs a story with fake timers; `pass` lets time go by. */
async function watched(script: ("open" | "fail")[], story: (facts: Facts) => Promise<void>) {
	vi.useFakeTimers();
	try {
		const { open, ports } = device(script);
		const heard: Presence[] = [];
		const watch = keepOpen(open, backOff, systemClock).subscribe((presence) => heard.push(presence));
		const pass = async (ms: number) => void (await vi.advanceTimersByTimeAsync(ms));
		await pass(0);
		await story({ heard, ports, pass, leave: () => watch.unsubscribe() });
		watch.unsubscribe();
	} finally {
		vi.useRealTimers();
	}
}

type Facts = {
	heard: Presence[];
	ports: ReturnType<typeof device>["ports"];
	pass: (ms: number) => Promise<void>;
	leave: () => void;
};

const states = (heard: Presence[]) =>
	heard.map((presence) => (presence.state === "open" ? "open" : presence.retryInMs));

test("a device that is not there is tried again after growing pauses, up to the longest", () =>
	watched(["fail", "fail", "fail", "fail", "open"], async ({ heard, pass }) => {
		expect(states(heard)).toEqual([100]);
		await pass(99);
		expect(states(heard)).toEqual([100]);
		await pass(1);
		expect(states(heard)).toEqual([100, 200]);
		await pass(200 + 350 + 350);
		expect(states(heard)).toEqual([100, 200, 350, 350, "open"]);
	}));

test("a success makes the pause short again", () =>
	watched(["fail", "fail", "open", "fail"], async ({ heard, ports, pass }) => {
		await pass(300);
		ports[0]?.lose(unplugged);
		await pass(100);
		expect(states(heard)).toEqual([100, 200, "open", 100, 200]);
	}));

test("why the device went away is told", () =>
	watched(["open", "fail"], async ({ heard, ports, pass }) => {
		ports[0]?.lose(unplugged);
		await pass(100);
		expect(heard.slice(1)).toEqual([
			{ state: "away", gone: unplugged, retryInMs: 100 },
			{
				state: "away",
				gone: { reason: "failed", detail: "scanner-away: not there" },
				retryInMs: 200,
			},
		]);
	}));

test("the end of the watch closes the port and tries nothing more", () =>
	watched(["open", "open"], async ({ heard, ports, pass, leave }) => {
		leave();
		await pass(10_000);
		expect(ports.map(({ closed }) => closed)).toEqual([true]);
		expect(states(heard)).toEqual(["open"]);
	}));

test("the end of the watch during a pause leaves no timer behind", () =>
	watched(["fail", "open"], async ({ ports, pass, leave }) => {
		leave();
		expect(vi.getTimerCount()).toBe(0);
		await pass(10_000);
		expect(ports).toEqual([]);
	}));

test("a port that opens after the end of the watch is closed at once and told to nobody", async () => {
	const { open, ports } = device(["open"]);
	const heard: Presence[] = [];
	keepOpen(open, backOff, systemClock)
		.subscribe((presence) => heard.push(presence))
		.unsubscribe();
	await expect.poll(() => ports[0]?.closed).toBe(true);
	expect(heard).toEqual([]);
});
