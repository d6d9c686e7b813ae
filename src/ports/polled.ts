import type { FileHandle } from "node:fs/promises";
import { Duplex } from "node:stream";
import type { Port } from "../model/device.ts";
import { destroyed } from "./destroyed.ts";
import { codeOf, goneBy, PortError } from "./gone.ts";
import { portOf } from "./port.ts";

/** A device file or FIFO that was opened with O_NONBLOCK. */
type Polled = {
	readonly handle: FileHandle;
	/** For texts: its path. */
	readonly name: string;
	/** Whether anything can come back. */
	readonly reads: boolean;
};

const fault = "printer-unreachable";

/** One piece is what a FIFO takes whole or not at all (PIPE_BUF of Linux). */
const pieceBytes = 4_096;

/** Pauses between two tries, ms: twice as long each time, and the first again when something has moved. */
const pauses = { firstMs: 1, mostWriteMs: 50, mostReadMs: 20 } as const;

/**
 * Makes a `Port` of a file that says EAGAIN instead of waiting. Every call returns at once, so none of the four threads
 * that Node's file operations share is kept by a printer that does not take bytes; the waiting is done by timers.
 *
 * A write resolves when the device has taken its last byte: a driver such as usblp says "written" of a piece that is
 * still on its way, and would throw it away at close (Linux, drivers/usb/class/usblp.c). A short count, which is all
 * that usblp tells of an unplug in the middle, is followed by a further write, and that one fails.
 * `gone` resolves when the file is closed.
 */
export function polledPort({ handle, name, reads }: Polled): Port {
	const ended = new AbortController();
	const running = new Set<Promise<void>>();
	const run = (deed: Promise<void>) => {
		const settled = deed.catch((error: unknown) => {
			// What is said after the end is nobody's concern.
			if (!ended.signal.aborted) stream.destroy(failure(name, error));
		});
		running.add(settled);
		void settled.then(() => running.delete(settled));
	};
	const write = async (bytes: Buffer, done: () => void) => {
		// A write that the end cut short is not done: the end itself rejects it.
		if (await writeAll(handle, name, bytes, ended.signal)) done();
	};
	const stream = new Duplex({
		readableHighWaterMark: pieceBytes,
		read: () => {
			if (reads) run(readNext(handle, stream, ended.signal));
		},
		write: (bytes: Buffer, _, done) => run(write(bytes, done)),
		destroy: (error, done) => {
			ended.abort();
			const close = () => handle.close().catch(() => undefined);
			void Promise.all(running)
				.then(close)
				.then(() => done(error));
		},
	});
	const destroy = () => destroyed(stream);
	return portOf({ stream, name, fault, finish: () => void destroy(), abort: destroy });
}

/** Reads until something has come and hands it on; the stream asks again when it wants more. */
async function readNext(handle: FileHandle, stream: Duplex, ended: AbortSignal): Promise<void> {
	const buffer = Buffer.alloc(pieceBytes);
	const wait = waiting(pauses.mostReadMs, ended);
	while (!ended.aborted) {
		const got = await unless("EAGAIN", handle.read(buffer, 0, buffer.length, null));
		if (ended.aborted) return;
		if (got !== undefined && got.bytesRead > 0) {
			stream.push(buffer.subarray(0, got.bytesRead));
			return;
		}
		// A printer may send an empty packet. A line whose other end is gone reads as empty, too, but cannot be written to.
		if (got !== undefined) await unless("EAGAIN", handle.write(buffer, 0, 0));
		await wait();
	}
}

/** Resolves when the device has taken all of it (true), or at the end (false). Rejects when it takes no more. */
async function writeAll(
	handle: FileHandle,
	name: string,
	bytes: Buffer,
	ended: AbortSignal,
): Promise<boolean> {
	if (bytes.length === 0) return true;
	let left = 0;
	let wait = waiting(pauses.mostWriteMs, ended);
	while (!ended.aborted) {
		const piece = Math.min(pieceBytes, bytes.length - left);
		const taken = await unless("EAGAIN", handle.write(bytes, left, piece)).catch((error: unknown) => {
			throw failure(name, error, `, after ${left} of ${bytes.length} bytes`);
		});
		// An empty write behind the last piece waits until the driver has nothing on its way any more.
		if (taken !== undefined && piece === 0) return !ended.aborted;
		left += taken?.bytesWritten ?? 0;
		if ((taken?.bytesWritten ?? 0) > 0) wait = waiting(pauses.mostWriteMs, ended);
		else await wait();
	}
	return false;
}

/** What it resolves with, or undefined when it fails with this errno. */
async function unless<T>(errno: string, deed: Promise<T>): Promise<T | undefined> {
	try {
		return await deed;
	} catch (error) {
		if (codeOf(error) !== errno) throw error;
		return undefined;
	}
}

/** A pause that is twice as long at each call, and ends at the end. */
function waiting(mostMs: number, ended: AbortSignal): () => Promise<void> {
	let pauseMs: number = pauses.firstMs;
	return () => {
		const { promise, resolve } = Promise.withResolvers<void>();
		const timer = setTimeout(resolve, pauseMs);
		const cut = () => resolve();
		ended.addEventListener("abort", cut);
		pauseMs = Math.min(pauseMs * 2, mostMs);
		return promise.finally(() => {
			clearTimeout(timer);
			ended.removeEventListener("abort", cut);
		});
	};
}

function failure(name: string, error: unknown, where = ""): PortError {
	const { reason, detail } = goneBy(error);
	if (error instanceof PortError) return error;
	return new PortError(fault, { reason, detail: `${name}: ${detail}${where}` });
}
