import { type ChildProcessByStdio, spawn } from "node:child_process";
import {
	closeSync,
	constants,
	mkdirSync,
	openSync,
	readFileSync,
	rmdirSync,
	symlinkSync,
	unlinkSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { sleep, until, within } from "./fact.ts";

/** What a USB device tells of itself. */
export type UsbIdentity = {
	/** Four hexadecimal digits, as the next. */
	readonly vendorId: string;
	readonly productId: string;
	readonly maker: string;
	readonly product: string;
	/** Left out for a device without a serial number. */
	readonly serial?: string;
};

/** A USB device on one of the kernel's two buses without wires (dummy_hcd), described through configfs. */
export type UsbDevice = {
	/** Puts it into a socket. Resolves when the device is on the bus; the host takes a moment to see it. */
	plug(socket: Socket): Promise<void>;
	unplug(): Promise<void>;
	/** What the scanner says; a HID device's is one input report. */
	send(bytes: Uint8Array): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
};

/** The two buses have a socket each. */
export type Socket = 0 | 1;

const gadgets = "/config/usb_gadget";
const actMs = 5_000;
let made = 0;

/** A scanner in its USB COM mode (CDC-ACM). */
export function acmScanner(identity: UsbIdentity): UsbDevice {
	const { folder, name } = describe(identity, "acm");
	const line = `/dev/ttyGS${textOf(join(folder, `functions/${name}/port_num`))}`;
	let side: ChildProcessByStdio<Writable, null, null> | undefined;
	const letGo = () => {
		side?.kill("SIGKILL");
		side = undefined;
	};
	return {
		plug: (socket) => bind(folder, `dummy_udc.${socket}`),
		unplug: async () => {
			letGo();
			await bind(folder, "");
		},
		// The device's side may block as long as the host does not listen; so it is a process of its own.
		send: async (bytes) => {
			side ??= spawn("sh", ["-c", `stty -F ${line} raw -echo && exec cat > ${line}`], {
				stdio: ["pipe", "ignore", "inherit"],
			});
			side.stdin.on("error", () => undefined);
			side.stdin.write(bytes);
		},
		[Symbol.asyncDispose]: async () => {
			letGo();
			await scrap(folder, name);
		},
	};
}

/** A scanner in a HID mode, with these input reports. */
export function hidScanner(
	identity: UsbIdentity,
	{ descriptor, reportBytes }: { descriptor: Uint8Array; reportBytes: number },
): UsbDevice {
	const { folder, name } = describe(identity, "hid", (own) => {
		writeFileSync(join(own, "report_length"), String(reportBytes));
		writeFileSync(join(own, "report_desc"), descriptor);
	});
	const minor = () => textOf(join(folder, `functions/${name}/dev`)).split(":")[1];
	return {
		plug: (socket) => bind(folder, `dummy_udc.${socket}`),
		unplug: () => bind(folder, ""),
		send: (report) => sendReport(`/dev/hidg${minor()}`, report),
		[Symbol.asyncDispose]: () => scrap(folder, name),
	};
}

async function sendReport(file: string, report: Uint8Array): Promise<void> {
	const fd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
	try {
		await until("the host to take the report", () => {
			try {
				return writeSync(fd, report) === report.length;
			} catch {
				// The report before has not been fetched yet.
				return false;
			}
		});
		await sleep(1);
	} finally {
		closeSync(fd);
	}
}

/** Describes a device with one function of this kind to the kernel, which does not plug it in yet. */
export function describe(
	{ vendorId, productId, ...strings }: UsbIdentity,
	kind: string,
	set?: (own: string) => void,
) {
	made += 1;
	const folder = join(gadgets, `scanner${process.pid}-${made}`);
	const name = `${kind}.s${process.pid}x${made}`;
	for (const part of ["strings/0x409", "configs/c.1/strings/0x409", `functions/${name}`]) {
		mkdirSync(join(folder, part), { recursive: true });
	}
	writeFileSync(join(folder, "idVendor"), `0x${vendorId}`);
	writeFileSync(join(folder, "idProduct"), `0x${productId}`);
	writeFileSync(join(folder, "strings/0x409/manufacturer"), strings.maker);
	writeFileSync(join(folder, "strings/0x409/product"), strings.product);
	if (strings.serial !== undefined) writeFileSync(join(folder, "strings/0x409/serialnumber"), strings.serial);
	set?.(join(folder, "functions", name));
	symlinkSync(join(folder, "functions", name), join(folder, "configs/c.1", name));
	return { folder, name };
}

/** Unplugs the device and takes it apart: the kernel has room for four HID gadgets. */
export async function scrap(folder: string, name: string): Promise<void> {
	await bind(folder, "").catch(() => undefined);
	unlinkSync(join(folder, "configs/c.1", name));
	for (const part of [`functions/${name}`, "configs/c.1/strings/0x409", "configs/c.1", "strings/0x409", ""]) {
		rmdirSync(join(folder, part));
	}
}

/** Ties the device to a bus, or unties it with "". */
export function bind(folder: string, bus: string): Promise<void> {
	return within(
		actMs,
		writeFile(join(folder, "UDC"), `${bus}\n`),
		`${bus === "" ? "unplugging" : "plugging in"}`,
	);
}

function textOf(file: string): string {
	return readFileSync(file, "utf8").trim();
}
