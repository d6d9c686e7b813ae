import type { SymbolKind } from "../model/block.ts";
import type { BrandSettings } from "../model/settings/cards.ts";
import { type CardTools, type TestCards, testCards } from "./test-cards.ts";

/** Live cards for sheets, and what is known of them afterwards without their secrets. */
export type SheetCards = {
	/** New cards with passwords that are good at this moment, wall-clock ms. */
	make(at: number): TestCards;
	/** For each symbology that has a card a text like its own, which can pay nothing. */
	readonly shapes: Readonly<Partial<Record<SymbolKind, string>>>;
	/** The number of all test cards, without the prefix. */
	readonly number: string;
	/** Wall-clock ms at which the newest cards' passwords run out; 0 when none was made yet. */
	until(): number;
};

/** The test cards of a brand whose passwords kassad makes itself. */
export function sheetCards(
	brand: Pick<BrandSettings, "layouts" | "totp">,
	tools: CardTools,
	now: number,
): SheetCards {
	let newest = 0;
	const texts = testCards(brand, tools, now).texts.reveal();
	const { passLength } = brand.totp;
	const shapes = Object.entries(texts).map(([symbol, text]) => [
		symbol,
		text.slice(0, -passLength) + "0".repeat(passLength),
	]);
	const layout = brand.layouts.find(({ session }) => session !== null);
	return {
		make: (at) => {
			const cards = testCards(brand, tools, at);
			newest = cards.until;
			return cards;
		},
		shapes: Object.fromEntries(shapes),
		number: "0".repeat(layout?.number.least ?? 0),
		until: () => newest,
	};
}
