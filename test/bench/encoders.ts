import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import Printer from "escpos/printer.js";
import { CharacterSet, PrinterTypes, ThermalPrinter } from "node-thermal-printer";
import type { Block } from "../../src/model/block.ts";
import { keyValue, rule, text } from "../../src/print/documents/layout.ts";

/** Makes the sample block once and throws it away. */
export type Encoder = () => void;

const columns = 48;
const url = "https://example.org/r/5c2b1f0e-9d1c-4f43-8a7e-9b1d0c2f3a4b";

/** Forty lines as of a receipt, half of them Russian words, and a QR code. */
const lines = [
	"ОПЛАТА КОШЕЛЁК",
	...Array.from({ length: 38 }, (_, at) =>
		keyValue(`Молоко пастеризованное, ${at} шт.`, `${at}99.90`, columns),
	).flat(),
	rule(columns).text,
];

export const sampleBlock: Block = [
	...lines.map((line, at) => text(line, at === 0 ? { align: "centre", bold: true } : {})),
	{ kind: "symbol", symbol: "qr", data: url },
	{ kind: "feed", lines: 1 },
	{ kind: "cut" },
];

/** The bytes that the bare package is given for what it cannot do by itself. */
const qr = Buffer.concat([
	Buffer.from("1d286b0400314132001d286b03003143061d286b0300314531", "hex"),
	Buffer.from([0x1d, 0x28, 0x6b, url.length + 3, 0, 0x31, 0x50, 0x30]),
	Buffer.from(url),
	Buffer.from("1d286b0300315130", "hex"),
]);

function bareEscpos(): void {
	const printer = new Printer({ write: (bytes) => void Uint8Array.from(bytes) }, { encoding: "cp866" });
	printer.hardware("init");
	printer.print(Buffer.of(0x1b, 0x74, 17));
	for (const line of lines) printer.text(line);
	printer.align("ct");
	printer.print(qr);
	printer.feed(1);
	printer.print(Buffer.of(0x1d, 0x56, 0x42, 0));
	printer.flush();
}

const thermal = new ThermalPrinter({
	type: PrinterTypes.EPSON,
	interface: "tcp://127.0.0.1",
	characterSet: CharacterSet.PC866_CYRILLIC2,
	width: columns,
});

function nodeThermalPrinter(): void {
	thermal.clear();
	for (const line of lines) thermal.println(line);
	thermal.alignCenter();
	thermal.printQR(url, { cellSize: 6 });
	thermal.cut();
	thermal.getBuffer();
}

function receiptPrinterEncoder(): void {
	const encoder = new ReceiptPrinterEncoder({ language: "esc-pos", columns }).initialize().codepage("cp866");
	for (const line of lines) encoder.line(line);
	encoder.align("center").qrcode(url).cut().encode();
}

/** What kassad's encoding is measured beside. */
export const encoders: Readonly<Record<string, Encoder>> = {
	escpos: bareEscpos,
	"node-thermal-printer": nodeThermalPrinter,
	"receipt-printer-encoder": receiptPrinterEncoder,
};
