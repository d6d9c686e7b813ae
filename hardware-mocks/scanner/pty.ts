import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { ReadStream } from "node:tty";
import * as nodePty from "@lydell/node-pty";

/** A cable with a serial device at our end; the other end is a file under /dev/pts. */
export type Pty = {
	/** The file that the host opens as if it were a serial line. */
	readonly path: string;
	/** Resolves when the bytes are on their way. */
	write(bytes: Uint8Array): Promise<void>;
	/** Lets the next piece come; only a paced line waits for that. */
	next(): void;
	/** Pulls the cable: whoever has the file open sees the device vanish. Resolves when that has happened. */
	close(): Promise<void>;
};

/** What node-pty's `open` gives back; its type declarations leave the function out. */
type OpenPty = {
	readonly master: ReadStream;
	readonly slave: ReadStream;
	/** Of the master. */
	readonly fd: number;
	readonly ptsName: string;
};
type PtyOptions = { readonly cols: number; readonly rows: number; readonly encoding: null };
const { open } = nodePty as unknown as { open(options: PtyOptions): OpenPty };

/**
 * Opens a pty that hands on all 256 bytes unchanged.
 *
 * A process of its own holds our end (holder.ts). node-pty opens the master without close-on-exec: a daemon that we
 * start would inherit it, and the line would go on living in there after the cable was pulled.
 * @param heard is called with what the host writes, in pieces of any size.
 * @param isPaced whether each piece (4 KB at most) is waited for with `next`: a host that writes more has to wait.
 */
export function openPty(heard: (bytes: Uint8Array) => void, isPaced = false): Pty {
	const { master, slave, fd, ptsName } = open({ cols: 80, rows: 24, encoding: null });
	// Its reader would take bytes away from the host.
	slave.destroy();
	const quiet = openQuietly(ptsName);
	const holder = spawn(
		process.execPath,
		[join(import.meta.dirname, "holder.ts"), ...(isPaced ? ["paced"] : [])],
		{
			stdio: ["pipe", "pipe", "inherit", fd, "ipc"],
		},
	) as ChildProcessByStdio<Writable, Readable, null>;
	master.destroy();
	const gone = once(holder, "exit");
	holder.stdout.on("data", heard);
	// What a pulled cable cuts off is reported by `write`.
	holder.stdin.on("error", () => undefined);
	return {
		path: ptsName,
		write: (bytes) =>
			new Promise((resolve, reject) => {
				holder.stdin.write(bytes, (error) => (error == null ? resolve() : reject(error)));
			}),
		next: () => {
			// It may have ended this moment.
			if (isPaced && holder.connected) holder.send("next", () => undefined);
		},
		close: async () => {
			holder.kill("SIGKILL");
			await gone;
			quiet.close();
		},
	};
}

/**
 * Keeps the host's end open without ever reading: a line that nobody has open ends the pty, and a host that
 * restarts must find it alive. Raw from the start, so that nothing is echoed before the host sets the line itself.
 */
function openQuietly(path: string): { close(): void } {
	const fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
	const line = new ReadStream(fd);
	line.setRawMode(true);
	return {
		close: () => {
			// libuv has opened the line once more for itself and leaves our descriptor to us.
			line.destroy();
			closeSync(fd);
		},
	};
}
