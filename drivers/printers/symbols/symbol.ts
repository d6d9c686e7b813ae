import type { SymbolKind } from "../../../src/model/block.ts";
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

/**
 * A symbol by the printer's own command where it has one, else as a picture; undefined when the paper is too narrow,
 * the data empty, or the symbol has no such characters. Data with control characters is always a picture, since it
 * could hold commands, and so is data whose command would hold a real-time request.
 */
export function symbolFor(kind: SymbolKind, data: string, model: PrinterModel): PrintedSymbol | undefined {
	if (data === "") return undefined;
	const native =
		model.symbols.includes(kind) && !/\p{Cc}/u.test(data) ? natives[kind](data, model.dots) : undefined;
	if (native !== undefined && !holdsRealTime(native.bytes)) return native;
	const picture = drawn(kind, data, model.dots);
	return picture && { bytes: raster(picture, model.dots), height: picture.height };
}
