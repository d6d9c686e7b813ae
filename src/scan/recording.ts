import type { z } from "zod";
import type { Framing } from "../model/device.ts";
import { FaultError } from "../model/fault.ts";
import { headerSchema, mostRecordingBytes, pieceSchema } from "./recording-schema.ts";

/** One piece that arrived from the scanner, or was written to it; of a HID device one report. */
export type Piece = {
	/** Since the recording began. */
	readonly atMs: number;
	readonly from: "scanner" | "host";
	readonly bytes: Uint8Array;
	/** What each of its bytes is, for people: `0A length`. */
	readonly names?: readonly string[];
};

/** What stands over the pieces. */
type Header = z.output<typeof headerSchema>;
/** What must come of a recording: a read, or a picture by its form and size. */
export type Expected = NonNullable<Header["expected"]>[number];
type RecordingHeader = Omit<Header, "framing" | "expected"> & {
	readonly framing?: Framing | undefined;
	readonly expected?: readonly Expected[] | undefined;
};
export type Recording = { readonly header: RecordingHeader; readonly pieces: readonly Piece[] };

/**
 * Reads a recording: JSON Lines, a header and a line for each piece. Anything that it does not know is an error.
 * @param name of the file, for the error.
 * @throws {FaultError} `config-invalid`; its detail names the line and what is wrong with it.
 */
export function parseRecording(text: string, name: string): Recording {
	if (Buffer.byteLength(text) > mostRecordingBytes) {
		throw invalid(name, 1, `expected at most ${mostRecordingBytes} bytes in all`);
	}
	const [first = "", ...rest] = text.replace(/\n$/, "").split("\n");
	const header = checked(headerSchema, first, name, 1);
	let atMs = 0;
	const pieces = rest.map((line, index): Piece => {
		const { hex: bytes, ...facts } = checked(pieceSchema, line, name, index + 2);
		if (facts.atMs < atMs) throw invalid(name, index + 2, `atMs: expected at least ${atMs}, as before`);
		atMs = facts.atMs;
		const { names, ...others } = facts;
		return { ...others, bytes, ...(names !== undefined && { names }) };
	});
	return { header, pieces };
}

/** The text of a recording, as `parseRecording` reads it. It must be redacted already. */
export function writtenRecording({ header, pieces }: Recording): string {
	const { descriptor, expected, ...facts } = header;
	const head = {
		...facts,
		...(descriptor && { descriptor: hexOf(descriptor) }),
		...(expected && {
			expected: expected.map((one) => ("hex" in one ? { ...one, hex: hexOf(one.hex) } : one)),
		}),
	};
	const lines = pieces.map(({ atMs, from, bytes, names }) => ({ atMs, from, hex: hexOf(bytes), names }));
	return `${[head, ...lines].map((line) => JSON.stringify(line)).join("\n")}\n`;
}

/** Lower-case hexadecimal digits without spaces. */
export function hexOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("hex");
}

function checked<S extends z.ZodType>(schema: S, text: string, name: string, line: number): z.output<S> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw invalid(name, line, text === "" ? "expected a line of JSON, got none" : "expected JSON");
	}
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const { path, words } = firstOf(issue);
	throw invalid(name, line, `${path.join(".")}${path.length > 0 ? ": " : ""}${words}`);
}

/** zod's own words for a key that nobody knows would repeat the key, which is a stranger's text of any length. */
function firstOf(issue: z.core.$ZodIssue | undefined): { path: PropertyKey[]; words: string } {
	if (issue?.code !== "unrecognized_keys")
		return { path: issue?.path ?? [], words: issue?.message ?? "wrong" };
	return { path: issue.path, words: `expected no key ${JSON.stringify(issue.keys[0]).slice(0, 40)}` };
}

function invalid(name: string, line: number, words: string): FaultError {
	return new FaultError("config-invalid", `${name}, line ${line}: ${words}`);
}
