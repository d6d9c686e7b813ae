import Printer from "escpos/printer.js";
import type { Align, Block, Line } from "../../src/model/block.ts";
import type { CodePageEncoding } from "../../src/model/printer.ts";
import type { Cut, PrinterModel } from "./model.ts";
import { longestBandBytes, raster } from "./raster.ts";
import { type SymbolLine, symbolFor } from "./symbols/symbol.ts";
import { printable } from "./text.ts";

type Style = Omit<Extract<Line, { kind: "text" }>, "kind" | "text">;

/** How a printer writes after ESC @. */
const plain: Style = { align: "left", bold: false, size: 1 };

const sides = { left: "lt", centre: "ct", right: "rt" } as const satisfies Record<Align, string>;

/**
 * Lines fed before each cut and its command (Epson ESC/POS GS V 66 and 65 with nothing more to feed, ESC i). The
 * blade is 10 to 20 mm behind the head: GS V of these forms feeds there by itself, ESC i cuts where the paper stands.
 */
export const cuts: Readonly<Record<Cut, { readonly feed: number; readonly bytes: readonly number[] }>> =
	Object.freeze({
		partial: { feed: 0, bytes: [0x1d, 0x56, 0x42, 0] },
		full: { feed: 0, bytes: [0x1d, 0x56, 0x41, 0] },
		"esc-i": { feed: 5, bytes: [0x1b, 0x69] },
		none: { feed: 4, bytes: [] },
	});

/**
 * Ends whatever command a block broke off in, so that the next block is not taken for the rest of a picture. The longest
 * command is a band of a picture, then the data of a QR code. To a command zero bytes are white dots, data that is
 * never printed, or the number 0; where a command would begin, printers ignore them (unverified of clones).
 */
export const endOfBroken: Uint8Array = new Uint8Array(longestBandBytes);

/** GS a: a change of drawer, being online, error and paper is told. */
export const announcing: readonly number[] = [0x1d, 0x61, 0x0f];

/**
 * A block in ESC/POS, beginning from a known state whatever was printed before, and leaving the rest to the next
 * block: ESC @ at the end of one eats the start of the next on some printers. Each block has a `Printer` of its own,
 * since the package keeps its memory between documents.
 */
export function encodeBlock(block: Block, model: PrinterModel): Uint8Array {
	let encoded = new Uint8Array();
	const collect = (bytes: Buffer) => {
		encoded = Uint8Array.from(bytes);
	};
	const printer = new Printer({ write: collect }, { encoding: model.codePages[0].encoding });
	begin(printer, model);
	let style = plain;
	for (const line of block) style = writeLine(printer, line, style, model);
	printer.flush();
	return encoded;
}

function begin(printer: Printer, model: PrinterModel): void {
	printer.hardware("init");
	// FS .: printers with Chinese firmware wake up in two-byte mode, and ESC @ brings it back.
	printer.print(Buffer.of(0x1c, 0x2e));
	// Clones forget at ESC @ that changes are to be told.
	if (model.automaticStatus) printer.print(Buffer.from(announcing));
	if (model.pageBefore !== null) printer.print(Buffer.of(0x1b, 0x74, model.pageBefore));
	printer.print(Buffer.of(0x1b, 0x74, model.codePages[0].number));
	// ESC R 0: in other national sets # $ @ [ and their like are letters.
	printer.print(Buffer.of(0x1b, 0x52, 0));
	printer.lineSpace();
}

/** Writes one line and returns the style in which it left the printer. */
function writeLine(printer: Printer, line: Line, style: Style, model: PrinterModel): Style {
	switch (line.kind) {
		case "text":
			change(printer, style, line);
			printer.text(printable(line.text, model.codePages[0].encoding).text);
			return line;
		case "symbol":
			return writeSymbol(printer, line, style, model);
		case "picture": {
			const aligned: Style = { ...plain, align: line.align };
			change(printer, style, aligned);
			printer.print(Buffer.from(raster(line.picture, model.dots)));
			return aligned;
		}
		case "feed":
			feed(printer, line.lines);
			return style;
		case "cut":
			feed(printer, cuts[model.cut].feed);
			printer.print(Buffer.from(cuts[model.cut].bytes));
			return style;
	}
}

function change(printer: Printer, from: Style, to: Style): void {
	if (to.align !== from.align) printer.align(sides[to.align]);
	if (to.bold !== from.bold) printer.print(Buffer.of(0x1b, 0x45, to.bold ? 1 : 0));
	// GS !: width in the high half of the byte, height in the low one.
	if (to.size !== from.size) printer.print(Buffer.of(0x1d, 0x21, (to.size - 1) * 0x11));
}

/** Data that does not fit the paper as a symbol is printed as text: nothing is lost. */
function writeSymbol(printer: Printer, line: SymbolLine, style: Style, model: PrinterModel): Style {
	const drawn = symbolFor(line, model);
	if (drawn === undefined) {
		change(printer, style, plain);
		const { encoding } = model.codePages[0];
		for (const text of dataLines(line.data, model.columns.a, encoding)) printer.text(text);
		return plain;
	}
	const centred: Style = { ...plain, align: "centre" };
	change(printer, style, centred);
	printer.print(Buffer.from(drawn.bytes));
	return centred;
}

/** A symbol's data as text in full lines; data has no words at whose ends it could be broken. */
export function dataLines(data: string, columns: number, encoding: CodePageEncoding): string[] {
	const characters = Array.from(printable(data, encoding).text);
	return Array.from({ length: Math.ceil(characters.length / columns) }, (_, line) =>
		characters.slice(line * columns, (line + 1) * columns).join(""),
	);
}

/** The package's `feed` takes 0 for 1. */
function feed(printer: Printer, lines: number): void {
	if (lines > 0) printer.feed(lines);
}
