import type { Gone } from "../model/device.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";

/** What the operating system's error codes (errno) mean for a channel; any other is `failed`. */
const reasons: Readonly<Record<string, Gone["reason"]>> = Object.freeze({
	ENOENT: "unplugged",
	ENXIO: "unplugged",
	ENODEV: "unplugged",
	EIO: "unplugged",
	EBADF: "unplugged",
	EACCES: "refused",
	EPERM: "refused",
	EBUSY: "refused",
	ECONNREFUSED: "refused",
	ETIMEDOUT: "timed-out",
});

/** A channel that could not be opened, or that ended under a write: the fault, and why in `gone`. */
export class PortError extends FaultError {
	readonly gone: Gone;

	constructor(code: FaultCode, gone: Gone) {
		super(code, gone.detail);
		this.gone = gone;
	}
}

/** What an error of a transport means for its channel. `code` is the errno name, where the caller knows better. */
export function goneBy(error: unknown, code = codeOf(error)): Gone {
	if (error instanceof PortError) return error.gone;
	// serialport marks the loss of its device so; the errno behind it differs from driver to driver.
	const unplugged = error instanceof Error && "disconnected" in error;
	return { reason: unplugged ? "unplugged" : (reasons[code] ?? "failed"), detail: wordsOf(error) };
}

/** The errno name such as `ECONNREFUSED`, or "". */
export function codeOf(error: unknown): string {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** A connection that was tried at several addresses fails with all their errors and no text of its own. */
function wordsOf(error: unknown): string {
	if (error instanceof AggregateError) return error.errors.map(wordsOf).join("; ");
	return error instanceof Error ? error.message : String(error);
}
