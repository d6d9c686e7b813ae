import type { HidUsage } from "./hid-usages.ts";
import { pluggedElsewhere } from "./plugged-elsewhere.ts";
import { pluggedOnLinux } from "./plugged-linux.ts";

/** A device file that kassad could open, and what the system tells of the device behind it. */
export type Plugged = {
	readonly channel: "serial" | "hid";
	/** Of this moment: the next time it is plugged in it may be another. */
	readonly path: string;
	/** Four lower-case hexadecimal digits, as the next; a serial port of the machine itself has neither. */
	readonly vendorId?: string;
	readonly productId?: string;
	readonly serial?: string;
	/** The USB socket, as the numbers of the hubs' ports on the way to it: `1-2.3`. */
	readonly port?: string;
	readonly maker?: string;
	readonly product?: string;
	/** Of a HID device: what its parts are for, as far as the system tells. */
	readonly usages: readonly HidUsage[];
	/** A link that follows a serial device from plug to plug, such as one in /dev/serial/by-id. */
	readonly stablePath?: string;
};

/** Where the kernel's files are. */
export type Roots = { readonly sys: string; readonly dev: string };

const kernelRoots: Roots = Object.freeze({ sys: "/sys", dev: "/dev" });

/**
 * Everything that is plugged in and could be a scanner: serial devices and HID devices, in the order of their paths.
 * On Linux it is read from sysfs, without a program such as udevadm and without opening a device.
 * @throws {FaultError} `scanner-away` elsewhere than on Linux when node-hid cannot be loaded.
 */
export async function listPlugged(roots: Roots = kernelRoots): Promise<readonly Plugged[]> {
	const list = process.platform === "linux" ? await pluggedOnLinux(roots) : await pluggedElsewhere();
	return Object.freeze(list.toSorted((one, other) => byPath(one.path, other.path)));
}

/** ttyACM2 before ttyACM10. */
function byPath(one: string, other: string): number {
	return one.localeCompare(other, "en", { numeric: true });
}
