import { readdir, readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readDescriptor } from "./hid-descriptor.ts";
import { type HidUsage, hidUsages } from "./hid-usages.ts";
import type { Plugged, Roots } from "./plugged.ts";

/** Consoles and pseudo-terminals, which are no devices. */
const noDevice = /^(tty\d*|console|ptmx|pty.*)$/;

/** How many folders up from its device file a USB device may be found. */
const mostSteps = 6;

/** No text that a device tells of itself is longer in a USB string descriptor. */
const mostText = 126;

/** The device files of Linux, from sysfs. What goes away while it is read is left out. */
export async function pluggedOnLinux({ sys, dev }: Roots): Promise<Plugged[]> {
	const links = await stableLinks(dev);
	const [ttys, hidraws] = await Promise.all([
		readdir(join(sys, "class/tty")).catch(() => []),
		readdir(join(sys, "class/hidraw")).catch(() => []),
	]);
	const found = await Promise.all([
		...ttys.filter((name) => !noDevice.test(name)).map((name) => serialDevice(name, sys, dev, links)),
		...hidraws.map((name) => hidDevice(name, sys, dev)),
	]);
	return found.filter((device) => device !== undefined).map((device) => Object.freeze(device));
}

async function serialDevice(name: string, sys: string, dev: string, links: ReadonlyMap<string, string>) {
	const folder = join(sys, "class/tty", name);
	const device = await realpath(join(folder, "device")).catch(() => undefined);
	if (device === undefined) return undefined;
	// The kernel keeps entries for serial chips that are not there; their type is PORT_UNKNOWN, 0.
	if ((await textOf(join(folder, "type"))) === "0") return undefined;
	const path = join(dev, name);
	const stablePath = links.get(path);
	const facts = { channel: "serial", path, usages: [] as HidUsage[], ...(await usbFacts(device)) } as const;
	return stablePath === undefined ? facts : { ...facts, stablePath };
}

async function hidDevice(name: string, sys: string, dev: string): Promise<Plugged | undefined> {
	const device = await realpath(join(sys, "class/hidraw", name, "device")).catch(() => undefined);
	const uevent = device && (await readFile(join(device, "uevent"), "utf8").catch(() => undefined));
	if (device === undefined || uevent === undefined) return undefined;
	const path = join(dev, name);
	const descriptor = await readDescriptor(path, sys);
	const usages = Object.freeze(descriptor === undefined ? [] : hidUsages(descriptor));
	return { channel: "hid", path, usages, ...ueventFacts(uevent), ...(await usbFacts(device)) };
}

/** HID_ID is bus, vendor and product, eight hexadecimal digits each but the bus; devices on no USB bus have it, too. */
function ueventFacts(uevent: string) {
	const fact = (key: string) => clean(new RegExp(`^${key}=(.*)$`, "m").exec(uevent)?.[1] ?? "");
	const [bus, vendorId, productId] = (fact("HID_ID") ?? "").split(":").map((hex) => hex.toLowerCase());
	const port = bus === usbBus ? fact("HID_PHYS")?.replace(/\/input\d+$/, "") : undefined;
	const ids = { vendorId: vendorId?.slice(-4), productId: productId?.slice(-4) };
	return told({ ...ids, serial: fact("HID_UNIQ"), port, product: fact("HID_NAME") });
}

/** BUS_USB of linux/input.h. */
const usbBus = "0003";

/** What the USB device that a folder of sysfs belongs to tells; nothing when it belongs to none. */
export async function usbFacts(folder: string) {
	let at = folder;
	for (let step = 0; step < mostSteps && at !== dirname(at); step += 1, at = dirname(at)) {
		const vendorId = await textOf(join(at, "idVendor"));
		if (vendorId === undefined) continue;
		const files = ["idProduct", "serial", "manufacturer", "product"] as const;
		const [productId, serial, maker, product] = await Promise.all(
			files.map((file) => textOf(join(at, file))),
		);
		// The folder's name is the way through the hubs.
		return told({ vendorId, productId, serial, maker, product, port: at.slice(dirname(at).length + 1) });
	}
	return {};
}

/** The links of /dev/serial/by-id, by the device file that they lead to. */
async function stableLinks(dev: string): Promise<ReadonlyMap<string, string>> {
	const folder = join(dev, "serial/by-id");
	const names = await readdir(folder).catch(() => []);
	const pairs = names.map(async (name) => {
		const link = join(folder, name);
		return [await realpath(link).catch(() => ""), link] as const;
	});
	return new Map(await Promise.all(pairs));
}

/** What a file of sysfs says; nothing when it is empty or not there. */
export async function textOf(file: string): Promise<string | undefined> {
	return clean(await readFile(file, "utf8").catch(() => ""));
}

/** What a device says of itself may be anything. */
function clean(text: string): string | undefined {
	const plain = text.trim().replace(/\p{C}/gu, "?").slice(0, mostText);
	return plain === "" ? undefined : plain;
}

/** Without the facts that nobody told. */
export function told<T extends Record<string, string | undefined>>(facts: T) {
	const known = Object.entries(facts).filter(([, fact]) => fact !== undefined);
	return Object.freeze(Object.fromEntries(known)) as { readonly [K in keyof T]?: string };
}
