import bwip from "bwip-js";
import { type Bitmap, blankBitmap, fill } from "./bitmap.ts";

export type QrLevel = "L" | "M" | "Q" | "H";

/** The modules of a QR code of model 2, one dot a module, no quiet zone; undefined when the data does not fit. */
export function qrModules(data: Uint8Array, level: QrLevel): Bitmap | undefined {
	// One character a byte: the bytes reach the symbol as they are.
	const symbol = rawSymbol("qrcode", Buffer.from(data).toString("latin1"), {
		eclevel: level,
		// Without this a symbol with room to spare gets a better level than was asked for.
		fixedeclevel: true,
		binarytext: true,
	});
	if (symbol === undefined || !("pixs" in symbol)) return undefined;
	return { width: symbol.pixx, height: symbol.pixy, dots: Uint8Array.from(symbol.pixs) };
}

/** The bars of a Code 128, one dot a module and one high; undefined when the data is not as GS k wants it. */
export function code128Bars(data: Uint8Array): { bars: Bitmap; text: string } | undefined {
	const words = code128Words(data);
	if (words === undefined) return undefined;
	const coded = words.values.map((value) => `^${String(value).padStart(3, "0")}`).join("");
	const symbol = rawSymbol("code128", coded, { raw: true });
	if (symbol === undefined || !("sbs" in symbol)) return undefined;
	return { bars: barsOf(symbol.sbs), text: words.text };
}

/** Bars and gaps in turn, by their widths in modules. */
function barsOf(widths: readonly number[]): Bitmap {
	const bars = blankBitmap(
		widths.reduce((sum, width) => sum + width, 0),
		1,
	);
	let x = 0;
	widths.forEach((width, at) => {
		if (at % 2 === 0) fill(bars, x, 0, width, 1);
		x += width;
	});
	return bars;
}

/** bwip-js throws for whatever it cannot draw; a printer prints nothing then. */
function rawSymbol(kind: string, text: string, options: Record<string, string | boolean>) {
	try {
		return bwip.raw(kind, text, options)[0];
	} catch {
		return undefined;
	}
}

type Words = { readonly values: number[]; readonly text: string };
type CodeSet = "A" | "B" | "C";

const starts: Readonly<Record<CodeSet, number>> = { A: 103, B: 104, C: 105 };
const switches: Readonly<Record<CodeSet, number>> = { A: 101, B: 100, C: 99 };
const functions: Readonly<Record<string, number>> = { "1": 102, "2": 97, "3": 96 };

/** Symbol values of the data of GS k 73: `{A` `{B` `{C` choose the set, `{{` is a brace, `{1` to `{3` are FNC. */
function code128Words(data: Uint8Array): Words | undefined {
	let set: CodeSet | undefined;
	const words = { values: [] as number[], text: "" };
	for (let at = 0; at < data.length; at++) {
		const escaped = data[at] === 0x7b ? String.fromCharCode(data[++at] ?? 0) : "";
		const next = codeSet(escaped);
		if (next !== undefined && next !== set)
			words.values.push(set === undefined ? starts[next] : switches[next]);
		set = next ?? set;
		if (next !== undefined) continue;
		const isData = escaped === "" || escaped === "{";
		const value = isData ? valueIn(set, data[at] ?? 0) : functions[escaped];
		if (set === undefined || value === undefined) return undefined;
		words.values.push(value);
		if (isData)
			words.text += set === "C" ? String(value).padStart(2, "0") : String.fromCharCode(data[at] ?? 0);
	}
	return words;
}

function codeSet(letter: string): CodeSet | undefined {
	return letter === "A" || letter === "B" || letter === "C" ? letter : undefined;
}

function valueIn(set: CodeSet | undefined, byte: number): number | undefined {
	if (set === "C") return byte <= 99 ? byte : undefined;
	if (set === "A" && byte < 0x20) return byte + 64;
	const last = set === "A" ? 0x5f : 0x7f;
	return byte >= 0x20 && byte <= last ? byte - 0x20 : undefined;
}
