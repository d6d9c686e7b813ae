import type { SymbolKind } from "../model/block.ts";
import { Secret } from "../model/secret.ts";
import type { BrandSettings, LayoutSettings } from "../model/settings/cards.ts";

/** What cards are made with: another room's arithmetic, and chance. */
export type CardTools = {
	/** The password of a card, by its prefix and number, at a moment in wall-clock ms. */
	readonly passwordAt: (number: string, at: number) => Secret;
	/** Random numbers from 0 to below 1. */
	readonly random: () => number;
};

/** Barcodes that nobody owns and every check takes. */
export type TestCards = {
	/** The whole text of a barcode by its symbology; one that no layout of a card that can pay allows is left out. */
	readonly texts: Secret<Readonly<Partial<Record<SymbolKind, string>>>>;
	/** Wall-clock ms at which the last of their passwords runs out. */
	readonly until: number;
};

const symbols = ["code128", "pdf417", "datamatrix", "qr"] as const satisfies readonly SymbolKind[];

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/**
 * A live card of a brand for each symbology: a number of zeros, which no customer has, and a password that is valid
 * at the moment `at` (wall-clock ms). Each has a session of its own, since a verifier takes the same one only once.
 */
export function testCards(
	{ layouts, totp }: Pick<BrandSettings, "layouts" | "totp">,
	{ passwordAt, random }: CardTools,
	at: number,
): TestCards {
	const texts: Partial<Record<SymbolKind, string>> = {};
	for (const [index, symbol] of symbols.entries()) {
		const layout = layouts.find(
			({ symbologies, session }) => session !== null && symbologies.includes(symbol),
		);
		if (layout === undefined) continue;
		const number = `${layout.prefix}${"0".repeat(layout.number.least)}`;
		texts[symbol] = `${number}${sessionOf(layout, index, random)}${passwordAt(number, at).reveal()}`;
	}
	const stepMs = totp.interval * 1_000;
	const until = (Math.floor(at / stepMs) + 1 + totp.windowSteps) * stepMs;
	return { texts: new Secret(texts), until };
}

/** Chance may draw a short session twice; the first letters go on in order, so that no two cards are one. */
function sessionOf({ session }: LayoutSettings, index: number, random: () => number): string {
	const first = Math.floor(random() * letters.length);
	return Array.from({ length: session?.least ?? 0 }, (_, at) =>
		letters.charAt(at === 0 ? (first + index) % letters.length : Math.floor(random() * letters.length)),
	).join("");
}
