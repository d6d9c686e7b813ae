import { readdir, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Roots } from "./plugged.ts";
import { textOf, told, usbFacts } from "./plugged-linux.ts";
import type { PluggedPrinter } from "./printers.ts";

/** Printers as interfaces of USB devices (USB device class definition for printing devices 1.1). */
const printerClass = "07";

/** The USB printers of Linux, from sysfs. What goes away while it is read is left out. */
export async function pluggedPrintersOnLinux({ sys, dev }: Roots): Promise<PluggedPrinter[]> {
	const folder = join(sys, "bus/usb/devices");
	const names = await readdir(folder).catch(() => []);
	// Interfaces are named like 1-2.3:1.0.
	const interfaces = names.filter((name) => name.includes(":"));
	const found = await Promise.all(interfaces.map((name) => printerAt(join(folder, name), dev)));
	return found.filter((printer) => printer !== undefined).map((printer) => Object.freeze(printer));
}

async function printerAt(link: string, dev: string): Promise<PluggedPrinter | undefined> {
	if ((await textOf(join(link, "bInterfaceClass"))) !== printerClass) return undefined;
	const part = await realpath(link).catch(() => undefined);
	if (part === undefined) return undefined;
	const device = dirname(part);
	const [driver, lp, deviceId, bus, number] = await Promise.all([
		realpath(join(part, "driver")).then(basename, () => "none"),
		readdir(join(part, "usbmisc")).then(
			([name]) => name,
			() => undefined,
		),
		textOf(join(part, "ieee1284_id")),
		textOf(join(device, "busnum")),
		textOf(join(device, "devnum")),
	]);
	const usb = join(dev, "bus/usb", (bus ?? "").padStart(3, "0"), (number ?? "").padStart(3, "0"));
	const path = lp === undefined ? usb : join(dev, "usb", lp);
	return { path, ...told({ deviceId, driver }), ...(await usbFacts(device)) };
}
