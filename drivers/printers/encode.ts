import Printer from "escpos/printer.js";
import type { Block, Line } from "../../src/model/block.ts";
import { qrCode } from "./qr.ts";
import { printable } from "./text.ts";

/** What differs from model to model in how a block is written. */
export type Dialect = {
	/** The number that ESC t gives to code page 866. */
	readonly codePage: number;
	/** Lines fed before the cut command, so that the last line leaves the printer. */
	readonly feedBeforeCut: number;
};

type Style = Omit<Extract<Line, { kind: "text" }>, "kind" | "text">;

/** How a printer writes after ESC @. */
const plain: Style = { align: "left", bold: false, size: 1 };

const sides = { left: "lt", centre: "ct", right: "rt" } as const;

/**
 * A block in ESC/POS, beginning from a known state whatever was printed before. Each block has a `Printer` of its
 * own, since the package keeps its memory between documents.
 */
export function encodeBlock(block: Block, dialect: Dialect): Uint8Array {
	let encoded = new Uint8Array();
	const collect = (bytes: Buffer) => {
		encoded = Uint8Array.from(bytes);
	};
	const printer = new Printer({ write: collect }, { encoding: "cp866" });
	printer.hardware("init");
	// FS .: printers with Chinese firmware wake up in two-byte mode, and ESC @ brings it back.
	printer.print(Buffer.of(0x1c, 0x2e));
	printer.print(Buffer.of(0x1b, 0x74, dialect.codePage));
	// ESC R 0: in other national sets # $ @ [ and their like are letters.
	printer.print(Buffer.of(0x1b, 0x52, 0));
	let style = plain;
	for (const line of block) style = writeLine(printer, line, style, dialect);
	printer.flush();
	return encoded;
}

/** Writes one line and returns the style in which it left the printer. */
function writeLine(printer: Printer, line: Line, style: Style, dialect: Dialect): Style {
	switch (line.kind) {
		case "text":
			change(printer, style, line);
			printer.text(printable(line.text).text);
			return line;
		case "qr":
			return writeQr(printer, line.data, style);
		case "feed":
			feed(printer, line.lines);
			return style;
		case "cut":
			feed(printer, dialect.feedBeforeCut);
			// GS V 66 0: feed to the blade, then a partial cut. The package's own cut stops short of the blade.
			printer.print(Buffer.of(0x1d, 0x56, 0x42, 0));
			return style;
	}
}

function change(printer: Printer, from: Style, to: Style): void {
	if (to.align !== from.align) printer.align(sides[to.align]);
	if (to.bold !== from.bold) printer.print(Buffer.of(0x1b, 0x45, to.bold ? 1 : 0));
	// GS !: width in the high half of the byte, height in the low one.
	if (to.size !== from.size) printer.print(Buffer.of(0x1d, 0x21, (to.size - 1) * 0x11));
}

/** Data that does not fit the paper as a QR code is printed as text: nothing is lost. */
function writeQr(printer: Printer, data: string, style: Style): Style {
	const centred: Style = { ...plain, align: "centre" };
	change(printer, style, centred);
	const code = qrCode(data);
	if (code === undefined) printer.text(printable(data).text);
	else printer.print(code);
	return centred;
}

/** The package's `feed` takes 0 for 1. */
function feed(printer: Printer, lines: number): void {
	if (lines > 0) printer.feed(lines);
}
