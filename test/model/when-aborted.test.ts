import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { underAny, whenAborted } from "../../src/model/when-aborted.ts";

const listenersOf = (...signals: readonly AbortSignal[]) =>
	signals.map((signal) => getEventListeners(signal, "abort").length);

/** Two signals, and the reasons for which a deed was done. */
function twoSignals() {
	const [one, other] = [new AbortController(), new AbortController()];
	const heard: unknown[] = [];
	return {
		one,
		other,
		signals: [one.signal, other.signal],
		heard,
		deed: ({ reason }: AbortSignal) => void heard.push(reason),
	};
}

test("the deed is done once for each signal that aborts, and told which", () => {
	const { one, other, signals, heard, deed } = twoSignals();
	whenAborted(signals, deed);
	other.abort("first");
	one.abort("then");
	one.abort("again");
	expect(heard).toEqual(["first", "then"]);
});

test("for a signal that has aborted it is done at once, and the others are heard all the same", () => {
	const { one, signals, heard, deed } = twoSignals();
	whenAborted([AbortSignal.abort("before"), ...signals], deed);
	expect(heard).toEqual(["before"]);
	one.abort("then");
	expect(heard).toEqual(["before", "then"]);
});

test("taken back it is not done any more, and the signals keep nothing of it", () => {
	const { one, signals, heard, deed } = twoSignals();
	const takeBack = whenAborted(signals, deed);
	expect(listenersOf(...signals)).toEqual([1, 1]);
	takeBack();
	expect(listenersOf(...signals)).toEqual([0, 0]);
	one.abort("too late");
	expect(heard).toEqual([]);
});

test("what is done under any of several signals ends with the first, for its reason", async () => {
	const { one, other, signals } = twoSignals();
	const ended = underAny(signals, (any) => new Promise((resolve) => whenAborted([any], resolve)));
	other.abort("first");
	one.abort("then");
	expect(await ended).toMatchObject({ aborted: true, reason: "first" });
	const reasons = await underAny(signals, async ({ reason }) => reason);
	expect(reasons).toBe("then");
});

test("when it is done the signals keep nothing of it, however it ended", async () => {
	const { signals } = twoSignals();
	expect(await underAny(signals, async () => listenersOf(...signals))).toEqual([1, 1]);
	const failing = async () => {
		throw "failed";
	};
	await expect(underAny(signals, failing)).rejects.toBe("failed");
	expect(listenersOf(...signals)).toEqual([0, 0]);
});
