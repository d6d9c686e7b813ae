import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import type { Clock } from "../../src/model/clock.ts";
import type { CardParts } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import type { TotpSettings } from "../../src/model/settings/cards.ts";
import { builtinVerifier } from "../../src/scan/builtin-verifier.ts";

const key = "0123456789abcdef0123456789ABCDEF";
const totp: TotpSettings = {
	interval: 30,
	passLength: 3,
	hash: "SHA256",
	windowSteps: 1,
	keyDerivation: "hmac-prefix-number",
};
const fingerprint = new Secret("cpu|board|вендор");
const noSignal = new AbortController().signal;

/** A verifier of one brand whose clock stands where the test puts it. */
function till(settings: Partial<TotpSettings> = {}, hex = key) {
	const time = { now: 0 };
	const clock: Clock = { now: () => time.now, sleep: () => Promise.resolve() };
	const brands = [{ name: "example", key: new Secret(hex), totp: { ...totp, ...settings } }];
	const verifier = builtinVerifier(brands, fingerprint, clock);
	return { time, verify: (card: CardParts) => verifier.verify(card, noSignal), verifier };
}

const parts = (password: string, cardSession = "A1G97N", number = "1234567890123"): CardParts => ({
	brand: "example",
	prefix: "77",
	cardNumber: new Secret(number),
	cardSession: new Secret(cardSession),
	password: new Secret(password),
});

/** A card with the password of the moment `at`, made by the mock scanner's own arithmetic. */
function cardAt(at: number, session = "A1G97N", interval = 30): CardParts {
	const number = "1234567890123";
	const text = cardText({ prefix: "77", number, session, key, at, totp: { interval, passLength: 3 } });
	return parts(text.slice(-3), session);
}

/** RFC 6238, appendix B. */
const vectors = [
	[59, "94287082", "46119246", "90693936"],
	[1_111_111_109, "07081804", "68084774", "25091201"],
	[1_111_111_111, "14050471", "67062674", "99943326"],
	[1_234_567_890, "89005924", "91819424", "93441116"],
	[2_000_000_000, "69279037", "90698825", "38618901"],
	[20_000_000_000, "65353130", "77737706", "47863826"],
] as const;
const seedOf = (length: number) => Buffer.from("1234567890".repeat(7).slice(0, length)).toString("hex");
const hashes = [
	["SHA1", 1, 20],
	["SHA256", 2, 32],
	["SHA512", 3, 64],
] as const;

describe.each(hashes)("RFC 6238 with %s", (hash, column, seedLength) => {
	test.each(vectors)("at %i s", async (...row) => {
		const settings: Partial<TotpSettings> = {
			hash,
			passLength: 8,
			windowSteps: 0,
			keyDerivation: "brand-key",
		};
		const { time, verify } = till(settings, seedOf(seedLength));
		time.now = row[0] * 1_000;
		expect(await verify(parts(row[column]))).toEqual({ good: true, stepsOff: 0 });
		expect(await verify(parts(row[column === 1 ? 2 : 1]))).toEqual({ good: false, fault: "password-wrong" });
	});
});

const noon = 1_800_000_000_000;

test("a card's key is the HMAC of prefix and number under the brand's key", async () => {
	const { time, verify } = till();
	time.now = noon;
	expect(await verify(cardAt(noon))).toEqual({ good: true, stepsOff: 0 });
});

test("the password of another card is wrong", async () => {
	const { time, verify } = till({ passLength: 3 });
	time.now = noon;
	const password = cardAt(noon).password.reveal();
	expect(await verify(parts(password, "A1G97N", "1234567890124"))).toMatchObject({ good: false });
});

test.each([
	["the first ms of the step before", -30_000, -1],
	["the last ms of the step before", -1, -1],
	["the last ms of the present step", 29_999, 0],
	["the first ms of the next step", 30_000, 1],
	["the last ms of the next step", 59_999, 1],
])("a password of %s is good", async (_, offset, stepsOff) => {
	const { time, verify } = till();
	time.now = noon;
	expect(await verify(cardAt(noon + offset))).toEqual({ good: true, stepsOff });
});

