import type { ScannerDriver } from "../src/model/device.ts";
import type { PrinterDriver } from "../src/model/printer-driver.ts";
import { bixolonSrp350iii } from "./printers/bixolon-srp-350iii.ts";
import { citizenCtS310ii } from "./printers/citizen-ct-s310ii.ts";
import { epsonTmM30iii } from "./printers/epson-tm-m30iii.ts";
import { epsonTmT20iii, epsonTmT20iii42 } from "./printers/epson-tm-t20iii.ts";
import { epsonTmT88v } from "./printers/epson-tm-t88v.ts";
import { epsonTmT88vi } from "./printers/epson-tm-t88vi.ts";
import { generic58mm } from "./printers/generic-58mm.ts";
import { generic80mm, generic80mmOneWay } from "./printers/generic-80mm.ts";
import { pos5890 } from "./printers/pos-5890.ts";
import { q583p } from "./printers/q583p.ts";
import { rongtaRp326 } from "./printers/rongta-rp326.ts";
import { starEscpos } from "./printers/star-escpos.ts";
import { sunmi } from "./printers/sunmi.ts";
import { xprinter } from "./printers/xprinter.ts";
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
export const printerDrivers = byId<PrinterDriver>(
	bixolonSrp350iii,
	citizenCtS310ii,
	epsonTmM30iii,
	epsonTmT20iii,
	epsonTmT20iii42,
	epsonTmT88v,
	epsonTmT88vi,
	generic58mm,
	generic80mm,
	generic80mmOneWay,
	pos5890,
	q583p,
	rongtaRp326,
	starEscpos,
	sunmi,
	xprinter,
);
