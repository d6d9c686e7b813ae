import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a USB device tells of itself, besides where it sits. */
type UsbStrings = {
	vendorId?: string;
	productId?: string;
	serial?: string;
	product?: string;
	maker?: string;
};

/** A boot keyboard's or a HID POS scanner's first bytes; only the collection matters here. */
export const descriptors = {
	pos: [0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0xc0],
	vendor: [0x06, 0x8c, 0xff, 0x09, 0x01, 0xa1, 0x01, 0xc0],
	keyboard: [0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0xc0],
} as const;

/** A machine's /sys and /dev in a folder, laid out as the kernel does: class links that lead into devices. */
export function madeUpMachine() {
	const root = realpathSync(mkdtempSync(join(tmpdir(), "machine-")));
	const [sys, dev] = [join(root, "sys"), join(root, "dev")];
	const bus = join(sys, "devices/pci0000:00/0000:00:14.0/usb1");
	for (const folder of [join(sys, "class/tty"), join(sys, "class/hidraw"), join(dev, "serial/by-id"), bus]) {
		mkdirSync(folder, { recursive: true });
	}
	const file = (folder: string, name: string, text: string | Uint8Array) => {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, name), text);
	};
	/** Each hub on the way is a folder around the next: 1-2 around 1-2.3. */
	const usbFolder = (port: string) => {
		const hubs = port.split(".").map((_, index, all) => all.slice(0, index + 1).join("."));
		return join(bus, ...hubs);
	};
	const usb = (
		port: string,
		{ vendorId = "0c2e", productId = "0b6a", serial, product, maker }: UsbStrings,
	) => {
		const folder = usbFolder(port);
		const facts = { idVendor: vendorId, idProduct: productId, serial, product, manufacturer: maker };
		for (const [name, fact] of Object.entries(facts)) if (fact !== undefined) file(folder, name, `${fact}\n`);
		return folder;
	};
	const classLink = (kind: string, name: string, folder: string) => {
		symlinkSync(folder, join(sys, "class", kind, name));
		file(dev, name, "");
	};
	return {
		sys,
		dev,
		/** A CDC-ACM device as the cdc-acm driver shows it. */
		plugSerial({
			node,
			usb: port,
			link,
			...strings
		}: { node: string; usb: string; link?: string } & UsbStrings) {
			const wire = join(usb(port, strings), `${port}:1.0`);
			const tty = join(wire, "tty", node);
			mkdirSync(tty, { recursive: true });
			symlinkSync("../..", join(tty, "device"));
			classLink("tty", node, tty);
			if (link !== undefined) symlinkSync(`../../${node}`, join(dev, "serial/by-id", link));
		},
		/** A HID device as usbhid shows it; without `usb` it is on no USB bus. */
		plugHid(
			facts: { node: string; usb?: string; descriptor?: readonly number[]; part?: number } & UsbStrings,
		) {
			const { node, usb: port, descriptor = descriptors.pos, part = 0, ...strings } = facts;
			const { vendorId = "0c2e", productId = "0b6a", serial = "", product = "" } = strings;
			const home = port && join(usb(port, strings), `${port}:1.${part}`);
			const name = `0003:${vendorId}:${productId}.0001`.toUpperCase();
			const device = join(home ?? join(sys, "devices/virtual/misc/uhid"), name);
			const ids = `HID_ID=0003:0000${vendorId}:0000${productId}`.toUpperCase();
			const phys = port === undefined ? "" : `usb-0000:00:14.0-${port.slice(2)}/input${part}`;
			file(
				device,
				"uevent",
				`DRIVER=hid-generic\n${ids}\nHID_NAME=${product}\nHID_PHYS=${phys}\nHID_UNIQ=${serial}\n`,
			);
			file(device, "report_descriptor", Uint8Array.from(descriptor));
			const raw = join(device, "hidraw", node);
			mkdirSync(raw, { recursive: true });
			symlinkSync("../..", join(raw, "device"));
			classLink("hidraw", node, raw);
		},
		/** A USB printer; `lp` is its file when usblp has it, `driver` the name of whichever driver has it. */
		plugPrinter(facts: { usb: string; lp?: string; driver?: string; deviceId?: string } & UsbStrings) {
			const { usb: port, lp, driver = lp === undefined ? undefined : "usblp", deviceId, ...strings } = facts;
			const home = usb(port, strings);
			const part = join(home, `${port}:1.0`);
			const number = port.replace(/\D/g, "");
			file(home, "busnum", "1\n");
			file(home, "devnum", `${number}\n`);
			file(part, "bInterfaceClass", "07\n");
			file(join(dev, "bus/usb/001"), number.padStart(3, "0"), "");
			if (deviceId !== undefined) file(part, "ieee1284_id", deviceId);
			if (driver !== undefined) {
				mkdirSync(join(sys, "bus/usb/drivers", driver), { recursive: true });
				symlinkSync(join(sys, "bus/usb/drivers", driver), join(part, "driver"));
			}
			if (lp !== undefined) {
				mkdirSync(join(part, "usbmisc", lp), { recursive: true });
				file(join(dev, "usb"), lp, "");
			}
			mkdirSync(join(sys, "bus/usb/devices"), { recursive: true });
			symlinkSync(home, join(sys, "bus/usb/devices", port));
			symlinkSync(part, join(sys, "bus/usb/devices", `${port}:1.0`));
		},
		/** A serial port of the machine's own. */
		addPort(node: string, type: string) {
			const tty = join(sys, "devices/pnp0/00:03/tty", node);
			file(tty, "type", `${type}\n`);
			symlinkSync("../..", join(tty, "device"));
			classLink("tty", node, tty);
		},
		/** A console, which has no device behind it. */
		addConsole(node: string) {
			const tty = join(sys, "devices/virtual/tty", node);
			mkdirSync(tty, { recursive: true });
			classLink("tty", node, tty);
		},
		/** A device file under another name. */
		link(name: string, node: string): string {
			symlinkSync(join(dev, node), join(dev, name));
			return join(dev, name);
		},
		/** A device file goes, though its device stays. */
		unlink: (node: string) => rmSync(join(dev, node)),
		/** Everything at this socket goes, and the files of /dev with these names. */
		pull(port: string, ...nodes: string[]) {
			rmSync(usbFolder(port), { recursive: true });
			for (const node of nodes) {
				for (const kind of ["tty", "hidraw"]) rmSync(join(sys, "class", kind, node), { force: true });
				rmSync(join(dev, node), { force: true });
			}
		},
	};
}
