import type { Port } from "../model/device.ts";
import { PortError } from "./gone.ts";
import type { DeviceName } from "./plugged-name.ts";
import { listPrinters, type PluggedPrinter } from "./printers.ts";
import { resolvePrinter } from "./printers-resolve.ts";
import { claim } from "./usb-claim.ts";
import { printerPart, usbDeviceOf } from "./usb-find.ts";
import { type UsbLibrary, usbLibrary } from "./usb-library.ts";
import { portOfUsb } from "./usb-port.ts";
import { usbFailure } from "./usb-words.ts";

/** What tests replace. */
type UsbPrinterOptions = {
	readonly list?: () => Promise<readonly PluggedPrinter[]>;
	/** The package `usb` when left out. */
	readonly load?: () => Promise<UsbLibrary>;
};

/**
 * Opens a USB printer through libusb, past the kernel's driver, which gets it back at close.
 * The open device keeps the process alive.
 * @throws {FaultError} `printer-unreachable` with what the technician can do.
 */
export async function openUsbPrinter(
	device: Extract<DeviceName, { by: "usb" }>,
	{ list = listPrinters, load }: UsbPrinterOptions = {},
): Promise<Port> {
	const found = resolvePrinter(device, await list());
	if ("why" in found) throw refuse("unplugged", `usb:${device.vendorId}:${device.productId}: ${found.why}`);
	const { vendorId, productId, port } = found;
	const name = `usb:${vendorId}:${productId} at ${port}`;
	const usb = usbDeviceOf(await usbLibrary(load), found);
	if (usb === undefined) throw refuse("unplugged", `${name}: libusb does not see it; does udev run?`);
	const part = printerPart(usb);
	if (part === undefined) throw refuse("failed", `${name}: it has no interface that takes a printer's bytes`);
	const claimed = await claim(usb, part).catch((error: unknown) => {
		throw usbFailure(name, error);
	});
	return portOfUsb(claimed, name);
}

function refuse(reason: "unplugged" | "failed", detail: string): PortError {
	return new PortError("printer-unreachable", { reason, detail });
}
