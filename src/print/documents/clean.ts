/** The longest documented value, an item's name, has 1000 characters; a longer one would only eat paper. */
const mostLength = 1_000;

/** Characters that leave no mark: joiners, soft hyphens, marks of direction or of emoji. */
const invisible = /\p{Cf}|\p{Variation_Selector}/gu;

/**
 * Someone's text as it can stand on paper: one character a column, and nothing that a printer, or a reader of a
 * template, could take for more than text. Signs that no code page has and that printers write in several letters are
 * written so before the line is laid out.
 */
export function clean(text: string): string {
	const short = text.length <= mostLength ? text : `${text.slice(0, mostLength)}...`;
	return short
		.toWellFormed()
		.replace(invisible, "")
		.normalize("NFC")
		.replace(/[\p{Cc}\p{Z}]+/gu, " ")
		.replaceAll("₽", "руб.")
		.replaceAll("…", "...")
		.trim();
}
