import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { Port } from "../model/device.ts";
import { PortError } from "./gone.ts";
import { polledPort } from "./polled.ts";
import { printerRefusal } from "./printer-rights.ts";

const { O_RDWR, O_NONBLOCK, O_NOCTTY } = constants;

/**
 * Opens a file of the kernel's driver for USB printers, such as /dev/usb/lp0, for kassad alone. What the printer has to
 * say is read from it, too.
 * @throws {FaultError} `printer-unreachable` with the operating system's words and what to do.
 */
export async function openUsblp(path: string): Promise<Port> {
	const handle = await open(path, O_RDWR | O_NONBLOCK | O_NOCTTY).catch(async (error: unknown) => {
		throw await printerRefusal(path, error);
	});
	if (!(await handle.stat()).isCharacterDevice()) {
		await handle.close();
		const detail = `${path}: this is no device; a file or FIFO is opened with by: file`;
		throw new PortError("printer-unreachable", { reason: "failed", detail });
	}
	return polledPort({ handle, name: path, reads: true });
}
