import { expect, test } from "vitest";
import { scannerDrivers } from "../../drivers/index.ts";
import { inhibitRuleOf } from "../../src/ports/inhibit-rule.ts";
import { rulesFile, serialRule, udevRules } from "../../src/ports/udev-rules.ts";

const drivers = [
	{
		channel: "hid",
		marks: [
			{ vendorId: "0c2e", usagePage: 0x8c },
			{ vendorId: "0c2e", usagePage: 0x8c, usage: 2 },
		],
	},
	{ channel: "hid", marks: [{ vendorId: "05e0", productId: "1300" }] },
	{ channel: "serial", marks: [{ vendorId: "05e0", productId: "1701" }] },
	{ channel: "serial", marks: [] },
] as const;

const rulesOf = (text: string) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

test("every mark has one rule, and USB printers one for each way to open them", () => {
	expect(rulesOf(udevRules(drivers))).toEqual([
		'SUBSYSTEM=="hidraw", KERNEL=="hidraw*", KERNELS=="*:0C2E:*.*", GROUP="kassad", MODE="0660"',
		'SUBSYSTEM=="hidraw", KERNEL=="hidraw*", KERNELS=="*:05E0:1300.*", GROUP="kassad", MODE="0660"',
		'SUBSYSTEM=="tty", ATTRS{idVendor}=="05e0", ATTRS{idProduct}=="1701", GROUP="kassad", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1", ENV{ID_MM_PORT_IGNORE}="1"',
		'SUBSYSTEM=="usbmisc", KERNEL=="lp*", GROUP="kassad", MODE="0660"',
		'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:0701*:*", GROUP="kassad", MODE="0660"',
	]);
});

test("a scanner that types has a rule that keeps its keys from the console, others have none", () => {
	const inhibit = ({ vendorId }: { vendorId: string }) => (vendorId === "05e0" ? "KEEP-QUIET" : "");
	const lines = rulesOf(udevRules(drivers, inhibit));
	expect(lines.filter((line) => line === "KEEP-QUIET")).toHaveLength(1);
	expect(lines.filter((line) => line !== "KEEP-QUIET")).toEqual(rulesOf(udevRules(drivers)));
});

test("the file comes after the distribution's rules and before the seat rule", () => {
	expect(Number.parseInt(rulesFile, 10)).toBeGreaterThan(50);
	expect(Number.parseInt(rulesFile, 10)).toBeLessThan(73);
});

test("every rule of the driver table is one that udev can read", () => {
	const term = String.raw`[A-Z_]+(\{[A-Za-z_/]+\})?(==|!=|=|\+=)"[^"]*"`;
	const rule = new RegExp(`^${term}(, ${term})*$`);
	for (const line of rulesOf(udevRules(Object.values(scannerDrivers), inhibitRuleOf)))
		expect(line).toMatch(rule);
	expect(serialRule("05e0")).toMatch(rule);
});
