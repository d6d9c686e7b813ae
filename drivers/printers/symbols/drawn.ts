import bwip from "bwip-js";
import type { Picture, SymbolKind } from "../../../src/model/block.ts";
import { layoutFor, rowModules } from "./pdf417.ts";
import { barDots, moduleDots, quietOf } from "./sizes.ts";

/** A symbol of which each dot is a module; bars are one module high. */
type Modules = { readonly width: number; readonly height: number; readonly black: readonly number[] };

/**
 * A symbol as a picture with its quiet zone above and below; at its sides it has the empty paper that the narrowest
 * fit leaves. Undefined when the paper is too narrow or the symbol cannot hold the data.
 */
export function drawn(kind: SymbolKind, data: string, dots: number): Picture | undefined {
	const modules = modulesOf(kind, data, dots);
	const size = modules && moduleDots(kind, modules.width, dots);
	if (modules === undefined || size === undefined) return undefined;
	// Bars are read across, and need no white above them.
	if (kind === "code128") return enlarged(modules, { across: size, down: barDots, quiet: 0 });
	const down = kind === "pdf417" ? size * rowModules : size;
	return enlarged(modules, { across: size, down, quiet: quietOf(kind) * size });
}

function modulesOf(kind: SymbolKind, data: string, dots: number): Modules | undefined {
	// One character a byte: the bytes reach the symbol as a printer's own command would have them.
	const bytes = Buffer.from(data, "utf8").toString("latin1");
	switch (kind) {
		case "qr":
			return raw("qrcode", bytes, { eclevel: "M" });
		case "datamatrix":
			return raw("datamatrix", bytes, {});
		case "code128":
			return isAscii(data) ? raw("code128", bytes, {}) : undefined;
		case "pdf417": {
			// Six bytes are five codewords at worst, and the mode one.
			const layout = layoutFor(Math.ceil((bytes.length * 5) / 6) + 3, dots);
			return layout && raw("pdf417", bytes, { columns: layout.columns, eclevel: layout.level });
		}
	}
}

/**
 * A bar code that sets a scanner: Code 128 with FNC3 (ISO/IEC 15417: "reader initialization") in front of the data.
 * Undefined when the paper is too narrow. Always a picture: printers differ in how they take FNC3.
 */
export function drawnSetupCode(data: string, dots: number): Picture | undefined {
	// In bwip-js' way of writing, ^ begins an escape.
	const text = `^FNC3${data.replace(/[^ -\]_-~]/g, (one) => `^${String(one.charCodeAt(0)).padStart(3, "0")}`)}`;
	const modules = raw("code128", text, { parse: true, parsefnc: true, binarytext: false });
	const size = modules && moduleDots("code128", modules.width, dots);
	if (modules === undefined || size === undefined) return undefined;
	return enlarged(modules, { across: size, down: barDots, quiet: 0 });
}

/** Code 128 has no other characters. */
function isAscii(data: string): boolean {
	return Array.from(data).every((character) => character < "\x80");
}

/** bwip-js throws for what a symbol cannot hold. */
function raw(
	bcid: string,
	text: string,
	options: Record<string, string | number | boolean>,
): Modules | undefined {
	try {
		const [symbol] = bwip.raw({ bcid, text, binarytext: true, ...options });
		if (symbol === undefined) return undefined;
		if ("pixs" in symbol) {
			// A row of a PDF417 is there once, however many modules high it is to be.
			return { width: symbol.pixx, height: symbol.pixs.length / symbol.pixx, black: symbol.pixs };
		}
		// Widths of bars and gaps in turn, a bar first.
		const black = symbol.sbs.flatMap((width, at) => Array<number>(width).fill(at % 2 === 0 ? 1 : 0));
		return { width: black.length, height: 1, black };
	} catch {
		return undefined;
	}
}

function enlarged(modules: Modules, by: { across: number; down: number; quiet: number }): Picture {
	const width = modules.width * by.across;
	const height = modules.height * by.down + 2 * by.quiet;
	const dots = new Uint8Array(width * height);
	for (let y = by.quiet; y < height - by.quiet; y++) {
		const row = Math.floor((y - by.quiet) / by.down) * modules.width;
		for (let x = 0; x < width; x++)
			dots[y * width + x] = modules.black[row + Math.floor(x / by.across)] === 1 ? 1 : 0;
	}
	return { width, height, dots };
}
