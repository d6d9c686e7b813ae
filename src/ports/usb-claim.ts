import type { PrinterPart } from "./usb-find.ts";
import type { UsbDevice, UsbEndpoint, UsbInterface } from "./usb-library.ts";

/** A printer that kassad has for itself. */
export type Claimed = {
	readonly out: UsbEndpoint;
	/** Undefined for a one-way printer. */
	readonly in: UsbEndpoint | undefined;
	/** Gives it back to the kernel's driver and closes it. No transfer may be on its way. Never rejects. */
	letGo(): Promise<void>;
};

/**
 * Opens a device and takes its printer part from the kernel's driver (usblp), which could not be used beside it.
 * @throws what libusb throws; then nothing is left open or detached.
 */
export async function claim(device: UsbDevice, part: PrinterPart): Promise<Claimed> {
	device.open();
	const face = device.interfaces?.[part.index];
	let detached = false;
	let claimed = false;
	const letGo = async () => {
		if (face !== undefined && claimed) await quietly(() => settled((done) => face.release(done)));
		if (detached) await quietly(() => face?.attachKernelDriver());
		await quietly(() => device.close());
	};
	try {
		if (face === undefined) throw new RangeError("the device has changed while it was opened");
		detached = detach(face);
		face.claim();
		claimed = true;
		if (part.alternate !== 0) await settled((done) => face.setAltSetting(part.alternate, done));
		const out = face.endpoint(part.out);
		if (out === undefined) throw new RangeError("the device has changed while it was opened");
		return { out, in: part.in === undefined ? undefined : face.endpoint(part.in), letGo };
	} catch (error) {
		await letGo();
		throw error;
	}
}

/** Whether a driver of the kernel had it. Only Linux can be asked; elsewhere the question itself is an error. */
function detach(face: UsbInterface): boolean {
	let active: boolean;
	try {
		active = face.isKernelDriverActive();
	} catch {
		return false;
	}
	if (active) face.detachKernelDriver();
	return active;
}

function settled(deed: (done: (error?: Error) => void) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		deed((error) => (error === undefined ? resolve() : reject(error)));
	});
}

/** A device that was unplugged can be given back to nobody. */
async function quietly(deed: () => unknown): Promise<void> {
	try {
		await deed();
	} catch {
		// It is not used again.
	}
}
