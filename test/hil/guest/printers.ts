import type { UsbIdentity } from "./usb-device.ts";

/** The receipt printer that the daemon prints on. */
export const tillPrinter: UsbIdentity = {
	vendorId: "04b8",
	productId: "0e15",
	maker: "EPSON",
	product: "TM-T20II",
	serial: "P0002",
};

const common = {
	driver: "epson-tm-t20iii",
	// Each print opens it for itself, so that both ways can be used in turn.
	keepOpen: false,
	// An emulated machine is slow.
	deadlines: { connectMs: 30_000, statusMs: 10_000, writeMs: 60_000, confirmMs: 60_000, reloadMs: 0 },
};

/** The same printer by both ways, as the daemon's settings name it. */
export const settings = [
	{ ...common, name: "by-usblp", connection: { by: "usblp", path: "usb:04b8:0e15" } },
	{ ...common, name: "by-libusb", connection: { by: "usb", device: "usb:04b8:0e15/serial=P0002" } },
] as const;
