import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import type { ReadStream } from "node:tty";
import * as nodePty from "@lydell/node-pty";

type PtyOptions = { readonly cols: number; readonly rows: number; readonly encoding: null };
/** node-pty's type declarations leave `open` out. */
type OpenPty = { readonly master: ReadStream; readonly slave: ReadStream; readonly ptsName: string };
const { open } = nodePty as unknown as { open(options: PtyOptions): OpenPty };

/** A printer at the other end of a pty, in this process, which takes bytes only when it is told to. */
export function printerPty() {
	const { master, slave, ptsName: path } = open({ cols: 80, rows: 24, encoding: null });
	master.pause();
	master.on("error", () => undefined);
	// Its reader would take bytes away from the host; a line that nobody has open ends the pty.
	slave.destroy();
	const line = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
	spawnSync("stty", ["-F", path, "raw", "-echo"]);
	const received: Buffer[] = [];
	return {
		path,
		received: () => Buffer.concat(received),
		/** Begins to take bytes. */
		listen: () => {
			master.on("data", (bytes: Buffer) => received.push(bytes));
			master.resume();
		},
		say: (bytes: Uint8Array) => void master.write(bytes),
		/** Whoever has the line open sees the device vanish. */
		unplug: () => void master.destroy(),
		close: () => {
			master.destroy();
			closeSync(line);
		},
	};
}
