import type { Gone } from "../model/device.ts";
import { PortError } from "./gone.ts";
import { printerUsbRule, rulesFile } from "./udev-rules.ts";

const fault = "printer-unreachable";

const zadig =
	"Windows has another driver for it: give it WinUSB with the program Zadig, or share the printer and use by: spooler";
const taken = "another program has it, such as a CUPS queue: remove that queue, or end that program";
const rights = `kassad's user may not open it: add this line to /etc/udev/rules.d/${rulesFile} and plug it in again: ${printerUsbRule}`;
const lost = "it was unplugged, or the cable is bad";

/** What an error of libusb means: numbers below 0 are of calls, above 0 of transfers (libusb.h). */
const meanings: Readonly<Record<number, readonly [Gone["reason"], string]>> = Object.freeze({
	[-1]: ["unplugged", `LIBUSB_ERROR_IO: ${lost}`],
	[-3]: ["refused", `LIBUSB_ERROR_ACCESS: ${process.platform === "win32" ? zadig : rights}`],
	[-4]: ["unplugged", "LIBUSB_ERROR_NO_DEVICE: it was unplugged"],
	[-5]: ["refused", `LIBUSB_ERROR_NOT_FOUND: ${process.platform === "win32" ? zadig : taken}`],
	[-6]: ["refused", `LIBUSB_ERROR_BUSY: ${taken}`],
	[-12]: ["refused", `LIBUSB_ERROR_NOT_SUPPORTED: ${zadig}`],
	1: ["unplugged", `LIBUSB_TRANSFER_ERROR: ${lost}`],
	2: ["timed-out", "LIBUSB_TRANSFER_TIMED_OUT"],
	3: ["closed", "LIBUSB_TRANSFER_CANCELLED"],
	4: ["failed", "LIBUSB_TRANSFER_STALL: it refuses the bytes; switch it off and on"],
	5: ["unplugged", "LIBUSB_TRANSFER_NO_DEVICE: it was unplugged"],
	6: ["failed", "LIBUSB_TRANSFER_OVERFLOW: it sent more than it may"],
});

/** The number of an error of libusb, or undefined when it is something else. */
export function usbErrno(error: unknown): number | undefined {
	return error instanceof Error && "errno" in error && typeof error.errno === "number"
		? error.errno
		: undefined;
}

/**
 * An error of libusb as the end of a channel, with what to do about it.
 * @param where is put behind it, such as how far a write came.
 */
export function usbFailure(name: string, error: unknown, where = ""): PortError {
	if (error instanceof PortError) return error;
	const text = error instanceof Error ? error.message : String(error);
	const [reason, words] = meanings[usbErrno(error) ?? 0] ?? ["failed", text];
	return new PortError(fault, { reason, detail: `${name}: ${words}${where}` });
}
