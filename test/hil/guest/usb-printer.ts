import { closeSync, constants, openSync, readSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { until } from "./fact.ts";
import { bind, describe, scrap, type UsbDevice, type UsbIdentity } from "./usb-device.ts";

/** A receipt printer of the USB printer class, both ways: bytes in, answers out. */
export type UsbPrinter = Omit<UsbDevice, "send"> & {
	/** All that it was sent since it was plugged in. */
	received(): Buffer;
	/** What it says, whenever the host asks for it. */
	say(bytes: Uint8Array): void;
	/**
	 * It goes on for so many bytes, or a piece more, and takes and answers nothing after that, but what the kernel keeps
	 * for it.
	 */
	stall(afterBytes?: number): void;
	/** It goes on. */
	goOn(): void;
};

/** What it tells of itself when it is asked for its IEEE 1284 device id. */
export const deviceId = "MFG:EPSON;MDL:TM-T20III;CLS:PRINTER;CMD:ESC/POS;";

const file = "/dev/g_printer0";
const pieceBytes = 8_192;
const lookEveryMs = 5;

/**
 * Its side is one file, and the kernel lets nobody write it while a reader waits (f_printer.c); so nobody waits: it is
 * looked again and again.
 * @param hear is told what it takes, and returns what it answers.
 */
export function receiptPrinter(
	identity: UsbIdentity,
	hear: (bytes: Uint8Array) => Uint8Array[] = () => [],
): UsbPrinter {
	const { folder, name } = describe(identity, "printer", (own) => {
		writeFileSync(join(own, "pnp_string"), deviceId);
	});
	let received: Buffer[] = [];
	let said: Uint8Array[] = [];
	let side: number | undefined;
	let most = Number.POSITIVE_INFINITY;
	const count = () => received.reduce((sum, { length }) => sum + length, 0);
	const look = setInterval(() => {
		if (side === undefined) return;
		const bytes = count() < most ? readNow(side) : undefined;
		if (bytes !== undefined) {
			received.push(bytes);
			const answers = hear(bytes);
			if (count() < most) said.push(...answers);
		}
		const [next] = said;
		if (next !== undefined && writeNow(side, next)) said.shift();
	}, lookEveryMs);
	const letGo = () => {
		if (side !== undefined) closeSync(side);
		side = undefined;
	};
	return {
		plug: async (socket) => {
			[received, said, most] = [[], [], Number.POSITIVE_INFINITY];
			await bind(folder, `dummy_udc.${socket}`);
			// It cannot be opened before the host has seen the device.
			side = await until("the printer's side", openNow);
		},
		unplug: async () => {
			letGo();
			await bind(folder, "");
		},
		received: () => Buffer.concat(received),
		say: (bytes) => void said.push(bytes),
		stall: (afterBytes = 0) => {
			most = count() + afterBytes;
		},
		goOn: () => {
			most = Number.POSITIVE_INFINITY;
		},
		[Symbol.asyncDispose]: async () => {
			clearInterval(look);
			letGo();
			await scrap(folder, name);
		},
	};
}

function openNow(): number | undefined {
	return orNothing(() => openSync(file, constants.O_RDWR | constants.O_NONBLOCK));
}

/** One transfer, whole: the kernel's gadget goes wild when it is unplugged with a half of one left (Linux 6.1). */
function readNow(side: number): Buffer | undefined {
	const bytes = Buffer.alloc(pieceBytes);
	const count = orNothing(() => readSync(side, bytes)) ?? 0;
	return count === 0 ? undefined : bytes.subarray(0, count);
}

function writeNow(side: number, bytes: Uint8Array): boolean {
	return orNothing(() => writeSync(side, bytes)) !== undefined;
}

/** What there is now: EAGAIN and the like are nothing. */
function orNothing<T>(deed: () => T): T | undefined {
	try {
		return deed();
	} catch {
		return undefined;
	}
}
