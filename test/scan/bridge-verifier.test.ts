import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import { systemClock } from "../../src/clock.ts";
import type { CardParts, PasswordVerdict } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import { type BridgedBrand, bridgeVerifier } from "../../src/scan/bridge-verifier.ts";
import { builtinVerifier } from "../../src/scan/builtin-verifier.ts";
import { patientClock, stage } from "./bridge-kit.ts";
import { keptLog } from "./kept-log.ts";

const never = new AbortController().signal;
const key = "0123456789abcdef0123456789abcdef";
const fingerprint = new Secret("cpu|board|вендор");
const brand: BridgedBrand = {
	name: "example",
	key: new Secret(key),
	totp: { interval: 30, passLength: 3, hash: "SHA256", windowSteps: 1, keyDerivation: "hmac-prefix-number" },
	layouts: [
		{ symbologies: ["qr"], prefix: "77", number: { least: 13, most: 13 }, session: { least: 6, most: 6 } },
		{ symbologies: ["qr"], prefix: "77", number: { least: 13, most: 13 }, session: null },
	],
};
const card: CardParts = {
	brand: "example",
	prefix: "77",
	cardNumber: new Secret("1234567890123"),
	cardSession: new Secret("A1G97N"),
	password: new Secret("967"),
};
const good = {
	resultCode: "CARDSESSION_AVAILABLE",
	totpCodeValid: true,
	cardNumber: "1234567890123",
	cardSession: "A1G97N",
};

/** A verifier whose program answers what the test says. */
async function till() {
	const { settings, program } = await stage();
	const { clock, time } = patientClock();
	const { log, lines } = keptLog();
	const verifier = bridgeVerifier(settings, brand, fingerprint, { clock, log });
	onTestFinished(() => verifier.close());
	const child = await program();
	await child.greeting();
	const init = await child.asked();
	child.answer(init, {});
	const judged = async (result: object, parts = card): Promise<PasswordVerdict> => {
		const verdict = verifier.verify(parts, never);
		child.answer(await child.asked(), result);
		return await verdict;
	};
	return { verifier, child, init, judged, time, lines };
}

test("the library is told what the vendor wants to know, by the vendor's names", async () => {
	const { init } = await till();
	expect(init.params).toEqual({
		brand: "example",
		prefix: "77",
		key,
		interval: 30,
		passLength: 3,
		hash: "HmacSHA256",
		windowSteps: 1,
		keyDerivation: "hmac-prefix-number",
		layouts: [{ prefix: "77", number: { least: 13, most: 13 }, session: { least: 6, most: 6 } }],
		cashFingerPrint: "cpu|board|вендор",
	});
});

test("a card is asked about as it was read", async () => {
	const { verifier, child } = await till();
	const verdict = verifier.verify(card, never);
	const question = await child.asked();
	expect(question).toMatchObject({
		method: "barcodeVerify",
		params: { fullBarcode: "771234567890123A1G97N967" },
	});
	child.answer(question, good);
	expect(await verdict).toEqual({ good: true, stepsOff: 0 });
});

test.each([
	["a wrong password", { totpCodeValid: false }, "password-wrong"],
	[
		"a wrong password of a card without a session",
		{ totpCodeValid: false, resultCode: "NONE" },
		"password-wrong",
	],
	["a card that cannot pay", { resultCode: "CARDSESSION_ABSENT" }, "card-cannot-pay"],
	["another number", { cardNumber: "1234567890124" }, "password-unchecked"],
	["another session", { cardSession: "A1G97M" }, "password-unchecked"],
	["no session", { cardSession: null }, "password-unchecked"],
	["nonsense", { totpCodeValid: 1 }, "password-unchecked"],
])("%s is not good", async (_, difference, fault) => {
	const { judged, lines } = await till();
	expect(await judged({ ...good, ...difference })).toEqual({ good: false, fault });
	expect(lines.join("\n")).not.toMatch(/1234567890123|A1G97N|967|cpu/);
});

test("a card that the library accepts again is a replay until its password has surely run out", async () => {
	const { judged, time } = await till();
	expect(await judged(good)).toMatchObject({ good: true });
	time.now += 89_999;
	expect(await judged(good)).toEqual({ good: false, fault: "password-replayed" });
	expect(await judged(good, { ...card, password: new Secret("968") })).toMatchObject({ good: true });
	time.now += 1;
	expect(await judged(good)).toMatchObject({ good: true });
});

test("while the program is down cards are unchecked and tokens fail, and the technician reads why", async () => {
	const { verifier, child, lines } = await till();
	const [verdict, token] = [verifier.verify(card, never), verifier.token("example", never)];
	const failed = expect(token).rejects.toMatchObject({ code: "password-unchecked" });
	child.refuse(await child.asked(), "LICENCE_EXPIRED");
	child.say("x".repeat(2_000));
	expect(await verdict).toEqual({ good: false, fault: "password-unchecked" });
	await failed;
	expect(await verifier.verify(card, never)).toEqual({ good: false, fault: "password-unchecked" });
	expect(lines).toContain(
		'a password could not be checked {"brand":"example","why":"the bridge refused: LICENCE_EXPIRED"}',
	);
});

test("the judge's patience ends a question with its reason", async () => {
	const { verifier, child } = await till();
	const stop = new AbortController();
	const verdict = verifier.verify(card, stop.signal);
	await child.asked();
	stop.abort("judged");
	await expect(verdict).rejects.toBe("judged");
});

test("a token goes through as the library made it, and shows itself to nobody", async () => {
	const { verifier, child } = await till();
	const token = verifier.token("example", never);
	const question = await child.asked();
	expect(question).toMatchObject({ method: "getToken", params: {} });
	child.answer(question, { token: "Y3B1123" });
	expect((await token).reveal()).toBe("Y3B1123");
});

test("behind the bridge of the example the same cards are good as before it", async () => {
	const { settings } = await stage();
	const program = join(import.meta.dirname, "../../drivers/verifiers/example-bridge.ts");
	const { log } = keptLog();
	const verifier = bridgeVerifier(
		{ ...settings, args: [program], initMs: 20_000, callMs: 10_000 },
		brand,
		fingerprint,
		{
			clock: systemClock,
			log,
		},
	);
	onTestFinished(() => verifier.close());
	const builtin = builtinVerifier([brand], fingerprint, systemClock);
	const text = cardText({ prefix: "77", number: "1234567890123", session: "A1G97N", key });
	const honest = { ...card, password: new Secret(text.slice(-3)) };
	const other = (Number(text.slice(-3)) + 500) % 1_000;
	const forged = { ...card, password: new Secret(`${other}`.padStart(3, "0")) };

	expect(await verifier.verify(honest, never)).toEqual({ good: true, stepsOff: 0 });
	expect(await verifier.verify(honest, never)).toEqual({ good: false, fault: "password-replayed" });
	const [behind, before] = await Promise.all([verifier.verify(forged, never), builtin.verify(forged, never)]);
	expect(behind.good).toBe(before.good);
	const base64 = Buffer.from(fingerprint.reveal()).toString("base64");
	expect((await verifier.token("example", never)).reveal()).toMatch(new RegExp(`^${base64}[0-9]{3}$`));
});
