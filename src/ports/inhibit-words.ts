import { inhibitRule } from "./inhibit-rule.ts";
import { rulesFile } from "./udev-rules.ts";

const better = "Better set the scanner to HID POS or to a USB COM port, by the bar code in its manual";

const limits: Readonly<Record<string, string>> = Object.freeze({
	win32: `Windows keeps keyboards to itself: kassad cannot read a scanner in keyboard mode here. ${better}`,
	darwin:
		"macOS lets kassad read a scanner in keyboard mode only with the permission Input Monitoring (System Settings, " +
		`Privacy & Security), and what it types also reaches the window in front. ${better}`,
});

/**
 * What a technician must know at the start about scanners in keyboard mode on this system (a `process.platform`).
 * Undefined on Linux, where they can be read and silenced.
 */
export function wedgeLimits(platform: string): string | undefined {
	if (platform === "linux") return undefined;
	return (
		limits[platform] ?? `On ${platform} what a scanner in keyboard mode types also reaches others. ${better}`
	);
}

/** What to do when the kernel has no switch for single input devices. */
export const oldKernel =
	"this kernel cannot silence a single keyboard (Linux can from 5.11 on), so what the scanner types also reaches " +
	`the console and the window in front. ${better}`;

/** What to do when kassad's user may not turn the switch. Ids are four hexadecimal digits, where they are known. */
export function noRights(file: string, vendorId: string | undefined, productId: string | undefined): string {
	const what = `kassad's user may not write ${file}`;
	if (vendorId === undefined) return `${what}; as root: chgrp kassad ${file} && chmod g+w ${file}`;
	const line = inhibitRule(vendorId, productId);
	return `${what}; add this line to /etc/udev/rules.d/${rulesFile} and plug the scanner in again: ${line}`;
}
