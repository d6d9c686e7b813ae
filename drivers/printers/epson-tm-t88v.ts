import { processId } from "./confirmation.ts";
import { escpos } from "./escpos.ts";

/** 80 mm paper at 180 dpi: fewer dots and fewer columns than other 80 mm printers. */
export const epsonTmT88v = escpos({
	id: "epson-tm-t88v",
	title: "Epson TM-T88V",
	columns: 42,
	dots: 512,
	codePage: 17,
	feedBeforeCut: 0,
	confirmation: processId,
});
