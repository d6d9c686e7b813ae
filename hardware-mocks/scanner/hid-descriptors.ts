/**
 * Report descriptors of HID scanners, item by item (HID 1.11, 6.2.2; HID POS usage tables 1.02). No vendor prints its
 * own: these are written so that the reports are those of the vendor's manual.
 */

/** Items of HID POS that recur below. */
const barCodeScannerPage = [0x05, 0x8c];
const genericDesktopPage = [0x05, 0x01];
const end = [0xc0];

/** An application collection of a HID POS scanner around its reports. */
const hidPosScanner = (...reports: number[][]): Uint8Array =>
	Uint8Array.from([
		...barCodeScannerPage,
		...[0x09, 0x02], // Usage (Bar Code Scanner)
		...[0xa1, 0x01], // Collection (Application)
		...[0x15, 0x00], // Logical Minimum (0)
		...[0x26, 0xff, 0x00], // Logical Maximum (255)
		...[0x75, 0x08], // Report Size (8)
		...reports.flat(),
		...end,
	]);

/** Byte count, one byte. */
const byteCount = [
	...genericDesktopPage,
	...[0x95, 0x01], // Report Count (1)
	...[0x09, 0x3b], // Usage (Byte Count)
	...[0x81, 0x02], // Input (Data, Variable, Absolute)
	...barCodeScannerPage,
];

/** The three bytes of the AIM identifier. */
const symbologyIdentifier = [
	...[0x95, 0x03], // Report Count (3)
	...[0x09, 0xfb], // Usage (Symbology Identifier 1)
	...[0x09, 0xfc], // Usage (Symbology Identifier 2)
	...[0x09, 0xfd], // Usage (Symbology Identifier 3)
	...[0x81, 0x02], // Input (Data, Variable, Absolute)
];

const decodedData = (bytes: number): number[] => [
	...[0x95, bytes], // Report Count
	...[0x09, 0xfe], // Usage (Decoded Data)
	...[0x82, 0x02, 0x01], // Input (Data, Variable, Absolute, Buffered Bytes)
];

/** Bytes of the vendor's own. */
const vendorBytes = (bytes: number): number[] => [
	...[0x06, 0x66, 0xff], // Usage Page (Vendor FF66)
	...[0x95, bytes], // Report Count
	...[0x09, 0x04], // Usage (vendor's)
	...[0x81, 0x02], // Input (Data, Variable, Absolute)
	...barCodeScannerPage,
];

/** Bit 0 says that the code goes on; seven bits of padding. */
const continued = [
	...[0x25, 0x01], // Logical Maximum (1)
	...[0x75, 0x01], // Report Size (1)
	...[0x95, 0x01], // Report Count (1)
	...[0x09, 0xff], // Usage (Decode Data Continued)
	...[0x81, 0x02], // Input (Data, Variable, Absolute)
	...[0x95, 0x07], // Report Count (7)
	...[0x81, 0x03], // Input (Constant)
	...[0x26, 0xff, 0x00], // Logical Maximum (255)
	...[0x75, 0x08], // Report Size (8)
];

/** A scanned data report with this id. */
const scannedData = (reportId: number, ...fields: number[][]): number[] => [
	...[0x09, 0x12], // Usage (Scanned Data Report)
	...[0xa1, 0x02], // Collection (Logical)
	...[0x85, reportId], // Report ID
	...fields.flat(),
	...end,
];

/** A report of the host's, or of settings, whose bytes only the vendor knows. */
const vendorReport = (reportId: number, main: 0x91 | 0xb1, bytes: number): number[] => [
	...[0x06, 0x66, 0xff], // Usage Page (Vendor FF66)
	...[0x09, 0x01], // Usage (vendor's)
	...[0xa1, 0x02], // Collection (Logical)
	...[0x85, reportId], // Report ID
	...[0x95, bytes], // Report Count
	...[0x09, 0x02], // Usage (vendor's)
	...[main, 0x02], // Output (91) or Feature (B1) (Data, Variable, Absolute)
	...end,
	...barCodeScannerPage,
];

/** IBM's OEM scanner: 11 bytes of command out, 64 bytes of status and label in, no report ids. */
const oemScanner = (usage: 0x4a | 0x4b): Uint8Array =>
	Uint8Array.from([
		...[0x06, 0x45, 0xff], // Usage Page (OEM point of sale, FF45)
		...[0x0a, 0x00, usage], // Usage (4A00 table-top, 4B00 hand-held)
		...[0xa1, 0x01], // Collection (Application)
		...[0x0a, 0x01, 0x4a], // Usage (Scanner Command)
		...[0x75, 0x08], // Report Size (8)
		...[0x95, 0x0b], // Report Count (11)
		...[0x15, 0x00], // Logical Minimum (0)
		...[0x26, 0xff, 0x00], // Logical Maximum (255)
		...[0x91, 0x02], // Output (Data, Variable, Absolute)
		...[0x0a, 0x02, 0x4a], // Usage (Scanner Status)
		...[0x95, 0x40], // Report Count (64)
		...[0x81, 0x02], // Input (Data, Variable, Absolute)
		...end,
	]);

/** Microscan's own reports: 62 bytes and their count in both directions. */
const microscan = Uint8Array.from([
	...[0x06, 0x00, 0xff], // Usage Page (Vendor FF00)
	...[0x09, 0x01], // Usage (vendor's)
	...[0xa1, 0x01], // Collection (Application)
	...[0x85, 0x01], // Report ID (1)
	...[0x15, 0x00], // Logical Minimum (0)
	...[0x26, 0xff, 0x00], // Logical Maximum (255)
	...[0x75, 0x08], // Report Size (8)
	...[0x95, 0x3f], // Report Count (63)
	...[0x09, 0x02], // Usage (vendor's)
	...[0x81, 0x02], // Input (Data, Variable, Absolute)
	...[0x09, 0x03], // Usage (vendor's)
	...[0x91, 0x02], // Output (Data, Variable, Absolute)
	...end,
]);

/** By family. `extraByte` is the form with one more byte in front of the AIM identifier. */
export const hidDescriptors = Object.freeze({
	honeywell: hidPosScanner(
		scannedData(0x02, byteCount, symbologyIdentifier, decodedData(56), vendorBytes(2), continued),
		vendorReport(0xfd, 0x91, 63),
		vendorReport(0xfe, 0xb1, 1),
	),
	newland: hidPosScanner(
		scannedData(0x02, byteCount, decodedData(56), vendorBytes(5), continued),
		vendorReport(0x04, 0x91, 63),
	),
	extraByte: hidPosScanner(
		scannedData(
			0x02,
			byteCount,
			vendorBytes(1),
			symbologyIdentifier,
			decodedData(56),
			vendorBytes(1),
			continued,
		),
	),
	microscan,
	ibmHandHeld: oemScanner(0x4b),
	ibmTableTop: oemScanner(0x4a),
});
