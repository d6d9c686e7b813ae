import type { Port } from "../model/device.ts";
import { PortError } from "./gone.ts";
import { readDescriptor } from "./hid-descriptor.ts";
import { type HidDevice, openHidDevice } from "./hid-library.ts";
import { portOfHid } from "./hid-port.ts";
import { refusal } from "./rights.ts";

/** What tests replace. */
type HidOptions = {
	/** Opens the device of a path; node-hid when left out. */
	readonly open?: (path: string) => Promise<HidDevice>;
	/** Where sysfs is. */
	readonly sys?: string;
};

/**
 * Opens a HID device by its path: on Linux `/dev/hidrawN`, elsewhere what node-hid's list of devices says.
 * The handle keeps the process alive (node-hid does not let `process.exit` through while it is read), so the port
 * must be closed before the process can end.
 * @throws {FaultError} `scanner-away` with the operating system's words and what to do.
 */
export async function openHid(path: string, { open = openHidDevice, sys }: HidOptions = {}): Promise<Port> {
	const device = await open(path).catch(async (error: unknown) => {
		throw error instanceof PortError ? error : await refusal(path, "hid", error);
	});
	const port = portOfHid(device, path, await readDescriptor(path, sys));
	// node-hid starts to read one turn after the listener came, and that throws where nobody can catch it when the
	// device was closed meanwhile.
	await new Promise<void>((resolve) => process.nextTick(resolve));
	return port;
}
