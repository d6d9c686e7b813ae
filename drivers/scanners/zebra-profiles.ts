import type { ScannerDriver } from "../../src/model/device.ts";
import { zebraSerial } from "./zebra-serial.ts";

/**
 * Host types of Symbol and Zebra scanners that imitate those of old tills: Motorola LS9203 guide, table 6-2. Their
 * parity bit leaves 8 data bits whole, Olivetti's 7 do not carry bytes from 80 on.
 */
const ends = Object.freeze([Object.freeze([0x0d])]);
const untilCr = Object.freeze({ by: "marks", start: Object.freeze([]), ends, settleMs: 0 } as const);

/** Host type "ICL": even parity, CR behind every read. */
export const zebraIcl = Object.freeze({
	...zebraSerial,
	id: "zebra-icl",
	title: "Zebra (Symbol) scanner on a serial line, host type ICL",
	marks: Object.freeze([]),
	line: Object.freeze({ ...zebraSerial.line, parity: "even" }),
	framing: untilCr,
} satisfies ScannerDriver);

/** Host types "Nixdorf Mode A" and "Nixdorf Mode B": odd parity, CR behind every read. */
export const zebraNixdorf = Object.freeze({
	...zebraSerial,
	id: "zebra-nixdorf",
	title: "Zebra (Symbol) scanner on a serial line, host type Nixdorf",
	marks: Object.freeze([]),
	line: Object.freeze({ ...zebraSerial.line, parity: "odd" }),
	framing: untilCr,
} satisfies ScannerDriver);

/** Host type "Olivetti ORS4500": 7 bits, even parity, every read between STX and ETX, perhaps with CR behind. */
export const zebraOlivetti = Object.freeze({
	...zebraSerial,
	id: "zebra-olivetti",
	title: "Zebra (Symbol) scanner on a serial line, host type Olivetti",
	marks: Object.freeze([]),
	line: Object.freeze({ ...zebraSerial.line, dataBits: 7, parity: "even" }),
	framing: Object.freeze({
		by: "marks",
		start: Object.freeze([0x02]),
		ends: Object.freeze([Object.freeze([0x03, 0x0d]), Object.freeze([0x03])]),
		settleMs: 0,
	}),
} satisfies ScannerDriver);
