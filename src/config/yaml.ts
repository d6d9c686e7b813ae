import { LineCounter, parseDocument } from "yaml";
import { FaultError } from "../model/fault.ts";
import { readSmallFile } from "./file.ts";

/** The longest YAML file that is read, bytes. */
export const mostYamlBytes = 1_048_576;

/** A YAML file as plain data, and where in the file each piece of it stands. */
export type YamlFile = {
	readonly value: unknown;
	/** The line (from 1) of what the path leads to, or of the map or list in which it is missing. */
	lineOf(path: readonly PropertyKey[]): number;
};

/**
 * Reads a YAML 1.2 file of at most 1 MB. Duplicate keys, unknown tags and everything else that would have to be
 * guessed are errors.
 * @throws {FaultError} `config-invalid`; its detail has one line per error, with line and column and without the
 * file's content, which may hold a secret.
 */
export function readYaml(path: string): YamlFile {
	const lines = new LineCounter();
	const document = parseDocument(readSmallFile(path, mostYamlBytes).text, {
		lineCounter: lines,
		prettyErrors: false,
	});
	const errors = [...document.errors, ...document.warnings].map(({ pos, message }) => {
		const { line, col } = lines.linePos(pos[0]);
		return `${path}: line ${line}, column ${col}: ${withoutContent(message)}`;
	});
	if (errors.length > 0) throw new FaultError("config-invalid", errors.join("\n"));
	return {
		value: plain(path, () => document.toJS()),
		lineOf: (place) => {
			for (let depth = place.length; depth >= 0; depth--) {
				const node = document.getIn(place.slice(0, depth), true) as { range?: [number] } | undefined;
				if (node?.range) return lines.linePos(node.range[0]).line;
			}
			return 1;
		},
	};
}

/** References (`*name`) are resolved only here, and fail here when nothing bears the name. */
function plain(path: string, value: () => unknown): unknown {
	try {
		return value();
	} catch (error) {
		throw new FaultError("config-invalid", `${path}: ${withoutContent((error as Error).message)}`);
	}
}

/** The parser's messages quote the file after a colon. */
function withoutContent(message: string): string {
	return message.split(": ", 1)[0] ?? "";
}
