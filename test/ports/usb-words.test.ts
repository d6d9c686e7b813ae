import { expect, test } from "vitest";
import { PortError } from "../../src/ports/gone.ts";
import { usbErrno, usbFailure } from "../../src/ports/usb-words.ts";
import { usbError } from "./made-up-usb.ts";

test.each([
	[-3, "refused", /60-kassad\.rules.*ID_USB_INTERFACES/],
	[-4, "unplugged", /NO_DEVICE/],
	[-5, "refused", /NOT_FOUND/],
	[-6, "refused", /CUPS/],
	[-12, "refused", /Zadig.*by: spooler/],
	[1, "unplugged", /cable/],
	[2, "timed-out", /TIMED_OUT/],
	[4, "failed", /STALL/],
	[5, "unplugged", /NO_DEVICE/],
	[6, "failed", /OVERFLOW/],
])("error %i of libusb is told as %s, with what to do", (errno, reason, words) => {
	const failure = usbFailure("usb:04b8:0e28 at 1-2", usbError(errno), ", after 3 of 5 bytes");
	expect(failure).toMatchObject({ code: "printer-unreachable", gone: { reason } });
	expect(failure.detail).toMatch(words);
	expect(failure.detail).toMatch(/^usb:04b8:0e28 at 1-2: .*, after 3 of 5 bytes$/);
});

test("an error without a known number keeps its own words, and a port's error is left as it is", () => {
	expect(usbFailure("usb", usbError(-99)).detail).toBe("usb: **UNKNOWN**");
	expect(usbFailure("usb", "odd").detail).toBe("usb: odd");
	expect(usbErrno(new TypeError("odd"))).toBeUndefined();
	const own = new PortError("printer-unreachable", { reason: "closed", detail: "x" });
	expect(usbFailure("usb", own)).toBe(own);
});
