import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeSync } from "node:fs";
import { getSystemErrorMessage } from "node:util";
import { parseDocument } from "yaml";
import { FaultError } from "../model/fault.ts";
import { readSmallFile } from "./file.ts";
import { mostYamlBytes, readYaml } from "./yaml.ts";

/**
 * Writes one value into a YAML file in place of the one that stands there, and touches nothing else: comments and the
 * order of keys are the shop's. The file is replaced as a whole, so that no power cut leaves half of it.
 * @param value in YAML's flow style, such as `{ encoding: cp866, number: 17 }`.
 * @throws {FaultError} `config-invalid` when nothing stands at that place, or the file cannot be written.
 */
export function writeSetting(path: string, place: readonly (string | number)[], value: string): void {
	readYaml(path);
	const { text, mode } = readSmallFile(path, mostYamlBytes);
	const node = parseDocument(text).getIn(place, true) as { range?: [number, number, number] } | undefined;
	if (node?.range === undefined) throw refused(path, `it has no ${place.join(".")}`);
	const [from, to] = node.range;
	// A value in block style ends with the line feed behind it.
	const old = text.slice(from, to);
	const before = old === "" ? `${text.slice(0, from)} ` : text.slice(0, from);
	replace(realpathSync(path), before + value + old.slice(old.trimEnd().length) + text.slice(to), mode);
}

function replace(path: string, text: string, mode: number): void {
	const beside = `${path}.new`;
	try {
		// Left by a power cut.
		rmSync(beside, { force: true });
		const file = openSync(beside, "wx", mode & 0o777);
		try {
			writeSync(file, text);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		readYaml(beside);
		renameSync(beside, path);
	} catch (error) {
		rmSync(beside, { force: true });
		if (error instanceof FaultError) throw error;
		throw refused(path, getSystemErrorMessage((error as NodeJS.ErrnoException).errno ?? 0));
	}
}

const refused = (path: string, why: string) =>
	new FaultError("config-invalid", `cannot write into ${path}: ${why}`);
