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

test("a card is remembered until its time and not a ms longer", () => {
	const { time, replays } = memory();
	replays.remember(card({}), 1_000);
	time.now = 999;
	expect(replays.has(card({}))).toBe(true);
	time.now = 1_000;
	expect(replays.has(card({}))).toBe(false);
});

test("each part of a card tells it from others, and where a part ends does, too", () => {
	const { replays } = memory();
	replays.remember(card({}), 1_000);
	expect(replays.has(card({ number: "1234567890124" }))).toBe(false);
	expect(replays.has(card({ session: "A1G97M" }))).toBe(false);
	expect(replays.has(card({ password: "968" }))).toBe(false);
	expect(replays.has(card({ session: "A1G97N9", password: "67" }))).toBe(false);
});

test("of more than ten thousand cards the oldest is forgotten", () => {
	const { replays } = memory();
	for (let number = 0; number <= 10_000; number += 1) replays.remember(card({ number: `${number}` }), 1_000);
	expect(replays.has(card({ number: "0" }))).toBe(false);
	expect(replays.has(card({ number: "1" }))).toBe(true);
	expect(replays.has(card({ number: "10000" }))).toBe(true);
});
