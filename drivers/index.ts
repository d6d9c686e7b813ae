import type { PrinterDriver, ScannerDriver } from "../src/model/device.ts";
import { epsonTmT20iii } from "./printers/epson-tm-t20iii.ts";
import { epsonTmT88v } from "./printers/epson-tm-t88v.ts";
import { generic58mm } from "./printers/generic-58mm.ts";
import { generic80mm } from "./printers/generic-80mm.ts";
import { datalogicHidPos } from "./scanners/datalogic-hid-pos.ts";
import { datalogicSerial, datalogicSerialEu } from "./scanners/datalogic-serial.ts";
import { honeywellHidPos } from "./scanners/honeywell-hid-pos.ts";
import { honeywellSerial } from "./scanners/honeywell-serial.ts";
import { ibmOem } from "./scanners/ibm-oem.ts";
import { keyboardWedge } from "./scanners/keyboard-wedge.ts";
import { keyboardWedgeRu } from "./scanners/keyboard-wedge-ru.ts";
import { metrologicSerial } from "./scanners/metrologic-serial.ts";
import { microscanHid } from "./scanners/microscan-hid.ts";
import { newlandHidPos } from "./scanners/newland-hid-pos.ts";
import { newlandSerial } from "./scanners/newland-serial.ts";
import { serialGeneric } from "./scanners/serial-generic.ts";
import { zebraHidPos } from "./scanners/zebra-hid-pos.ts";
import { zebraIcl, zebraNixdorf, zebraOlivetti } from "./scanners/zebra-profiles.ts";
import { zebraSerial } from "./scanners/zebra-serial.ts";
import { zebraSsi } from "./scanners/zebra-ssi.ts";

/** Drivers by their ids, as the configuration names them; without a prototype, so that no other name is found. */
function byId<D extends { readonly id: string }>(...drivers: readonly D[]): Readonly<Record<string, D>> {
	const found: Record<string, D> = Object.create(null);
	for (const driver of drivers) found[driver.id] = driver;
	return Object.freeze(found);
}

/** Every scanner family that can be plugged in. */
export const scannerDrivers = byId<ScannerDriver>(
	datalogicHidPos,
	datalogicSerial,
	datalogicSerialEu,
	honeywellHidPos,
	honeywellSerial,
	ibmOem,
	keyboardWedge,
	keyboardWedgeRu,
	metrologicSerial,
	microscanHid,
	newlandHidPos,
	newlandSerial,
	serialGeneric,
	zebraHidPos,
	zebraIcl,
	zebraNixdorf,
	zebraOlivetti,
	zebraSerial,
	zebraSsi,
);

/** Every printer model that can be plugged in. */
export const printerDrivers = byId<PrinterDriver>(epsonTmT20iii, epsonTmT88v, generic58mm, generic80mm);
