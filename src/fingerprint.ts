import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { cpus, hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { Secret } from "./model/secret.ts";

/**
 * The fingerprint stands in a header, in base64, and many a server takes no header of 8 kB: each fact has a limit, and
 * so has the whole, about 3500 bytes.
 */
const mostCharacters = 64;
const mostAddresses = 8;
const mostUsbBytes = 2_000;

/** Far above what is read of any of these files; those under /sys and /proc do not tell their size. */
const mostFileBytes = 4_096;

/**
 * Facts that tell this till from others (`cashFingerPrint` of the vendor's TOTP module). Always seven, with `|`
 * between: processor, board, vendor, serial number, `now` in ms, IP addresses, attached USB devices; the last two
 * are lists with commas between. Sent in the header `token`, never logged.
 *
 * Linux tells all of them in files, some to root alone. Where no serial number can be read, the host name stands in
 * its place; any other fact that the system does not tell is empty.
 * @param root where the system's files are.
 */
export function tillFingerprint(now: number, root = "/"): Secret {
	const read = (path: string) => firstLine(join(root, path));
	const board = [read("sys/class/dmi/id/board_vendor"), read("sys/class/dmi/id/board_name")].join(" ").trim();
	const facts = [
		plain(cpus()[0]?.model ?? ""),
		board || read("proc/device-tree/model"),
		read("sys/class/dmi/id/sys_vendor"),
		serialNumber(read) || plain(hostname()),
		`${now}`,
		ipAddresses().join(),
		usbDevices(join(root, "sys/bus/usb/devices")).join(),
	];
	return new Secret(facts.join("|"));
}

/** Of the machine, or of its board; makers of small boards keep it in the device tree. */
function serialNumber(read: (path: string) => string): string {
	const places = [
		"sys/class/dmi/id/product_serial",
		"sys/class/dmi/id/board_serial",
		"proc/device-tree/serial-number",
	];
	return places.map(read).find((text) => text !== "") ?? "";
}

function ipAddresses(): string[] {
	return Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ internal }) => !internal)
		.map(({ address }) => address)
		.sort()
		.slice(0, mostAddresses);
}

/** Each as `vendor:product`, with the serial number behind it when it has one: `05e0:1900 S12345`; as many as fit. */
function usbDevices(folder: string): string[] {
	return namesIn(folder)
		.map((name) => {
			const [vendor, product, serial] = ["idVendor", "idProduct", "serial"].map((file) =>
				firstLine(join(folder, name, file)).replaceAll(",", " "),
			);
			return vendor ? `${vendor}:${product} ${serial}`.trim() : "";
		})
		.filter((device) => device !== "")
		.sort()
		.filter(fits(mostUsbBytes));
}

/** Lets the first so many bytes of a list through; a comma each is reckoned in. */
function fits(mostBytes: number): (item: string) => boolean {
	let left = mostBytes;
	return (item) => {
		left -= Buffer.byteLength(item) + 1;
		return left >= 0;
	};
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

/** The first line of a file, without its end; "" when it cannot be read. */
function firstLine(path: string): string {
	const buffer = Buffer.alloc(mostFileBytes);
	let length = 0;
	try {
		const file = openSync(path, "r");
		try {
			length = readSync(file, buffer);
		} finally {
			closeSync(file);
		}
	} catch {
		return "";
	}
	const [line = ""] = buffer.toString("utf8", 0, length).split(/[\n\0]/, 1);
	return plain(line);
}

/** Short, and without what would end a fact or is not a character. */
function plain(text: string): string {
	return text
		.replace(/[\p{C}|]/gu, " ")
		.trim()
		.slice(0, mostCharacters);
}
