/**
 * The slice of the package `escpos` that is sound, and no more: whatever else it offers does not compile here.
 * Its QR code, barcodes, drawer, tables, images and status either send bytes of another dialect or wait for
 * nobody; those commands are bytes of our own, sent through `print`.
 */
declare module "escpos/printer.js" {
	class Printer {
		/** `write` is handed a view of memory that is used again: it must copy. */
		constructor(adapter: { write(bytes: Buffer): void }, options: { encoding: string });
		hardware(deed: "init"): this;
		/** Without a number: the default line spacing. */
		lineSpace(): this;
		align(side: "lt" | "ct" | "rt"): this;
		/** The text and a line feed. */
		text(line: string): this;
		feed(lines: number): this;
		print(bytes: Buffer): this;
		flush(): this;
	}
	export = Printer;
}
