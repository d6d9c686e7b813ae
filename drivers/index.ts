import type { PrinterDriver, ScannerDriver } from "../src/model/device.ts";
import { epsonTmT20iii } from "./printers/epson-tm-t20iii.ts";
import { epsonTmT88v } from "./printers/epson-tm-t88v.ts";
import { generic58mm } from "./printers/generic-58mm.ts";
import { generic80mm } from "./printers/generic-80mm.ts";
import { serialGeneric } from "./scanners/serial-generic.ts";

/** Drivers by their ids, as the configuration names them; without a prototype, so that no other name is found. */
function byId<D extends { readonly id: string }>(...drivers: readonly D[]): Readonly<Record<string, D>> {
	const found: Record<string, D> = Object.create(null);
	for (const driver of drivers) found[driver.id] = driver;
	return Object.freeze(found);
}

/** Every scanner family that can be plugged in. */
export const scannerDrivers = byId<ScannerDriver>(serialGeneric);

/** Every printer model that can be plugged in. */
export const printerDrivers = byId<PrinterDriver>(epsonTmT20iii, epsonTmT88v, generic58mm, generic80mm);
