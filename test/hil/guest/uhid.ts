import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import { sleep } from "./fact.ts";

/** Kinds of event on /dev/uhid (linux/uhid.h, `enum uhid_event_type`). */
const events = {
	destroy: 1,
	output: 6,
	getReport: 9,
	getReportReply: 10,
	create: 11,
	input: 12,
	setReport: 13,
	setReportReply: 14,
} as const;

/** Every event begins with its kind, four bytes; the numbers are those of the machine, here little-endian. */
const kindBytes = 4;
const mostReportBytes = 4_096;
/** Name 128, physical path 64, serial number 64, two numbers of 2 bytes, four of 4, the report descriptor. */
const createBytes = kindBytes + 128 + 64 + 64 + 2 * 2 + 4 * 4 + mostReportBytes;
/** A USB device, as `BUS_USB` of linux/input.h. */
const usbBus = 3;

/** As long as hidraw keeps reports for a reader that is busy (drivers/hid/hidraw.c, HIDRAW_BUFFER_SIZE), halved. */
const burst = 32;

export type HidIdentity = {
	readonly name: string;
	/** Four hexadecimal digits, as the next. */
	readonly vendorId: string;
	readonly productId: string;
	/** The serial number; empty for a device without one. */
	readonly serial?: string;
	/** The way to its socket, as the kernel tells it of USB devices: `usb-0000:00:14.0-2/input0`. */
	readonly port?: string;
	readonly descriptor: Uint8Array;
};

/** A HID device made through /dev/uhid: to the kernel's HID, hidraw and input parts it is a device like any other. */
export class UhidDevice {
	readonly #identity: HidIdentity;
	#plugged: { readonly fd: number; readonly pump: NodeJS.Timeout } | undefined;
	/** What the host has sent since the device was made: output reports, and feature reports, each with its id in front. */
	readonly outputs: Uint8Array[] = [];
	readonly features: Uint8Array[] = [];

	constructor(identity: HidIdentity) {
		this.#identity = identity;
	}

	plug(): void {
		if (this.#plugged !== undefined) throw new Error("it is plugged in already");
		const fd = openSync("/dev/uhid", constants.O_RDWR | constants.O_NONBLOCK);
		writeSync(fd, createEvent(this.#identity));
		this.#plugged = { fd, pump: setInterval(() => this.#hear(fd), 2) };
	}

	unplug(): void {
		if (this.#plugged === undefined) return;
		const { fd, pump } = this.#plugged;
		this.#plugged = undefined;
		clearInterval(pump);
		const event = Buffer.alloc(kindBytes);
		event.writeUInt32LE(events.destroy, 0);
		writeSync(fd, event);
		closeSync(fd);
	}

	[Symbol.dispose](): void {
		this.unplug();
	}

	/** Sends input reports, each with its id in front if the descriptor has ids; with pauses that a busy host needs. */
	async send(reports: readonly Uint8Array[]): Promise<void> {
		for (const [index, report] of reports.entries()) {
			if (index % burst === burst - 1) await sleep(20);
			if (this.#plugged === undefined) throw new Error("it is unplugged");
			const event = Buffer.alloc(kindBytes + 2 + report.length);
			event.writeUInt32LE(events.input, 0);
			event.writeUInt16LE(report.length, kindBytes);
			event.set(report, kindBytes + 2);
			writeSync(this.#plugged.fd, event);
		}
	}

	/** Takes what the kernel says, and agrees to all that it asks. */
	#hear(fd: number): void {
		for (let event = nextEvent(fd); event !== undefined; event = nextEvent(fd)) {
			const kind = event.readUInt32LE(0);
			if (kind === events.output) {
				const length = event.readUInt16LE(kindBytes + mostReportBytes);
				this.outputs.push(Uint8Array.from(event.subarray(kindBytes, kindBytes + length)));
			} else if (kind === events.setReport) {
				this.features.push(Uint8Array.from(event.subarray(12, 12 + event.readUInt16LE(10))));
				reply(fd, events.setReportReply, event.readUInt32LE(4));
			} else if (kind === events.getReport) {
				reply(fd, events.getReportReply, event.readUInt32LE(4));
			}
		}
	}
}

function createEvent({ name, port = "", serial = "", descriptor, ...ids }: HidIdentity): Buffer {
	const event = Buffer.alloc(createBytes);
	event.writeUInt32LE(events.create, 0);
	event.write(name, 4, 127);
	event.write(port, 132, 63);
	event.write(serial, 196, 63);
	event.writeUInt16LE(descriptor.length, 260);
	event.writeUInt16LE(usbBus, 262);
	event.writeUInt32LE(Number.parseInt(ids.vendorId, 16), 264);
	event.writeUInt32LE(Number.parseInt(ids.productId, 16), 268);
	event.set(descriptor, 280);
	return event;
}

function nextEvent(fd: number): Buffer | undefined {
	const event = Buffer.alloc(kindBytes + 12 + mostReportBytes + 256);
	try {
		return readSync(fd, event) > 0 ? event : undefined;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EAGAIN") return undefined;
		throw error;
	}
}

/** The answer to a request: its number, no error, no data. */
function reply(fd: number, kind: number, id: number): void {
	const event = Buffer.alloc(kindBytes + 4 + 2 + 2 + mostReportBytes);
	event.writeUInt32LE(kind, 0);
	event.writeUInt32LE(id, 4);
	writeSync(fd, event);
}
