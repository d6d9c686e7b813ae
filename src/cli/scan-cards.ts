import type { Scan } from "../model/scan.ts";
import type { BrandSettings } from "../model/settings/cards.ts";

/** The fixed characters in front of a card's number, by the layout that its parts fit; "" when none does. */
export function prefixOf(card: Exclude<Scan, { kind: "foreign" }>, brands: readonly BrandSettings[]): string {
	const number = card.cardNumber.reveal().length;
	const session = card.kind === "payable" ? card.cardSession.reveal().length : undefined;
	const layouts = brands.find(({ name }) => name === card.brand)?.layouts ?? [];
	const layout = layouts.find(
		(layout) =>
			isWithin(number, layout.number) &&
			(session === undefined ? layout.session === null : isWithin(session, layout.session)),
	);
	return layout?.prefix ?? "";
}

function isWithin(length: number, range: { least: number; most: number } | null): boolean {
	return range !== null && length >= range.least && length <= range.most;
}

/**
 * The brand whose card stands in a content that fits no layout of the settings: read twice in one, in another kind of
 * barcode, or of a length that nobody has set. Such a content is as secret as a card.
 */
export function almostCard(content: Uint8Array, brands: readonly BrandSettings[]): string | undefined {
	const text = Buffer.from(content).toString("latin1");
	return brands.find(({ layouts, totp }) =>
		layouts.some(({ prefix, number, session }) => {
			const pay = session === null ? 0 : session.least + totp.passLength;
			// A number without a prefix is any product; only what follows it tells a card.
			if (prefix === "" && pay === 0) return false;
			const behind = prefix === "" ? `[A-Za-z0-9]{${pay}}` : "";
			return new RegExp(`${prefix}[0-9]{${number.least}}${behind}`).test(text);
		}),
	)?.name;
}
