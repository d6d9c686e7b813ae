import { readFileSync, statSync } from "node:fs";
import { getSystemErrorMessage } from "node:util";
import { FaultError } from "../model/fault.ts";

/**
 * Reads a text file of limited size. A pipe or a device in its place is refused: reading it could wait for ever.
 * @throws {FaultError} `config-invalid`; the detail names the file and what is wrong with it.
 */
export function readSmallFile(path: string, mostBytes: number): { text: string; mode: number } {
	try {
		const facts = statSync(path);
		if (!facts.isFile()) throw new FaultError("config-invalid", `${path} is not a file`);
		if (facts.size > mostBytes) {
			throw new FaultError(
				"config-invalid",
				`${path} has ${facts.size} bytes, at most ${mostBytes} are read`,
			);
		}
		return { text: readFileSync(path, "utf8"), mode: facts.mode };
	} catch (error) {
		if (error instanceof FaultError) throw error;
		const words = getSystemErrorMessage((error as NodeJS.ErrnoException).errno ?? 0);
		throw new FaultError("config-invalid", `cannot read ${path}: ${words}`);
	}
}