test.each([
	["the last ms before the window", -30_001],
	["the first ms after the window", 60_000],
])("a password of %s is wrong", async (_, offset) => {
	const { time, verify } = till();
	time.now = noon;
	expect(await verify(cardAt(noon + offset))).toEqual({ good: false, fault: "password-wrong" });
});

test("a card that was accepted is a replay until its password has run out, and wrong from then on", async () => {
	const { time, verify } = till();
	time.now = noon;
	await verify(cardAt(noon));
	time.now = noon + 59_999;
	expect(await verify(cardAt(noon))).toEqual({ good: false, fault: "password-replayed" });
	time.now = noon + 60_000;
	expect(await verify(cardAt(noon))).toEqual({ good: false, fault: "password-wrong" });
});

test("a replay is refused from one edge of the window to the other", async () => {
	const { time, verify } = till();
	time.now = noon - 30_000;
	expect(await verify(cardAt(noon))).toEqual({ good: true, stepsOff: 1 });
	time.now = noon + 59_999;
	expect(await verify(cardAt(noon))).toEqual({ good: false, fault: "password-replayed" });
});

test("another session or a fresh password of the same card is no replay", async () => {
	const { time, verify } = till();
	time.now = noon;
	expect(await verify(cardAt(noon))).toMatchObject({ good: true });
	expect(await verify(cardAt(noon, "B2H08P"))).toMatchObject({ good: true });
	time.now = noon + 30_000;
	expect(await verify(cardAt(noon + 30_000))).toMatchObject({ good: true });
});

test("a wrong password is not remembered as a replay", async () => {
	const { time, verify } = till();
	time.now = noon - 60_000;
	expect(await verify(cardAt(noon))).toEqual({ good: false, fault: "password-wrong" });
	time.now = noon;
	expect(await verify(cardAt(noon))).toMatchObject({ good: true });
});

test("good is a password of a step in the window and no other", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 4_000_000_000_000 }),
			fc.integer({ min: -12, max: 12 }),
			fc.integer({ min: 0, max: 10 }),
			fc.integer({ min: 5, max: 3_600 }),
			async (now, steps, windowSteps, interval) => {
				const { time, verify } = till({ windowSteps, interval });
				time.now = now;
				const at = Math.max(0, now + steps * interval * 1_000);
				const verdict = await verify(cardAt(at, "A1G97N", interval));
				const off = Math.floor(at / interval / 1_000) - Math.floor(now / interval / 1_000);
				// Three digits collide once in a thousand, so a password far off may be good by chance, but not the reverse.
				if (Math.abs(off) <= windowSteps) expect(verdict.good).toBe(true);
			},
		),
	);
});

test("a token is the fingerprint in base64, then a password with the key of tokens", async () => {
	const { time, verifier } = till();
	time.now = 0;
	const base64 = Buffer.from("cpu|board|вендор").toString("base64");
	const number = "token";
	const password = cardText({ number, session: "", key, at: 0 }).slice(-3);
	expect((await verifier.token("example", noSignal)).reveal()).toBe(base64 + password);
	time.now = 30_000;
	const next = cardText({ number, session: "", key, at: 30_000 }).slice(-3);
	expect((await verifier.token("example", noSignal)).reveal()).toBe(base64 + next);
});

test("a brand without a key cannot be checked", async () => {
	const { verifier } = till();
	const card = { ...parts("123"), brand: "stranger" };
	await expect(verifier.verify(card, noSignal)).rejects.toMatchObject({ code: "password-unchecked" });
	await expect(verifier.token("stranger", noSignal)).rejects.toMatchObject({ code: "password-unchecked" });
});

test.each(["", "abc", "xyz1", "0123 4567"])("the key %j is refused at start without being shown", (hex) => {
	expect(() => till({}, hex)).toThrow(
		expect.objectContaining({
			code: "config-invalid",
			detail: "the key of the brand example is not hexadecimal text",
		}),
	);
});
