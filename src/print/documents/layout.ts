import type { Line } from "../../model/block.ts";

type TextLine = Extract<Line, { kind: "text" }>;

/** One line of text, at the left in the standard size unless said otherwise. */
export function text(content: string, style: Partial<Omit<TextLine, "kind" | "text">> = {}): TextLine {
	return { kind: "text", text: content, align: "left", bold: false, size: 1, ...style };
}

/** A line across the paper. */
export function rule(columns: number): TextLine {
	return text("─".repeat(columns));
}

/** The numbers of the columns, tens above units: what is missing at its end is missing on the paper. */
export function ruler(columns: number): TextLine[] {
	const places = Array.from({ length: columns }, (_, at) => at + 1);
	const tens = places.map((place) => (place % 10 === 0 ? String(place / 10) : " ")).join("");
	return [text(tens), text(places.map((place) => place % 10).join(""))];
}

/**
 * Breaks text into lines of at most `columns` characters: between words, in a longer word after a dash, and
 * elsewhere only when there is no other way. Loses nothing but spaces.
 */
export function wrap(content: string, columns: number): string[] {
	const words = content.split(/\s+/).filter((word) => word !== "");
	const lines: string[] = [];
	let line = "";
	for (const word of words) {
		const joined = line === "" ? word : `${line} ${word}`;
		if (lengthOf(joined) <= columns) {
			line = joined;
			continue;
		}
		if (line !== "") lines.push(line);
		const pieces = breakWord(word, columns);
		line = pieces.pop() ?? "";
		lines.push(...pieces);
	}
	return line === "" ? lines : [...lines, line];
}

/**
 * A name at the left, behind spaces if it is indented, and its value at the right edge of one line; a value that does
 * not fit beside its name goes below it, at the right edge too.
 */
export function keyValue(key: string, value: string, columns: number, indent = ""): string[] {
	const keys = wrap(key, columns - indent.length).map((line) => indent + line);
	const values = wrap(value, columns);
	const [onlyKey = "", ...moreKeys] = keys;
	const [onlyValue = "", ...moreValues] = values;
	const between = columns - lengthOf(onlyKey) - lengthOf(onlyValue);
	if (moreKeys.length === 0 && moreValues.length === 0 && between >= 1) {
		return [`${onlyKey}${" ".repeat(between)}${onlyValue}`.trimEnd()];
	}
	return [...keys, ...values.map((line) => " ".repeat(columns - lengthOf(line)) + line)];
}

/** Pieces of at most `columns` characters, each as long as it can be. */
function breakWord(word: string, columns: number): string[] {
	const pieces: string[] = [];
	let rest = Array.from(word);
	while (rest.length > columns) {
		const afterDash = rest.lastIndexOf("-", columns - 1) + 1;
		const end = afterDash > 0 ? afterDash : columns;
		pieces.push(rest.slice(0, end).join(""));
		rest = rest.slice(end);
	}
	return [...pieces, rest.join("")];
}

/** Characters, not UTF-16 units: each takes one column. */
export function lengthOf(content: string): number {
	return Array.from(content).length;
}
