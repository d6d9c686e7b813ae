import {
	chmodSync,
	closeSync,
	fsyncSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { tried } from "./failure.ts";

/** Makes the folder, for this user alone, when it is not there. */
export function ensureFolder(folder: string): void {
	tried(`make the folder ${folder}`, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
}

/**
 * Makes the file empty when it is not there, and lets this user alone read it. SQLite gives its companion
 * files (`-wal`, `-shm`) the same permissions.
 */
export function ensurePrivateFile(path: string): void {
	tried(`open ${path} for writing`, () => {
		// Never open and close a file that is there: that would drop this process's own POSIX locks on it.
		if (sizeOf(path) === undefined) withFile(path, "wx");
		chmodSync(path, 0o600);
	});
}

/** Writes a new file that is wholly on disk under its name, or not there at all. */
export function writeWhole(path: string, bytes: Uint8Array): void {
	tried(`write ${path}`, () => {
		const unfinished = `${path}.new`;
		rmSync(unfinished, { force: true });
		withFile(unfinished, "wx", (file) => {
			writeSync(file, bytes);
			fsyncSync(file);
		});
		renameSync(unfinished, path);
		if (process.platform !== "win32") syncFile(dirname(path));
	});
}

/** Waits until all of a file, or of the names in a folder, is on disk. */
export function syncFile(path: string): void {
	withFile(path, "r", fsyncSync);
}

/** Bytes in a file, or undefined when it is not there. */
export function sizeOf(path: string): number | undefined {
	return statSync(path, { throwIfNoEntry: false })?.size;
}

function withFile(path: string, flags: "wx" | "r", work?: (file: number) => void): void {
	const file = openSync(path, flags, 0o600);
	try {
		work?.(file);
	} finally {
		closeSync(file);
	}
}
