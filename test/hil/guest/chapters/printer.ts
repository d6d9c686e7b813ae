import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { firstValueFrom } from "rxjs";
import type { Port } from "../../../../src/model/device.ts";
import type { PrinterConnection } from "../../../../src/model/settings/devices.ts";
import { openPrinterPort } from "../../../../src/ports/printer-port.ts";
import { printerTroubles } from "../../../../src/ports/printer-rights.ts";
import { listPrinters } from "../../../../src/ports/printers.ts";
import { begin, fact, sleep, until, within } from "../fact.ts";
import { asKassad, kassad } from "../till.ts";
import { deviceId, receiptPrinter, type UsbPrinter } from "../usb-printer.ts";

const identity = {
	vendorId: "04b8",
	productId: "0e28",
	maker: "EPSON",
	product: "TM-T20III",
	serial: "P0001",
};
const lp = "/dev/usb/lp0";
const connectMs = 30_000;

/** Larger than all that is between kassad and the printer's mechanism. */
const block = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 7) % 251));
/** Less than one piece of usblp: the driver says "written" before it has left. */
const short = block.subarray(0, 3_000);
/** DLE EOT 4, the roll's sensors; and the answer "all well". */
const [question, answer] = [Uint8Array.of(0x10, 0x04, 0x04), Uint8Array.of(0x12)];

const libusb: PrinterConnection = { by: "usb", device: "usb:04b8:0e28" };
const ways: readonly { readonly title: string; readonly connection: PrinterConnection }[] = [
	{ title: "usblp", connection: { by: "usblp", path: "usb:04b8:0e28/serial=P0001" } },
	{ title: "libusb", connection: libusb },
];
/** Long enough to fill all that is between kassad and the printer's mechanism. */
const stalledMs = 500;

/** The rules of the chapter before are in force. */
export async function tellPrinter(): Promise<void> {
	begin("A USB receipt printer");
	await using printer = receiptPrinter(identity);
	await fact("the udev rules give it to kassad's user, for both ways to open it", async () => {
		await plug(printer);
		const [{ path = "" } = {}] = await listPrinters();
		const usb = await usbFile();
		deepEqual([path, ownerOf(lp), ownerOf(usb)], [lp, kassad, kassad]);
		return undefined;
	});
	await fact("it is listed with its names, its device id and the driver that has it", async () => {
		const [found] = await listPrinters();
		const { maker, product, serial, vendorId, productId } = identity;
		const known = { maker, product, serial, vendorId, productId, driver: "usblp" };
		const { path: _, port, deviceId: id = "", ...facts } = found ?? { path: "" };
		deepEqual({ ...facts }, known);
		// The kernel's gadget leaves off the last two characters.
		ok(id !== "" && deviceId.startsWith(id), id);
		match(port ?? "", /^\d+-1$/);
		return undefined;
	});
	for (const way of ways) await tellWay(printer, way);
	await fact("libusb takes the printer from usblp, which has it back after close", async () => {
		await opened(libusb, async () => {
			equal(existsSync(lp), false);
			const [taken] = await listPrinters();
			equal(taken?.driver, "usbfs");
			match((await printerTroubles(taken)).join(), /it is held by kassad itself/);
		});
		await until("usblp's file", () => existsSync(lp));
		return undefined;
	});
	await fact("what the printer said to nobody is not taken for an answer by who opens it later", async () => {
		printer.say(Uint8Array.of(0x16, 0x16));
		await opened(libusb, async (port) => deepEqual(await asked(printer, port), answer));
		return undefined;
	});
	await printer.unplug();
}

async function tellWay(printer: UsbPrinter, { title, connection }: (typeof ways)[number]): Promise<void> {
	await fact(`${title}: a block arrives byte for byte, and a question is answered`, () =>
		opened(connection, async (port) => {
			const before = printer.received().length;
			const begun = performance.now();
			await port.write(block);
			const ms = Math.round(performance.now() - begun);
			await until("the block", () => printer.received().length >= before + block.length);
			ok(printer.received().subarray(before).equals(block));
			deepEqual(await asked(printer, port), answer);
			return `${block.length} bytes in ${ms} ms`;
		}),
	);
	await fact(`${title}: what was written just before close is printed`, async () => {
		const before = printer.received().length;
		await opened(connection, async (port) => void port.write(short));
		await until("the bytes", () => printer.received().subarray(before).equals(short));
		return undefined;
	});
	await fact(`${title}: a printer that stops taking bytes is waited for`, () =>
		opened(connection, async (port) => {
			const before = printer.received().length;
			printer.stall();
			const writing = port.write(block);
			equal(await Promise.race([writing, sleep(stalledMs).then(() => "pending")]), "pending");
			printer.goOn();
			await within(connectMs, writing, "the rest of the block");
			await until("the block", () => printer.received().subarray(before).equals(block));
			return undefined;
		}),
	);
	await fact(`${title}: an unplug in the middle of a block is a failure, and the port's end`, () =>
		opened(connection, async (port) => {
			printer.stall();
			const failed = port.write(block).then(() => "it was written", wordsOf);
			await sleep(stalledMs);
			await printer.unplug();
			const words = await within(connectMs, failed, "the failure");
			match(words, /^printer-unreachable: 400000 bytes were not all written/);
			equal((await within(connectMs, port.gone, "the end of the port")).reason, "unplugged");
			return words;
		}),
	);
	await fact(`${title}: plugged in again it is opened under the same name`, async () => {
		await plug(printer);
		await opened(connection, async (port) => deepEqual(await asked(printer, port), answer));
		return undefined;
	});
}

/** Puts the printer in and waits until udev has given it away. */
async function plug(printer: UsbPrinter): Promise<void> {
	await printer.plug(0);
	await until("the printer's file to be kassad's", () => ownerOf(lp) === kassad);
}

/** Does something with the printer as kassad's user, and lets go of it whatever comes. */
async function opened<T>(connection: PrinterConnection, deed: (port: Port) => Promise<T>): Promise<T> {
	const port = await asKassad(() => openPrinterPort(connection, null, connectMs));
	try {
		return await deed(port);
	} finally {
		await port.close();
	}
}

/** Asks the printer how it is; the printer answers when it has read the question. */
async function asked(printer: UsbPrinter, port: Port): Promise<Uint8Array> {
	const before = printer.received().length;
	const heard = firstValueFrom(port.bytes$);
	await port.write(question);
	await until("the question", () => printer.received().subarray(before).equals(question));
	printer.say(answer);
	return Uint8Array.from(await within(connectMs, heard, "the answer"));
}

/** The USB device's own file, from sysfs. */
async function usbFile(): Promise<string> {
	const [{ port = "" } = {}] = await listPrinters();
	const number = (name: string) =>
		readFileSync(`/sys/bus/usb/devices/${port}/${name}`, "utf8").trim().padStart(3, "0");
	return `/dev/bus/usb/${number("busnum")}/${number("devnum")}`;
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function ownerOf(path: string): number | undefined {
	return statSync(path, { throwIfNoEntry: false })?.gid;
}
