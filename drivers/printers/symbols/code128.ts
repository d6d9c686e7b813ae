import { holdsRealTime } from "../real-time.ts";
import { barDots, moduleDots } from "./sizes.ts";
import type { PrintedSymbol } from "./symbol.ts";

/** A stretch of data in one code set: B has a character for each byte, C one for two digits. */
type Stretch = { readonly set: "B" | "C"; readonly text: string };

/** GS k counts its bytes in one byte. */
const mostBytes = 255;

/** Code set C pays off from so many digits: at an end one switch is needed, between others two. */
const [digitsAtEnd, digitsInside] = [4, 6];

/**
 * The commands that draw a Code 128 without text under it (Epson ESC/POS GS h, GS w, GS H, GS k 73), or undefined
 * when the data is too long for the paper or has characters other than those of ASCII. Digits are in code set C where
 * that is shorter.
 */
export function code128(data: string, dots: number): PrintedSymbol | undefined {
	if (!/^[\x20-\x7e]+$/.test(data)) return undefined;
	// A pair of digits is one byte in code set C, so that 1604 is DLE EOT there.
	const [short, plain] = [encoded(stretches(data)), encoded([{ set: "B", text: data }])];
	const { bytes, characters } = holdsRealTime(short.bytes) ? plain : short;
	const size = moduleDots("code128", modulesOf(characters), dots);
	if (size === undefined || bytes.length > mostBytes) return undefined;
	const settings = [0x1d, 0x68, barDots, 0x1d, 0x77, size, 0x1d, 0x48, 0];
	return {
		bytes: Buffer.concat([Buffer.of(...settings, 0x1d, 0x6b, 0x49, bytes.length), bytes]),
		height: barDots,
	};
}

/** Start or switch, data and check are 11 modules each, the stop pattern 13. */
const modulesOf = (characters: number) => 11 * (characters + 1) + 13;

/** Cuts data into stretches; a run of digits is in code set C when that saves characters. */
function stretches(data: string): Stretch[] {
	const found: Stretch[] = [];
	const put = (set: Stretch["set"], text: string) => {
		const last = found.at(-1);
		if (text === "") return;
		if (last?.set === set) found[found.length - 1] = { set, text: last.text + text };
		else found.push({ set, text });
	};
	for (const { 0: run, index } of data.matchAll(/[0-9]+|[^0-9]+/g)) {
		const [first, last] = [index === 0, index + run.length === data.length];
		const least = first || last ? digitsAtEnd : digitsInside;
		const pays = /^[0-9]/.test(run) && (run.length >= least || (first && last && run.length === 2));
		const odd = pays ? run.length % 2 : run.length;
		// The odd digit goes where the neighbour is in code set B anyway.
		put("B", first && pays ? "" : run.slice(0, odd));
		if (pays) put("C", first ? run.slice(0, run.length - odd) : run.slice(odd));
		if (first && pays) put("B", run.slice(run.length - odd));
	}
	return found;
}

/** The bytes of GS k, `{` twice, and how many characters of the symbol they become. */
function encoded(parts: readonly Stretch[]): { bytes: Buffer; characters: number } {
	const bytes = parts.flatMap(({ set, text }) => [
		...Buffer.from(`{${set}`, "latin1"),
		...(set === "B"
			? Buffer.from(text.replaceAll("{", "{{"), "latin1")
			: (text.match(/../g) ?? []).map(Number)),
	]);
	const characters = parts.reduce((sum, { set, text }) => sum + 1 + text.length / (set === "C" ? 2 : 1), 0);
	return { bytes: Buffer.from(bytes), characters };
}
