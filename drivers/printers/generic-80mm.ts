import { paperBarrier } from "./confirmation.ts";
import { escpos } from "./escpos.ts";

/** 80 mm paper at 203 dpi with Epson's number for code page 866; Xprinter, Bixolon and Star keep to it too. */
export const generic80mm = escpos({
	id: "generic-80mm",
	title: "ESC/POS printer, 80 mm",
	columns: 48,
	dots: 576,
	codePage: 17,
	feedBeforeCut: 0,
	confirmation: paperBarrier,
});
