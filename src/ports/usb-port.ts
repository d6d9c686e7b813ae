import { Duplex } from "node:stream";
import type { Port } from "../model/device.ts";
import { destroyed } from "./destroyed.ts";
import { portOf } from "./port.ts";
import type { Claimed } from "./usb-claim.ts";
import type { UsbEndpoint } from "./usb-library.ts";
import { openTransfers, type Transfers } from "./usb-transfers.ts";
import { usbErrno, usbFailure } from "./usb-words.ts";

const fault = "printer-unreachable";

/** One transfer; a multiple of every packet size that bulk endpoints have (USB 2.0, chapter 5.8.3). */
const pieceBytes = 4_096;

/** What an earlier question left behind is thrown away: until nothing comes for so long, and at most so often. */
const stale = { silenceMs: 30, mostPieces: 16 } as const;

/** Some printers answer "nothing" instead of waiting; they are asked again after this many ms. */
const emptyPauseMs = 20;

/**
 * Makes a `Port` of a claimed printer. What it still holds for an earlier question is thrown away first, or every answer
 * would be one behind. Then a read is always on its way, before anything is asked.
 *
 * A write waits for as long as the printer does not take bytes. It has no deadline of its own: a transfer that is cut
 * short and sent on could leave bytes out or twice. Close calls all transfers back. `gone` resolves when the printer
 * was given back.
 * @throws {FaultError} `printer-unreachable` when it is unplugged meanwhile; then it is given back.
 */
export async function portOfUsb(claimed: Claimed, name: string): Promise<Port> {
	const transfers = openTransfers();
	try {
		await dropStale(claimed.in, transfers);
	} catch (error) {
		await claimed.letGo();
		throw usbFailure(name, error);
	}
	const port = portOver(claimed, transfers, name);
	// The stream asks for bytes a turn later.
	await new Promise<void>((resolve) => setImmediate(resolve));
	return port;
}

function portOver(claimed: Claimed, transfers: Transfers, name: string): Port {
	const ended = new AbortController();
	const run = (deed: Promise<void>) => {
		deed.catch((error: unknown) => {
			if (!ended.signal.aborted) stream.destroy(usbFailure(name, error));
		});
	};
	const write = async (bytes: Buffer, done: () => void) => {
		if (await send(claimed.out, bytes, transfers, name, ended.signal)) done();
	};
	const stream = new Duplex({
		readableHighWaterMark: pieceBytes,
		read: () => {
			if (claimed.in !== undefined) run(readNext(claimed.in, transfers, stream, ended.signal));
		},
		write: (bytes: Buffer, _, done) => run(write(bytes, done)),
		destroy: (error, done) => {
			ended.abort();
			void transfers
				.cancel()
				.then(claimed.letGo)
				.then(() => done(error));
		},
	});
	const destroy = () => destroyed(stream);
	return portOf({ stream, name, fault, finish: () => void destroy(), abort: destroy });
}

async function dropStale(from: UsbEndpoint | undefined, transfers: Transfers): Promise<void> {
	if (from === undefined) return;
	try {
		for (let piece = 0; piece < stale.mostPieces; piece += 1) {
			const count = await transfers.run(from, Buffer.alloc(pieceBytes), stale.silenceMs);
			if (count === 0) return;
		}
	} catch (error) {
		if (usbErrno(error) !== cancelled) throw error;
	}
}

/** LIBUSB_TRANSFER_CANCELLED, LIBUSB_TRANSFER_STALL (libusb.h). */
const [cancelled, stalled] = [3, 4];

async function readNext(
	from: UsbEndpoint,
	transfers: Transfers,
	stream: Duplex,
	ended: AbortSignal,
): Promise<void> {
	while (!ended.aborted) {
		const bytes = Buffer.alloc(pieceBytes);
		const count = await transfers.run(from, bytes);
		if (ended.aborted) return;
		if (count > 0) {
			stream.push(bytes.subarray(0, count));
			return;
		}
		await new Promise<void>((resolve) => setTimeout(resolve, emptyPauseMs));
	}
}

/** Resolves when the printer has taken all of it (true), or at the end (false). Rejects when it takes no more. */
async function send(
	to: UsbEndpoint,
	bytes: Buffer,
	transfers: Transfers,
	name: string,
	ended: AbortSignal,
): Promise<boolean> {
	for (let left = 0; left < bytes.length; ) {
		const piece = bytes.subarray(left, left + pieceBytes);
		const count = await transfers.run(to, piece).catch(async (error: unknown) => {
			if (usbErrno(error) === stalled) await new Promise<void>((resolve) => to.clearHalt(() => resolve()));
			throw usbFailure(name, error, `, after ${left} of ${bytes.length} bytes`);
		});
		if (ended.aborted) return false;
		if (count === 0) throw usbFailure(name, `it took none of ${piece.length} bytes`);
		left += count;
	}
	return true;
}
