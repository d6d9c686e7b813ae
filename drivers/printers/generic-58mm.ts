import { paperBarrier } from "./confirmation.ts";
import { escpos } from "./escpos.ts";

/** 58 mm paper at 203 dpi. Most have no blade, and the paper is torn off some way above the head. */
export const generic58mm = escpos({
	id: "generic-58mm",
	title: "ESC/POS printer, 58 mm",
	columns: 32,
	dots: 384,
	codePage: 17,
	feedBeforeCut: 4,
	confirmation: paperBarrier,
});
