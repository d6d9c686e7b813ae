/** More than this of one value says nothing to a reader. */
const mostValueCharacters = 300;

/**
 * Fills the holes of a sentence. A value may come from a server or a POS program: what could move a terminal's cursor or
 * turn its writing around becomes `?`.
 */
export function say(sentence: string, holes: Readonly<Record<string, string | number | undefined>>): string {
	return sentence.replace(/\{(\w+)\}/g, (_, name) => {
		const value = String(holes[name] ?? "?").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?");
		return value.length > mostValueCharacters ? `${value.slice(0, mostValueCharacters)}…` : value;
	});
}
