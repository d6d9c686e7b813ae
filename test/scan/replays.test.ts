import { expect, test } from "vitest";
import type { Clock } from "../../src/model/clock.ts";
import type { CardParts } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import { openReplays } from "../../src/scan/replays.ts";

const card = (facts: Partial<Record<"number" | "session" | "password", string>>): CardParts => ({
	brand: "example",
	prefix: "77",
	cardNumber: new Secret(facts.number ?? "1234567890123"),
	cardSession: new Secret(facts.session ?? "A1G97N"),
	password: new Secret(facts.password ?? "967"),
});

function memory() {
	const time = { now: 0 };
	const clock: Clock = { now: () => time.now, sleep: () => Promise.resolve() };
	return { time, replays: openReplays(clock) };
}

test("a card is taken once until its time, and again from then on", () => {
	const { time, replays } = memory();
	expect(replays.admit(card({}), 1_000)).toBe(true);
	time.now = 999;
	expect(replays.admit(card({}), 2_000)).toBe(false);
	time.now = 1_000;
	expect(replays.admit(card({}), 2_000)).toBe(true);
	expect(replays.admit(card({}), 2_000)).toBe(false);
});

test("each part of a card tells it from others, and where a part ends does, too", () => {
	const { replays } = memory();
	replays.admit(card({}), 1_000);
	expect(replays.admit(card({ number: "1234567890124" }), 1_000)).toBe(true);
	expect(replays.admit(card({ session: "A1G97M" }), 1_000)).toBe(true);
	expect(replays.admit(card({ password: "968" }), 1_000)).toBe(true);
	expect(replays.admit(card({ session: "A1G97N9", password: "67" }), 1_000)).toBe(true);
});

test("of more than ten thousand cards the oldest is forgotten", () => {
	const { replays } = memory();
	for (let number = 0; number <= 10_000; number += 1) replays.admit(card({ number: `${number}` }), 1_000);
	expect(replays.admit(card({ number: "1" }), 1_000)).toBe(false);
	expect(replays.admit(card({ number: "10000" }), 1_000)).toBe(false);
	expect(replays.admit(card({ number: "0" }), 1_000)).toBe(true);
});
