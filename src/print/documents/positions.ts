import { roubles } from "../../model/money.ts";
import type { Item } from "../../model/operation.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import type { DocumentWords } from "../../model/settings/documents.ts";
import { titleOf } from "./words.ts";

/** What a template can say of each position. */
export function positions(
	items: readonly Item[],
	{ measures, taxes }: Pick<DocumentWords, "measures" | "taxes">,
): Filling<"refund">["lists"]["items"] {
	return items.map(({ measure = "PIECE", discountAmount, ...item }) => ({
		name: item.name,
		article: item.article,
		quantity: String(item.quantity),
		measure: titleOf(measure, measures),
		price: roubles(item.price),
		total: roubles(item.totalAmount),
		discount: discountAmount === undefined || discountAmount === 0 ? undefined : roubles(discountAmount),
		tax: titleOf(item.tax, taxes),
	}));
}
