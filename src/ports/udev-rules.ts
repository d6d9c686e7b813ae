import type { UsbMark } from "../model/device.ts";

/**
 * The name of the rules file, in /etc/udev/rules.d. It comes after the distribution's rules (50), so that it wins over
 * the group that those give, and before the seat rule (73).
 */
export const rulesFile = "60-kassad.rules";

/** The group of kassad's user. A daemon has no seat, so the tag `uaccess` would give it nothing. */
const group = "kassad";

/** What udev rules are made from: a scanner driver's facts. */
type RuleSource = { readonly channel: "serial" | "hid"; readonly marks: readonly UsbMark[] };

/** Opens a HID device to kassad. */
export function hidRule(vendorId: string, productId?: string): string {
	// A HID device's own name is BUS:VENDOR:PRODUCT.NUMBER in upper case (Linux, drivers/hid/hid-core.c). Unlike
	// ATTRS{idVendor} it is there on every bus. hiddev nodes and the USB device are not what kassad opens.
	const ids = `${vendorId}:${productId ?? "*"}`.toUpperCase();
	return `SUBSYSTEM=="hidraw", KERNEL=="hidraw*", KERNELS=="*:${ids}.*", GROUP="${group}", MODE="0660"`;
}

/** Opens a USB serial device to kassad and keeps ModemManager from sending it AT commands. */
export function serialRule(vendorId: string, productId?: string): string {
	const product = productId === undefined ? "" : `ATTRS{idProduct}=="${productId}", `;
	const manners = 'ENV{ID_MM_DEVICE_IGNORE}="1", ENV{ID_MM_PORT_IGNORE}="1"';
	return `SUBSYSTEM=="tty", ATTRS{idVendor}=="${vendorId}", ${product}GROUP="${group}", MODE="0660", ${manners}`;
}

/** Opens the files of the kernel's printer driver (usblp) to kassad. */
export const printerRule = `SUBSYSTEM=="usbmisc", KERNEL=="lp*", GROUP="${group}", MODE="0660"`;

/** Opens USB devices with an interface of the printer class (07, 01) to kassad, for libusb. */
export const printerUsbRule = `SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:0701*:*", GROUP="${group}", MODE="0660"`;

const head = `# Lets kassad open its scanners and printers. Made by: kassad devices --udev
# Put it into /etc/udev/rules.d/${rulesFile}, then: udevadm control --reload && udevadm trigger
# The group must exist, and kassad's user must be in it: groupadd --system ${group}
# A scanner behind an RS-232 adapter or on a port of the machine has no line here, because an adapter's ids do not tell
# what is behind it. Give kassad's user the group of such ports (on Debian: dialout).`;

/**
 * The text of the udev rules for all that the drivers know.
 * @param inhibit a rule that keeps a typing scanner's keys from the console, or "" for a device that does not type.
 */
export function udevRules(
	drivers: readonly RuleSource[],
	inhibit: (mark: UsbMark) => string = () => "",
): string {
	const marks = (channel: RuleSource["channel"]) =>
		drivers.filter((driver) => driver.channel === channel).flatMap((driver) => driver.marks);
	const hid = marks("hid").map(({ vendorId, productId }) => hidRule(vendorId, productId));
	const serial = marks("serial").map(({ vendorId, productId }) => serialRule(vendorId, productId));
	const silent = marks("hid").map(inhibit);
	const section = (title: string, lines: readonly string[]) =>
		lines.length === 0 ? [] : ["", `# ${title}`, ...new Set(lines)];
	return [
		head,
		...section("HID scanners", hid),
		...section(
			"Scanners that type: their keys are kept from the console",
			silent.filter((rule) => rule !== ""),
		),
		...section("USB serial scanners", serial),
		...section("USB receipt printers, through usblp and through libusb", [printerRule, printerUsbRule]),
		"",
	].join("\n");
}
