import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { Port } from "../model/device.ts";
import { codeOf, goneBy, PortError } from "./gone.ts";
import { polledPort } from "./polled.ts";

const { O_WRONLY, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;

/** What the technician can do, by errno. */
const advice: Readonly<Record<string, string>> = Object.freeze({
	ENOENT: "there is no such file; kassad makes none: make it with mkfifo, or touch",
	ENXIO: "nobody reads this FIFO; start the program that prints what comes out of it",
	EACCES: "give kassad's user the right to write it",
	EISDIR: "this is a folder",
});

/**
 * Opens a file, whose end grows, or a FIFO that a program reads. Nothing ever comes back, so nothing can be known of
 * paper. What a FIFO's reader does not take waits, and no more of it than the FIFO holds is out of kassad's hands.
 * @throws {FaultError} `printer-unreachable` when it is not there, or when nobody reads the FIFO.
 */
export async function openFile(path: string): Promise<Port> {
	const handle = await open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY).catch((error: unknown) => {
		const { reason, detail } = goneBy(error);
		const what = advice[codeOf(error)];
		throw new PortError("printer-unreachable", {
			reason,
			detail: `${path}: ${detail}${what === undefined ? "" : `; ${what}`}`,
		});
	});
	return polledPort({ handle, name: path, reads: false });
}
