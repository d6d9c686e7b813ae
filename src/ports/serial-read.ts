import { readSync } from "node:fs";
import { codeOf } from "./gone.ts";
import type { UnixPort } from "./serial-guard.ts";

type Read = UnixPort["read"];

/** What serialport takes for the loss of the device (bindings-cpp 13.0.0, unix-read.js). */
const lostCodes: ReadonlySet<string> = new Set(["EBADF", "ENXIO", "UNKNOWN"]);

/** EPERM, which a driver says instead of something better: of these serialport looks at the number alone. */
const lostErrno = -1;

/** There is nothing to read after all: somebody waits for it again. */
const againCodes: ReadonlySet<string> = new Set(["EAGAIN", "EWOULDBLOCK", "EINTR"]);

/** A read that a close overtook. serialport's stream takes an error with this mark for no fault of the line. */
class Canceled extends Error {
	readonly canceled = true;
}

/**
 * Has one open port read when there is something to read, and then at once: the descriptor never blocks.
 *
 * serialport (bindings-cpp 13.0.0) asks for bytes first and waits when there are none. Each piece costs it two ways
 * through the four threads that all of Node's file operations share, and an error with a stack: in a shop of many
 * scanners a tenth of all that the main thread does.
 *
 * A read rejects as serialport's own does: with `canceled` when the port is closed meanwhile, with `disconnect` when
 * the device is lost. To be called before `guard` and before anything is read.
 */
export function readWhenReadable(port: UnixPort): void {
	port.read = (buffer, offset, length) =>
		new Promise((resolve, reject) => {
			const wait = () => port.poller.once("readable", go);
			const go = (error: Error | null) => {
				if (error !== null) {
					reject(error);
					return;
				}
				try {
					const bytesRead = readNow(port, buffer, offset, length);
					if (bytesRead > 0) resolve({ bytesRead, buffer });
					// A line that has ended may read as empty until its end is told, once in a turn of the event loop.
					else wait();
				} catch (failure) {
					reject(failure);
				}
			};
			// The poller of a closed port must not be touched.
			if (port.isOpen) wait();
			else reject(new Canceled("Port is not open"));
		});
}

/** How many bytes there were, 0 when none. */
function readNow({ fd }: UnixPort, ...[buffer, offset, length]: Parameters<Read>): number {
	if (fd === null) throw new Canceled("Port is not open");
	try {
		return readSync(fd, buffer, offset, length, null);
	} catch (error) {
		const code = codeOf(error);
		if (againCodes.has(code)) return 0;
		const isLost =
			lostCodes.has(code) || (error instanceof Error && "errno" in error && error.errno === lostErrno);
		throw isLost ? Object.assign(error as Error, { disconnect: true }) : error;
	}
}
