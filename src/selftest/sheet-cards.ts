import type { SymbolKind } from "../model/block.ts";
import type { BrandSettings } from "../model/settings/cards.ts";
import { type CardTools, type TestCards, testCards } from "./test-cards.ts";

/** Live cards for sheets, and what is known of them afterwards without their secrets. */
export type SheetCards = {
	/** New cards with passwords that are good at this moment, wall-clock ms. */
	make(at: number): TestCards;
	/** Which symbologies have a card, and how long its text is. */
	readonly lengths: Readonly<Partial<Record<SymbolKind, number>>>;
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
	const lengths = Object.entries(texts).map(([symbol, text]) => [symbol, text.length]);
	const layout = brand.layouts.find(({ session }) => session !== null);
	return {
		make: (at) => {
			const cards = testCards(brand, tools, at);
			newest = cards.until;
			return cards;
		},
		lengths: Object.fromEntries(lengths),
		number: "0".repeat(layout?.number.least ?? 0),
		until: () => newest,
	};
}
