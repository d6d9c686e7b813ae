import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "../../src/model/secret.ts";
import type { LayoutSettings } from "../../src/model/settings/cards.ts";
import { builtinVerifier } from "../../src/scan/builtin-verifier.ts";
import { compileLayouts, splitCard } from "../../src/scan/layouts.ts";
import { passwordAt } from "../../src/scan/passwords.ts";
import { testCards } from "../../src/selftest/test-cards.ts";

const layout = (
	symbologies: LayoutSettings["symbologies"],
	session: [number, number] | null,
	prefix = "77",
): LayoutSettings => ({
	symbologies,
	prefix,
	number: { least: 13, most: 13 },
	session: session && { least: session[0], most: session[1] },
});

/** As the shipped settings have them. */
const layouts = [
	layout(["code128", "pdf417", "datamatrix", "qr"], null),
	layout(["code128", "pdf417", "datamatrix", "qr"], [6, 6]),
	layout(["pdf417", "datamatrix", "qr"], [7, 32]),
];

const brand = {
	name: "example",
	key: new Secret("00112233445566778899aabbccddeeff"),
	layouts,
	totp: {
		interval: 30,
		passLength: 3,
		hash: "SHA256",
		windowSteps: 1,
		keyDerivation: "hmac-prefix-number",
	},
} as const;

const at = Date.UTC(2026, 10, 24, 12, 0, 10);
const noSignal = new AbortController().signal;

function cardsOf(
	from: Pick<typeof brand, "totp"> & { layouts: readonly LayoutSettings[] } = brand,
	chance = Math.random,
) {
	const tools = {
		passwordAt: (number: string, moment: number) => passwordAt({ ...brand, totp: from.totp }, number, moment),
		random: chance,
	};
	return testCards({ layouts: [...from.layouts], totp: from.totp }, tools, at);
}

/** What a till makes of each text in turn, at a moment. */
async function judged(texts: Readonly<Record<string, string>>, now: number) {
	const clock = { now: () => now, sleep: () => Promise.resolve() };
	const verifier = builtinVerifier([brand], new Secret("till"), clock);
	const known = compileLayouts([{ name: "example", layouts: [...layouts], passLength: 3 }]);
	const verdicts: unknown[] = [];
	for (const [symbol, text] of Object.entries(texts)) {
		const card = splitCard(known, symbol as "qr", Buffer.from(text));
		if (card === undefined || !("password" in card)) verdicts.push(`${symbol}: no card that can pay`);
		else verdicts.push((await verifier.verify(card, noSignal)).good);
	}
	return verdicts;
}

test("all four cards are taken by a till, each once, until their passwords run out", async () => {
	const { texts, until } = cardsOf();
	expect(Object.keys(texts.reveal())).toEqual(["code128", "pdf417", "datamatrix", "qr"]);
	expect(await judged(texts.reveal(), at)).toEqual([true, true, true, true]);
	expect(await judged(texts.reveal(), until - 1)).toEqual([true, true, true, true]);
	// A password has three digits: another step's is the same once in a thousand, and not for this key.
	expect(await judged(texts.reveal(), until)).toEqual([false, false, false, false]);
});

test("a card has the layout of its symbology, and a number that nobody has", () => {
	const { texts } = cardsOf();
	for (const text of Object.values(texts.reveal())) expect(text).toMatch(/^770{13}[A-Z0-9]{6}\d{3}$/);
});

test("a symbology in which no card can pay has no card", () => {
	const old = [layout(["code128"], null), layout(["qr"], [8, 8], "")];
	const { texts } = cardsOf({ ...brand, layouts: old });
	expect(Object.keys(texts.reveal())).toEqual(["qr"]);
	expect(texts.reveal().qr).toMatch(/^0{13}[A-Z0-9]{8}\d{3}$/);
});

test("no two cards are the same, whatever chance gives and however short a session is", () => {
	const short = [layout(["code128", "pdf417", "datamatrix", "qr"], [1, 1])];
	fc.assert(
		fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => {
			const { texts } = cardsOf({ ...brand, layouts: short }, () => chance);
			expect(new Set(Object.values(texts.reveal())).size).toBe(4);
		}),
	);
});

test("the texts do not show in a log", () => {
	expect(JSON.stringify(cardsOf())).toBe(JSON.stringify({ texts: "[hidden]", until: at + 50_000 }));
});
