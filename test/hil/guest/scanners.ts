import { hidDescriptors } from "../../../hardware-mocks/scanner/hid-descriptors.ts";
import { type HidForm, hidReports } from "../../../hardware-mocks/scanner/hid-kinds.ts";
import { typedReports } from "../../../hardware-mocks/scanner/keys.ts";
import { wedgeDescriptor } from "../../../hardware-mocks/scanner/keys-descriptor.ts";
import type { UsbIdentity } from "./usb-device.ts";

/** A HID scanner of a family: what it tells of itself, and how it sends a QR code. */
export type Sample = {
	/** Four hexadecimal digits, as the next. */
	readonly vendorId: string;
	readonly productId: string;
	readonly descriptor: Uint8Array;
	readonly qr: (content: string) => readonly Uint8Array[];
	/** What the family can tell of the code's kind. */
	readonly symbology: "qr" | "unknown";
};

const reporting = (ids: string, form: HidForm, symbology: Sample["symbology"]): Sample => ({
	...idsOf(ids),
	descriptor: hidDescriptors[form === "ibm" ? "ibmHandHeld" : form],
	qr: (content) => hidReports(form, "qr", content),
	symbology,
});

/** AIM identifiers are switched on in it. */
const typing = (ids: string, keyboard: "us" | "ru"): Sample => ({
	...idsOf(ids),
	descriptor: wedgeDescriptor(),
	qr: (content) => typedReports(`]Q1${content}`, { keyboard }),
	symbology: "qr",
});

function idsOf(ids: string) {
	const [vendorId = "", productId = ""] = ids.split(":");
	return { vendorId, productId };
}

/** One scanner for each HID driver, by the driver's id. */
const samples: Readonly<Record<string, Sample>> = Object.freeze({
	"honeywell-hid-pos": reporting("0c2e:0b61", "honeywell", "qr"),
	"newland-hid-pos": reporting("1eab:8210", "newland", "unknown"),
	"zebra-hid-pos": reporting("05e0:0a10", "extraByte", "qr"),
	"datalogic-hid-pos": reporting("05f9:2214", "extraByte", "qr"),
	"microscan-hid": reporting("05f9:0c0b", "microscan", "unknown"),
	"ibm-oem": reporting("05e0:1300", "ibm", "qr"),
	"keyboard-wedge": typing("05e0:1200", "us"),
	"keyboard-wedge-ru": typing("1eab:0003", "ru"),
});

/** @throws when a HID driver was added to the table without a scanner here. */
export function sampleOf(driver: string): Sample {
	const sample = samples[driver];
	if (sample === undefined) throw new Error(`there is no sample of ${driver} in scanners.ts`);
	return sample;
}

/** A scanner in its USB COM mode. */
export const serialScanner: UsbIdentity = {
	vendorId: "0c2e",
	productId: "0b6a",
	maker: "Honeywell",
	product: "Xenon 1950",
	serial: "S0001",
};

/** Two of a kind. */
export const twin: UsbIdentity = { ...idsOf("1eab:8220"), maker: "Newland", product: "HR32" };

/** The same, of a kind that has no serial numbers. */
export const namelessTwin: UsbIdentity = { ...twin, productId: "8230" };

/** Every scanner of the till's settings: name, driver, path. */
export const settings: readonly { name: string; driver: string; path: string }[] = [
	{
		name: "front",
		driver: "honeywell-serial",
		path: "/dev/serial/by-id/usb-Honeywell_Xenon_1950_S0001-if00",
	},
	...Object.entries(samples).map(([driver, { vendorId, productId }]) => ({
		name: driver,
		driver,
		path: `usb:${vendorId}:${productId}`,
	})),
	...["A", "B"].map((serial) => ({
		name: `twin-${serial.toLowerCase()}`,
		driver: "newland-hid-pos",
		path: `usb:${twin.vendorId}:${twin.productId}/serial=${serial}`,
	})),
	// The sockets of the two buses without wires.
	...[0, 1].map((socket) => ({
		name: `socket-${socket}`,
		driver: "newland-hid-pos",
		path: `usb:${namelessTwin.vendorId}:${namelessTwin.productId}/port=${socket + 1}-1`,
	})),
];
