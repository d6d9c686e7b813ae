import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { Secret } from "../../src/model/secret.ts";
import type { VerifierKind } from "../../src/model/settings/verifier.ts";
import { type VerifiedBrand, verifierFor } from "../../src/scan/verifiers.ts";
import { stage } from "./bridge-kit.ts";
import { keptLog } from "./kept-log.ts";

const never = new AbortController().signal;
const fingerprint = new Secret("cpu");
const tools = { clock: systemClock, log: keptLog().log };
const brand = (name: string, verifier: VerifierKind): VerifiedBrand => ({
	name,
	verifier,
	key: new Secret("0123456789abcdef0123456789abcdef"),
	totp: { interval: 30, passLength: 3, hash: "SHA256", windowSteps: 1, keyDerivation: "brand-key" },
	layouts: [],
});

test("each brand's cards go to the verifier that its settings name", async () => {
	const { settings, program } = await stage();
	const verifier = verifierFor(
		[brand("own", "builtin"), brand("vendors", "bridge")],
		settings,
		fingerprint,
		tools,
	);
	onTestFinished(() => verifier.close());
	const child = await program();
	await child.greeting();
	child.answer(await child.asked(), {});
	expect((await verifier.token("own", never)).reveal()).toMatch(/^Y3B1[0-9]{3}$/);
	const token = verifier.token("vendors", never);
	child.answer(await child.asked(), { token: "vendors-own" });
	expect((await token).reveal()).toBe("vendors-own");
	await verifier.close();
	await child.gone;
});

test("a brand that is not known cannot be checked", async () => {
	const verifier = verifierFor([brand("own", "builtin")], null, fingerprint, tools);
	await expect(verifier.token("stranger", never)).rejects.toMatchObject({ code: "password-unchecked" });
	await verifier.close();
});

test("a brand behind a bridge that is null is refused at start", () => {
	expect(() => verifierFor([brand("vendors", "bridge")], null, fingerprint, tools)).toThrow(
		expect.objectContaining({ code: "config-invalid" }),
	);
});
