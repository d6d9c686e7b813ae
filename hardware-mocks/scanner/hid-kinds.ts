import type { Symbology } from "../../src/model/scan.ts";
import {
	extraByteReports,
	honeywellReports,
	ibmReports,
	microscanReports,
	newlandReports,
} from "./hid-reports.ts";

/** The ways a HID scanner may put a code into reports. */
export type HidForm = "honeywell" | "newland" | "extraByte" | "microscan" | "ibm";

/** How the forms say what kind of barcode they send: AIM identifier, Honeywell's code-id, IBM's trailer. */
const kinds: Readonly<Record<Symbology, readonly [aim: string, codeId: string, trailer: string | null]>> =
	Object.freeze({
		code128: ["]C0", "j", "00180b"],
		"gs1-128": ["]C1", "I", "00250b"],
		pdf417: ["]L2", "r", "002e0b"],
		micropdf417: ["]L3", "R", null],
		datamatrix: ["]d1", "w", "00320b"],
		"gs1-datamatrix": ["]d2", "w", null],
		qr: ["]Q1", "s", "00330b"],
		"gs1-qr": ["]Q3", "s", null],
		ean13: ["]E0", "d", "16"],
		ean8: ["]E4", "D", "0c"],
		code39: ["]A0", "b", "000a0b"],
		itf: ["]I0", "e", "000d0b"],
		databar: ["]e0", "y", null],
		aztec: ["]z0", "z", null],
		other: ["]F0", "a", "000e0b"],
		unknown: ["]X0", "\0", null],
	});

/** Which kinds a form can tell; it sends any other, too, but not as what it is. */
export function tells(form: HidForm, symbology: Symbology): boolean {
	if (form === "ibm") return kinds[symbology][2] !== null;
	return (form === "honeywell" || form === "extraByte") && symbology !== "unknown";
}

/** A barcode in reports, byte by byte. A kind for which IBM has no trailer is sent as Code 128. */
export function hidReports(form: HidForm, symbology: Symbology, content: string | Uint8Array): Uint8Array[] {
	const [aim, codeId, trailer] = kinds[symbology];
	switch (form) {
		case "honeywell":
			return honeywellReports(content, aim, codeId);
		case "newland":
			return newlandReports(content);
		case "extraByte":
			return extraByteReports(content, aim);
		case "microscan":
			return microscanReports(content);
		case "ibm":
			return ibmReports(content, trailer ?? "00180b");
	}
}
