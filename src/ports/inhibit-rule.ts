import type { UsbMark } from "../model/device.ts";

/** The group of kassad's user. */
const group = "kassad";

/**
 * Lets kassad silence the keyboards of a maker, or of one product, by udev. GROUP and MODE are of device nodes only;
 * a file in sysfs is given away by a program (udev(7), RUN). The ids are the input device's own, which are there on
 * every bus; kernels without the file (before Linux 5.11) are passed over.
 */
export function inhibitRule(vendorId: string, productId?: string): string {
	const product = productId === undefined ? "" : `ATTR{id/product}=="${productId}", `;
	const run = (deed: string) => `RUN+="/bin/${deed} %S%p/inhibited"`;
	return (
		`ACTION!="remove", SUBSYSTEM=="input", KERNEL=="input*", ATTR{id/vendor}=="${vendorId}", ${product}` +
		`TEST=="inhibited", ${run(`chgrp ${group}`)}, ${run("chmod g+w")}`
	);
}

/** The rule for a driver's mark of a scanner that types (HID usage tables: page 1, usage 6), "" for any other. */
export function inhibitRuleOf({ vendorId, productId, usagePage, usage }: UsbMark): string {
	return usagePage === 0x01 && usage === 0x06 ? inhibitRule(vendorId, productId) : "";
}
