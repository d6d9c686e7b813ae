/** What fits on every terminal and on a sheet of paper. */
const columns = 80;

/**
 * Breaks a text into lines of at most 80 columns. A word that is longer than a line is cut.
 * @param indent columns before the first line; `hanging`, before the others.
 */
export function wrap(text: string, indent: number, hanging = indent): string[] {
	const lines: string[] = [];
	let line = " ".repeat(indent);
	let isEmpty = true;
	const end = () => {
		lines.push(line);
		line = " ".repeat(hanging);
		isEmpty = true;
	};
	for (const word of text.split(" ").flatMap((word) => cut(word, columns - Math.max(indent, hanging)))) {
		if (!isEmpty && line.length + 1 + word.length > columns) end();
		line += isEmpty ? word : ` ${word}`;
		isEmpty = false;
	}
	end();
	return lines;
}

function cut(word: string, most: number): string[] {
	const pieces: string[] = [];
	for (let at = 0; at === 0 || at < word.length; at += most) pieces.push(word.slice(at, at + most));
	return pieces;
}
