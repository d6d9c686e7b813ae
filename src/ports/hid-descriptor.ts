import { open, realpath } from "node:fs/promises";
import { basename, join } from "node:path";

/** The longest report descriptor that Linux keeps (linux/hid.h, HID_MAX_DESCRIPTOR_SIZE). */
const mostBytes = 4_096;

/**
 * The report descriptor of a hidraw device such as `/dev/hidraw0`, as the kernel keeps it; undefined where the system
 * has none to tell. `sys` is where sysfs is.
 */
export async function readDescriptor(path: string, sys = "/sys"): Promise<Uint8Array | undefined> {
	const name = basename(await realpath(path).catch(() => path));
	if (!/^hidraw\d+$/.test(name)) return undefined;
	return readBytes(join(sys, "class/hidraw", name, "device/report_descriptor"));
}

async function readBytes(file: string): Promise<Uint8Array | undefined> {
	const handle = await open(file).catch(() => undefined);
	if (handle === undefined) return undefined;
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
		return bytesRead === 0 ? undefined : new Uint8Array(buffer.subarray(0, bytesRead));
	} catch {
		// The device may go while its descriptor is read; then the next to fail tells it better.
		return undefined;
	} finally {
		await handle.close();
	}
}
