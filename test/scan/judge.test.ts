import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { CardParts, Verifier } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import { judge } from "../../src/scan/judge.ts";

const card: CardParts = {
	brand: "example",
	prefix: "77",
	cardNumber: new Secret("1234567890123"),
	cardSession: new Secret("A1G97N"),
	password: new Secret("967"),
};
const unchecked = { good: false, fault: "password-unchecked" };

/** What is known of the card when the verifier does this. */
const judged = (verify: Verifier["verify"], clockIsOff = false) =>
	judge({ verify, token: async () => new Secret("") }, card, systemClock, () => clockIsOff);

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

test.each([
	{ good: true, stepsOff: -1 },
	{ good: false, fault: "password-wrong" },
] as const)("the verifier's word %o is the verdict", async (verdict) => {
	expect(await judged(async () => verdict)).toEqual(verdict);
});

test("a wrong password is the clock's fault while the clock is off, and nothing else is", async () => {
	const wrong = { good: false, fault: "password-wrong" } as const;
	expect(await judged(async () => wrong, true)).toEqual({ good: false, fault: "clock-off" });
	const others = [
		{ good: true, stepsOff: 0 },
		{ good: false, fault: "password-replayed" },
	] as const;
	for (const verdict of others) expect(await judged(async () => verdict, true)).toEqual(verdict);
	expect(await judged(() => Promise.reject("down"), true)).toEqual(unchecked);
});

test("a verifier that knows at once is given no deadline", async () => {
	const wrong = { good: false, fault: "password-wrong" } as const;
	const verdict = judged(() => wrong);
	expect(vi.getTimerCount()).toBe(0);
	expect(await verdict).toEqual(wrong);
	expect(await judged(() => wrong, true)).toEqual({ good: false, fault: "clock-off" });
});

test("a verifier that throws or rejects leaves the card unchecked", async () => {
	const thrower = () => {
		throw new FaultError("internal-failure");
	};
	expect(await judged(thrower)).toEqual(unchecked);
	expect(await judged(async () => thrower())).toEqual(unchecked);
});

test("a verifier that does not answer is aborted after two seconds", async () => {
	const { promise: called, resolve: call } = Promise.withResolvers<AbortSignal>();
	const verdict = judged((_, signal) => {
		call(signal);
		return new Promise(() => undefined);
	});
	const signal = await called;
	await vi.advanceTimersByTimeAsync(1_999);
	expect(signal.aborted).toBe(false);
	await vi.advanceTimersByTimeAsync(1);
	expect(await verdict).toEqual(unchecked);
	expect(signal.aborted).toBe(true);
});

test("a verifier that fails after its time harms nobody", async () => {
	const verdict = judged(
		(_, signal) =>
			new Promise((_, reject) => {
				signal.addEventListener("abort", () => reject(signal.reason));
			}),
	);
	await vi.advanceTimersByTimeAsync(2_000);
	expect(await verdict).toEqual(unchecked);
});
