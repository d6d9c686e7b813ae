import { processId } from "./confirmation.ts";
import { escpos } from "./escpos.ts";

/** 80 mm paper at 203 dpi. */
export const epsonTmT20iii = escpos({
	id: "epson-tm-t20iii",
	title: "Epson TM-T20III",
	columns: 48,
	dots: 576,
	codePage: 17,
	feedBeforeCut: 0,
	confirmation: processId,
});
