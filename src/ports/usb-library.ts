import { FaultError } from "../model/fault.ts";
import { PortError } from "./gone.ts";

/** An error of libusb; the text that comes with it says nothing of a transfer's end, its number does. */
type UsbError = Error & { readonly errno: number };

/** One piece of bytes on its way to or from a device. */
export type UsbTransfer = { submit(bytes: Buffer): unknown; cancel(): boolean };

/** What kassad uses of the package `usb`: one direction of an interface. */
export type UsbEndpoint = {
	/** @param timeoutMs 0 waits for ever; others may come up to a minute late. */
	makeTransfer(
		timeoutMs: number,
		ended: (error: UsbError | undefined, bytes: Buffer, count: number) => void,
	): UsbTransfer;
	clearHalt(done: (error?: UsbError) => void): void;
};

export type UsbInterface = {
	isKernelDriverActive(): boolean;
	detachKernelDriver(): void;
	attachKernelDriver(): void;
	claim(): void;
	release(done: (error?: UsbError) => void): void;
	setAltSetting(alternate: number, done: (error?: UsbError) => void): void;
	endpoint(address: number): UsbEndpoint | undefined;
};

/** One alternate setting of an interface, as in USB 2.0, chapter 9.6. */
export type UsbInterfaceDescriptor = {
	readonly bInterfaceNumber: number;
	readonly bAlternateSetting: number;
	readonly bInterfaceClass: number;
	readonly bInterfaceSubClass: number;
	readonly bInterfaceProtocol: number;
	readonly endpoints: readonly { readonly bEndpointAddress: number; readonly bmAttributes: number }[];
};

export type UsbDevice = {
	readonly busNumber: number;
	readonly deviceAddress: number;
	/** The hubs' ports on the way to it, where the system tells. */
	readonly portNumbers?: readonly number[];
	readonly deviceDescriptor: {
		readonly idVendor: number;
		readonly idProduct: number;
		readonly iManufacturer: number;
		readonly iProduct: number;
		readonly iSerialNumber: number;
	};
	/** By interface and alternate setting; none of a device that is not configured. */
	readonly configDescriptor?:
		| { readonly interfaces: readonly (readonly UsbInterfaceDescriptor[])[] }
		| undefined;
	/** While the device is open. */
	readonly interfaces?: readonly UsbInterface[] | undefined;
	open(): void;
	/** @throws when a transfer is still on its way. */
	close(): void;
	getStringDescriptor(index: number, done: (error?: UsbError, text?: string) => void): void;
	controlTransfer(
		requestType: number,
		request: number,
		value: number,
		index: number,
		length: number,
		done: (error: UsbError | undefined, answer: Buffer | number | undefined) => void,
	): unknown;
};

/** The functions of the package `usb` that kassad calls. Its hot-plug events are left alone: they need a thread. */
export type UsbLibrary = { getDeviceList(): readonly UsbDevice[] };

const remedy = "on Debian: apt-get install libudev1; printers with by: usblp, tcp or serial work without it";

/** Node's own code of an error, or the text of a prebuilt file that is missing, mean that the native part is not there. */
const nativePart =
	/No native build|cannot open shared object|ERR_DLOPEN_FAILED|Cannot find (module|package)|is not a function/;

/**
 * Loads the package `usb`. Loaded only when a printer is opened through it, because its native part needs libraries that
 * a machine without such printers may lack. Loading starts one thread, which waits, and keeps no process alive.
 * @throws {FaultError} `printer-unreachable` with what to install when it cannot be loaded.
 */
export async function usbLibrary(load: () => Promise<UsbLibrary> = () => import("usb")): Promise<UsbLibrary> {
	try {
		const library = await load();
		// Where libusb cannot start, this function is missing or throws.
		library.getDeviceList();
		return library;
	} catch (error) {
		if (error instanceof FaultError || !(error instanceof Error)) throw error;
		const [first] = error.message.split("\n");
		const advice = nativePart.test(`${"code" in error ? error.code : ""} ${error.message}`)
			? `; ${remedy}`
			: "";
		const detail = `USB printers cannot be opened through libusb on this machine: ${first}${advice}`;
		throw new PortError("printer-unreachable", { reason: "failed", detail });
	}
}
