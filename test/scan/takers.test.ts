import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Takers } from "../../src/scan/takers.ts";
import { atTheDoor } from "./lease-kit.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

test("who takes one till's scans alone comes first, each group in the order of its coming", () => {
	const takers = new Takers<string>();
	expect(["all 1", "all 2"].map((name) => takers.add(name))).toEqual([true, true]);
	for (const name of ["till 1", "till 1 too"]) takers.add(name, "till-1");
	takers.add("moved", "till-2");
	expect(takers.add("moved", "till-1")).toBe(false);
	expect(takers.of("till-1")).toEqual(["till 1", "till 1 too", "moved", "all 1", "all 2"]);
	takers.remove("all 1");
	expect(takers.of("till-2")).toEqual(["all 2"]);
	expect(takers.of(undefined)).toEqual(["all 2"]);
});

test("who takes the scans of one till gets those, before who takes all, and no others", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	const one = comes("till 1");
	leases.accept(comes("all"));
	leases.accept(one, "till-1");
	leases.accept(comes("till 2"), "till-2");
	scan("1", "till-1");
	scan("2", "till-2");
	scan("3", "till-3");
	scan("4");
	expect(offers).toEqual([
		"1 to till 1, offer 1",
		"2 to till 2, offer 1",
		...["3 to all, offer 1", "4 to all, offer 1"],
	]);
	one.leave();
	expect(offers.at(-1)).toBe("1 to all, offer 2");
});

test("a scan of a till waits for who takes scans of it; the last till that one has named counts", () => {
	const { leases, comes, scan, offers } = atTheDoor();
	const a = comes("a");
	leases.accept(a, "till-1");
	scan("1", "till-2");
	vi.advanceTimersByTime(10_000);
	expect(offers).toEqual([]);
	leases.accept(a, "till-2");
	scan("2", "till-1");
	expect(offers).toEqual(["1 to a, offer 1"]);
	leases.accept(a);
	expect(offers).toEqual(["1 to a, offer 1", "2 to a, offer 1"]);
});

test("who has taken a scan and is gone is not kept by its lease", async () => {
	const door = atTheDoor();
	door.scan("1");
	const kept = takesAndLeaves(door, "1");
	await collected();
	expect(kept.deref()).toBeUndefined();
	expect(() => door.leases.acknowledge("1", door.comes("b"))).toThrow("scan-leased-elsewhere");
});

/** In a function of its own: what a test has named it keeps until its end. */
function takesAndLeaves({ comes, leases }: ReturnType<typeof atTheDoor>, scanId: string): WeakRef<object> {
	const taker = comes("a");
	leases.accept(taker);
	leases.acknowledge(scanId, taker);
	taker.leave();
	return new WeakRef(taker);
}

/** A new WeakRef holds until the end of its turn. */
async function collected(): Promise<void> {
	await vi.advanceTimersByTimeAsync(1);
	setFlagsFromString("--expose-gc");
	runInNewContext("gc")();
}
