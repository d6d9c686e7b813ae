import type { PluggedPrinter } from "./printers.ts";
import { type UsbDevice, type UsbInterfaceDescriptor, type UsbLibrary, usbLibrary } from "./usb-library.ts";

/** Where a device takes a printer's bytes. */
export type PrinterPart = {
	/** Place of the interface in the device's list. */
	readonly index: number;
	readonly alternate: number;
	/** Addresses of the endpoints; a one-way printer has none to read from. */
	readonly out: number;
	readonly in: number | undefined;
};

/** Bytes as they are, one way or both; protocol 3 is IEEE 1284.4, 4 is IPP (USB printing devices 1.1, chapter 4). */
const protocols = [2, 1];
const [printerClass, printerSubClass] = [7, 1];
const [inBit, typeMask, bulk] = [0x80, 0x03, 0x02];

/**
 * The part of a device that is a printer: class 07, subclass 01, both ways rather than one. Endpoints differ from model
 * to model, so they are read from the descriptors.
 */
export function printerPart({
	configDescriptor,
}: Pick<UsbDevice, "configDescriptor">): PrinterPart | undefined {
	const parts = (configDescriptor?.interfaces ?? []).flatMap((alternates, index) =>
		alternates.filter(isPrinter).flatMap((descriptor) => {
			const ends = descriptor.endpoints.filter(({ bmAttributes }) => (bmAttributes & typeMask) === bulk);
			const addresses = ends.map(({ bEndpointAddress }) => bEndpointAddress);
			const out = addresses.find((address) => (address & inBit) === 0);
			if (out === undefined) return [];
			const back = addresses.find((address) => (address & inBit) !== 0);
			const rank = protocols.indexOf(descriptor.bInterfaceProtocol);
			return [{ index, alternate: descriptor.bAlternateSetting, out, in: back, rank }];
		}),
	);
	const [best] = parts.sort((one, other) => one.rank - other.rank);
	if (best === undefined) return undefined;
	const { rank: _, ...part } = best;
	return part;
}

function isPrinter(descriptor: UsbInterfaceDescriptor): boolean {
	const { bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol } = descriptor;
	return (
		bInterfaceClass === printerClass &&
		bInterfaceSubClass === printerSubClass &&
		protocols.includes(bInterfaceProtocol)
	);
}

/** The device of libusb behind a plugged printer, or undefined when libusb does not see it. */
export function usbDeviceOf(library: UsbLibrary, printer: PluggedPrinter): UsbDevice | undefined {
	return library.getDeviceList().find((device) => {
		const { vendorId, productId, port } = idsOf(device);
		return vendorId === printer.vendorId && productId === printer.productId && port === printer.port;
	});
}

/**
 * The printers that libusb sees, for systems without sysfs. Each that nobody has open here is opened to read its names,
 * if that is allowed.
 * @throws {FaultError} `printer-unreachable` when the package `usb` cannot be loaded.
 */
export async function usbPrinters(load?: () => Promise<UsbLibrary>): Promise<PluggedPrinter[]> {
	const library = await usbLibrary(load);
	const printers = library.getDeviceList().filter((device) => printerPart(device) !== undefined);
	return Promise.all(
		printers.map(async (device) => {
			const ids = idsOf(device);
			return Object.freeze({ path: `usb ${ids.port}`, ...ids, ...(await namesOf(device)) });
		}),
	);
}

function idsOf({ busNumber, portNumbers, deviceDescriptor }: UsbDevice) {
	const hex = (id: number) => id.toString(16).padStart(4, "0");
	return {
		vendorId: hex(deviceDescriptor.idVendor),
		productId: hex(deviceDescriptor.idProduct),
		// As Linux names it, so that a name from the settings means the same with and without sysfs.
		port: `${busNumber}-${(portNumbers ?? []).join(".")}`,
	};
}

async function namesOf(
	device: UsbDevice,
): Promise<Pick<PluggedPrinter, "maker" | "product" | "serial" | "deviceId">> {
	if (device.interfaces !== undefined) return {};
	try {
		device.open();
	} catch {
		// Another driver has it; its names are not worth more than that.
		return {};
	}
	const { iManufacturer, iProduct, iSerialNumber } = device.deviceDescriptor;
	const maker = await stringOf(device, iManufacturer);
	const product = await stringOf(device, iProduct);
	const serial = await stringOf(device, iSerialNumber);
	const deviceId = await deviceIdOf(device);
	device.close();
	const known = Object.entries({ maker, product, serial, deviceId }).filter(([, fact]) => fact !== undefined);
	return Object.fromEntries(known);
}

function stringOf(device: UsbDevice, index: number): Promise<string | undefined> {
	return new Promise((resolve) => {
		device.getStringDescriptor(index, (_, text) => resolve(clean(text)));
	});
}

/** GET_DEVICE_ID (USB printing devices 1.1, chapter 4.2.1): two bytes of length, then the text. */
function deviceIdOf(device: UsbDevice): Promise<string | undefined> {
	const part = printerPart(device);
	if (part === undefined) return Promise.resolve(undefined);
	return new Promise((resolve) => {
		device.controlTransfer(0xa1, 0, 0, (part.index << 8) | part.alternate, mostIdBytes, (_, answer) =>
			resolve(typeof answer === "object" ? clean(answer.subarray(2).toString("latin1")) : undefined),
		);
	});
}

const mostIdBytes = 1_024;

/** What a device says of itself may be anything. */
function clean(text: string | undefined): string | undefined {
	const plain = (text ?? "").trim().replace(/\p{C}/gu, "?").slice(0, mostIdBytes);
	return plain === "" ? undefined : plain;
}
