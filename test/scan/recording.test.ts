import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { type Piece, parseRecording, type Recording, writtenRecording } from "../../src/scan/recording.ts";

const header = {
	kassadRecording: 1,
	driver: "serial-generic",
	channel: "serial",
	title: "A laser on a serial line",
	redacted: true,
} as const;
const line = JSON.stringify(header);

/** What the parser says against a text, without the file's name. */
function complaint(text: string): string {
	try {
		parseRecording(text, "front.jsonl");
	} catch (error) {
		if (!(error instanceof FaultError) || error.code !== "config-invalid") throw error;
		return error.detail.replace(/^front\.jsonl, /, "");
	}
	return "";
}

const piece = (change: object) =>
	`${line}\n${JSON.stringify({ atMs: 0, from: "scanner", hex: "0d", ...change })}`;

test("what was written is read again as it was", () => {
	const bytes = fc.uint8Array({ maxLength: 64 });
	const anyPiece = fc.record({ pause: fc.nat(900), from: fc.constantFrom("scanner", "host"), bytes });
	fc.assert(
		fc.property(fc.array(anyPiece, { maxLength: 20 }), bytes, (drawn, descriptor) => {
			let atMs = 0;
			const pieces = drawn.map(({ pause, ...piece }): Piece => {
				atMs += pause;
				return { ...piece, atMs };
			});
			const expected = [
				{ symbology: "qr" as const, hex: descriptor },
				{ picture: "jpeg" as const, bytes: 7 },
			];
			const recording: Recording = { header: { ...header, note: "by hand", descriptor, expected }, pieces };
			expect(parseRecording(writtenRecording(recording), "x")).toEqual(recording);
		}),
	);
});

describe("names", () => {
	const named = (hex: string, ...names: string[]) => complaint(piece({ hex, names }));

	test("that begin with all bytes of the piece, in order, are kept", () => {
		const text = piece({ hex: "0af3000000", names: ["0A length", "F3 opcode DECODE_DATA", "00*3 rest"] });
		expect(parseRecording(text, "x").pieces[0]?.names).toHaveLength(3);
	});

	test.each([
		["leave a byte out", ["0A length"]],
		["name one too many", ["0A length", "F3 opcode", "00 more"]],
		["name another byte", ["0A length", "F4 opcode"]],
		["are in another order", ["F3 opcode", "0A length"]],
		["are no bytes", ["0A length", "opcode"]],
		["are bytes without words", ["0A length", "F3"]],
		["repeat beyond the end", ["0A length", "F3*9999 opcode"]],
	])("that %s are refused with the line's number", (_, names) => {
		expect(named("0af3", ...names)).toBe(
			"line 2: expected names that begin with the bytes of hex, all of them, in order",
		);
	});
});

test.each([
	["an empty file", "", "line 1: expected a line of JSON, got none"],
	["a file of something else", "MZ\u0000", "line 1: expected JSON"],
	["another JSON", "[]", "line 1: Invalid input: expected object, received array"],
	[
		"a newer version",
		JSON.stringify({ ...header, kassadRecording: 2 }),
		"line 1: kassadRecording: expected 1:",
	],
	[
		"one that is not redacted",
		JSON.stringify({ ...header, redacted: false }),
		"line 1: redacted: expected true",
	],
	["a strange key", JSON.stringify({ ...header, card: 1 }), 'line 1: expected no key "card"'],
	["half a byte", piece({ hex: "0d0" }), "line 2: hex: expected pairs"],
	["capital digits", piece({ hex: "0D" }), "line 2: hex: expected pairs"],
	["a stranger's bytes", piece({ from: "pos" }), "line 2: from: expected scanner or host"],
	["a piece before the start", piece({ atMs: -1 }), "line 2: atMs: expected at least 0"],
	["half a millisecond", piece({ atMs: 0.5 }), "line 2: atMs: expected a whole number"],
	["an empty line between", `${piece({})}\n\n${piece({})}`, "line 3: expected a line of JSON, got none"],
	[
		"time that runs back",
		`${piece({ atMs: 5 })}\n${piece({ atMs: 4 }).split("\n")[1]}`,
		"line 3: atMs: expected at least 5",
	],
	["too many bytes", line + " ".repeat(4_194_304), "line 1: expected at most 4194304 bytes in all"],
])("%s is refused with the number of the line", (_, text, words) => {
	expect(complaint(text)).toContain(words);
});

test("any text is a recording or a complaint with a line's number", () => {
	const lines = fc.array(fc.oneof(fc.json(), fc.constant(line), fc.string()), { maxLength: 4 });
	fc.assert(
		fc.property(lines, (lines) => {
			expect(complaint(lines.join("\n"))).toMatch(/^$|^line \d+: ./);
		}),
	);
});
