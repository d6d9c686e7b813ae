import type { Roots } from "./plugged.ts";
import { pluggedPrintersOnLinux } from "./printers-linux.ts";
import { usbPrinters } from "./usb-find.ts";

/** A USB printer that is plugged in: an interface of the printer class, and what the system tells of it. */
export type PluggedPrinter = {
	/** Its device file: the kernel driver's, such as /dev/usb/lp0, or else that of the USB device. Of this moment. */
	readonly path: string;
	/** Four lower-case hexadecimal digits, as the next. */
	readonly vendorId?: string;
	readonly productId?: string;
	readonly serial?: string;
	/** The USB socket, as the numbers of the hubs' ports on the way to it: `1-2.3`. */
	readonly port?: string;
	readonly maker?: string;
	readonly product?: string;
	/** What it says of itself (IEEE 1284 device id), such as `MFG:EPSON;MDL:TM-T20III;CMD:ESC/POS;`. */
	readonly deviceId?: string;
	/**
	 * Which driver of the kernel has it: `usblp`, with a file in /dev/usb; `usbfs` when a program has taken it, such as
	 * CUPS; none. Left out where the system does not tell.
	 */
	readonly driver?: string;
};

/**
 * The USB printers that are plugged in, in the order of their paths. On Linux it is read from sysfs, without opening a
 * device; elsewhere through libusb.
 * @throws {FaultError} `printer-unreachable` elsewhere than on Linux when the package `usb` cannot be loaded.
 */
export async function listPrinters(
	roots: Roots = { sys: "/sys", dev: "/dev" },
): Promise<readonly PluggedPrinter[]> {
	const list = process.platform === "linux" ? await pluggedPrintersOnLinux(roots) : await usbPrinters();
	return Object.freeze(
		list.toSorted((one, other) => one.path.localeCompare(other.path, "en", { numeric: true })),
	);
}
