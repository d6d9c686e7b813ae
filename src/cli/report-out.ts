import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { getSystemErrorMessage } from "node:util";
import { FaultError } from "../model/fault.ts";

/**
 * Writes a file that is wholly there under its name, or not at all. An earlier report of the same format is replaced;
 * nothing else is.
 * @param mark how a file of this format begins.
 * @throws {FaultError} `config-invalid` when something else is there, or the system refuses.
 */
export function writeReport(path: string, content: string | Uint8Array, mark: string): void {
	try {
		const file = existsSync(path) ? realpathSync(path) : path;
		const there = statSync(file, { throwIfNoEntry: false });
		if (there?.isFile() === false) throw refused(path, "it is not a file");
		if (there !== undefined && !beginsWith(file, Buffer.from(mark))) {
			throw refused(
				path,
				"it is there already and no report of this format; move it away, or name another file",
			);
		}
		replace(file, content);
	} catch (error) {
		if (error instanceof FaultError) throw error;
		throw refused(path, getSystemErrorMessage((error as NodeJS.ErrnoException).errno ?? 0));
	}
}

/** An empty file has nothing to lose. */
function beginsWith(path: string, mark: Uint8Array): boolean {
	const file = openSync(path, "r");
	try {
		const start = Buffer.alloc(mark.length);
		const length = readSync(file, start);
		return length === 0 || start.equals(mark);
	} finally {
		closeSync(file);
	}
}

function replace(path: string, content: string | Uint8Array): void {
	const beside = `${path}.${process.pid}.new`;
	try {
		const file = openSync(beside, "wx");
		try {
			writeFileSync(file, content);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, { force: true });
		throw error;
	}
}

const refused = (path: string, why: string) =>
	new FaultError("config-invalid", `cannot write ${path}: ${why}`);

/**
 * Writes to the standard output. Whoever reads may go away in the middle, as `head` does.
 * @throws {FaultError} `config-invalid` when the standard output is a file that cannot be written.
 */
export async function printOut(content: string | Uint8Array): Promise<void> {
	const failure = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => {
		process.stdout.once("error", done);
		process.stdout.write(content, done);
	});
	if (!failure || failure.code === "EPIPE") return;
	const why = getSystemErrorMessage(failure.errno ?? 0);
	throw new FaultError("config-invalid", `cannot write the standard output: ${why}`);
}
