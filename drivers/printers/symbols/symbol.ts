import type { Line, SymbolKind } from "../../../src/model/block.ts";
import type { PrinterModel } from "../model.ts";
import { raster } from "../raster.ts";
import { holdsRealTime } from "../real-time.ts";
import { code128 } from "./code128.ts";
import { dataMatrix } from "./datamatrix.ts";
import { drawn } from "./drawn.ts";
import { pdf417 } from "./pdf417.ts";
import { qrCode } from "./qr.ts";

/** The commands that bring a symbol onto paper, and how many dots high it becomes at most. */
export type PrintedSymbol = { readonly bytes: Uint8Array; readonly height: number };

/** What draws a symbol by the printer's own means; undefined when the data does not fit. */
type Native = (data: string, dots: number) => PrintedSymbol | undefined;

const natives: Readonly<Record<SymbolKind, Native>> = {
	code128,
	pdf417,
	datamatrix: dataMatrix,
	qr: qrCode,
};

export type SymbolLine = Extract<Line, { kind: "symbol" }>;

/** What was found for the lines of blocks that are still in use: a picture takes many ms to draw. */
const found = new WeakMap<PrinterModel, WeakMap<SymbolLine, PrintedSymbol | "text">>();

/**
 * A symbol by the printer's own command where it has one, else as a picture; undefined when the paper is too narrow,
 * the data empty, or the symbol has no such characters. Data with control characters is always a picture, since it
 * could hold commands, and so is data whose command would hold a real-time request.
 */
export function symbolFor(line: SymbolLine, model: PrinterModel): PrintedSymbol | undefined {
	const known = found.get(model) ?? new WeakMap<SymbolLine, PrintedSymbol | "text">();
	found.set(model, known);
	const symbol = known.get(line) ?? place(line, model) ?? "text";
	known.set(line, symbol);
	return symbol === "text" ? undefined : symbol;
}

function place({ symbol, data }: SymbolLine, model: PrinterModel): PrintedSymbol | undefined {
	if (data === "") return undefined;
	const own = model.symbols.includes(symbol) && !/\p{Cc}/u.test(data);
	const native = own ? natives[symbol](data, model.dots) : undefined;
	if (native !== undefined && !holdsRealTime(native.bytes)) return native;
	const picture = drawn(symbol, data, model.dots);
	return picture && { bytes: raster(picture, model.dots), height: picture.height };
}
