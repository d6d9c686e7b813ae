import { epsonTmT88v } from "../../drivers/printers/epson-tm-t88v.ts";
import { generic58mm } from "../../drivers/printers/generic-58mm.ts";
import { generic80mm } from "../../drivers/printers/generic-80mm.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";

/** Printers of the usual widths: 32, 42 and 48 columns. */
const usual = [generic58mm, epsonTmT88v, generic80mm] as const;

/** Dots of a letter. */
const letterWidth = 12;

/** A printer of so many columns, for who names none: a usual one of that width, or a generic one made to it. */
export function driverOfWidth(columns: number): PrinterDriver {
	const generic = columns < 42 ? generic58mm : generic80mm;
	const made = () => generic.tuned({ columns, dots: columns * letterWidth });
	return usual.find((driver) => driver.columns === columns) ?? made();
}
