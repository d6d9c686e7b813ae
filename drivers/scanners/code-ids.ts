import type { Symbology } from "../../src/model/scan.ts";

/**
 * What vendors put in front of a read when the scanner is set to send its own code-ids instead of AIM identifiers.
 * Some stand for a whole group: it is then called by its most common member. From Zebra's SP72 programming guide
 * ("Symbol code characters"), Honeywell's Xenon and Granit guides and Datalogic's QuickScan, PowerScan and Magellan
 * guides ("label identifiers"); those marked (unverified) were not seen in one of them.
 */
type CodeIds = Readonly<Record<string, Symbology>>;

/** Code-ids of Symbol and Zebra. `A` is any EAN or UPC, `X` any PDF417, `P01` any QR. */
export const zebraCodeIds = Object.freeze({
	A: "ean13",
	B: "code39", // (unverified)
	D: "code128",
	F: "itf", // (unverified)
	K: "gs1-128",
	R: "databar", // (unverified)
	X: "pdf417",
	P00: "datamatrix",
	P01: "qr",
	P0G: "gs1-datamatrix",
	P0Q: "gs1-qr",
} satisfies CodeIds);

/** Code-ids of Honeywell. For GS1-128 a library in the field has `|` where the guides have `I`: both are known. */
export const honeywellCodeIds = Object.freeze({
	b: "code39", // (unverified)
	c: "other", // UPC-A
	d: "ean13",
	D: "ean8",
	e: "itf", // (unverified)
	E: "other", // UPC-E
	I: "gs1-128", // (unverified)
	"|": "gs1-128", // (unverified)
	j: "code128",
	r: "pdf417",
	R: "micropdf417",
	s: "qr",
	w: "datamatrix",
	y: "databar", // (unverified)
	z: "aztec", // (unverified)
} satisfies CodeIds);

/** Datalogic's label identifiers, the USA set. It has none for GS1-128. */
export const datalogicUsaCodeIds = Object.freeze({
	"#": "code128",
	A: "other", // UPC-A (unverified)
	Dm: "datamatrix", // (unverified)
	E: "other", // UPC-E (unverified)
	F: "ean13",
	FF: "ean8",
	P: "pdf417", // (unverified)
	QR: "qr",
	$Q: "qr", // Micro QR
	mP: "micropdf417",
} satisfies CodeIds);

/** Datalogic's label identifiers, the EU set. Changing the set resets all settings of the scanner. */
export const datalogicEuCodeIds = Object.freeze({
	A: "ean8",
	B: "ean13",
	C: "other", // UPC-A
	D: "other", // UPC-E
	T: "code128",
	k: "gs1-128",
	r: "pdf417", // (unverified)
	w: "datamatrix", // (unverified)
	y: "qr", // (unverified)
} satisfies CodeIds);
