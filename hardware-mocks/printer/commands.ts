/** One command as it came: its name in Epson's manuals (`ESC @`, `GS ( k`), what follows the name, and all of it. */
export type Command = {
	readonly name: string;
	readonly parameters: Uint8Array;
	readonly bytes: Uint8Array;
};

/** How many parameter bytes follow the name: `more` when that is not known yet, `wrong` when it cannot be. */
type Length = number | "more" | "wrong";
type Measure = (rest: Uint8Array) => Length;

const groups: Readonly<Record<number, string>> = { 16: "DLE", 27: "ESC", 28: "FS", 29: "GS" };
const single: Readonly<Record<number, string>> = {
	0: "NUL",
	9: "HT",
	10: "LF",
	12: "FF",
	13: "CR",
	24: "CAN",
};
const spelled: Readonly<Record<number, string>> = { 4: "EOT", 5: "ENQ", 20: "DC4", 32: "SP" };

/** Larger pictures are refused: a printer that believed any size would swallow receipts for ever. */
const most = { rasterBytesInRow: 255, rasterRows: 4095, untilNul: 255, graphicsBytes: 1_048_576 } as const;

const lengths: Readonly<Record<string, number | Measure>> = {
	...sized(0, "ESC @", "ESC 2", "ESC i", "ESC m", "ESC v", "ESC L", "ESC S", "FS &", "FS ."),
	...sized(1, "ESC d", "ESC J", "ESC 3", "ESC a", "ESC E", "ESC G", "ESC -", "ESC !", "ESC M", "ESC t"),
	...sized(1, "ESC R", "ESC SP", "ESC {", "ESC V", "ESC u", "ESC =", "ESC %", "FS C", "FS !", "FS -"),
	...sized(2, "ESC $", "ESC \\", "ESC c", "GS L", "GS W", "GS P", "FS S"),
	...sized(1, "GS !", "GS B", "GS b", "GS h", "GS w", "GS H", "GS f", "GS a", "GS r", "GS I"),
	"ESC p": 3,
	"ESC D": untilNul,
	"ESC *": (rest) => ready(rest, 3, ([m, low, high]) => 3 + word(low, high) * (m >= 0x20 ? 3 : 1)),
	"GS V": (rest) => ready(rest, 1, ([m]) => cutLengths[m] ?? "wrong"),
	"GS k": barcodeLength,
	"GS v": (rest) => ready(rest, 1, ([zero]) => (zero === 0x30 ? rasterLength(rest) : "wrong")),
	"GS 8": (rest) => ready(rest, 5, () => longLength(rest)),
	"GS (": (rest) => ready(rest, 3, ([, low, high]) => 3 + word(low, high)),
	"DLE EOT": 1,
	"DLE ENQ": 1,
	"DLE DC4": (rest) => ready(rest, 1, ([fn]) => ({ 1: 3, 2: 3, 8: 8 })[fn] ?? "wrong"),
};

/** Forms A (m alone), B, C and D (m and n) of GS V. */
const cutLengths: Readonly<Record<number, number>> = {
	...{ 0: 1, 1: 1, 48: 1, 49: 1 },
	...{ 65: 2, 66: 2, 97: 2, 98: 2, 103: 2, 104: 2 },
};

/**
 * The command at the head of `waiting`, or undefined while its last byte has not come.
 * Never throws: what no manual names is a command `unknown` of one or two bytes, and what follows prints as text.
 */
export function takeCommand(waiting: Uint8Array): Command | undefined {
	const [first, second] = waiting;
	if (first === undefined) return undefined;
	const group = groups[first];
	if (group === undefined)
		return command(single[first] ?? (first >= 0x20 ? "text" : "unknown"), waiting, 1, 1);
	if (second === undefined) return undefined;
	const name = `${group} ${spelled[second] ?? String.fromCharCode(second)}`;
	const measure = lengths[name] ?? "wrong";
	const length = typeof measure === "function" ? measure(waiting.subarray(2)) : measure;
	if (length === "wrong") return command("unknown", waiting, 2, 2);
	if (length === "more" || waiting.length < 2 + length) return undefined;
	// GS ( is a family; its third byte names the member.
	if (name !== "GS (") return command(name, waiting, 2, 2 + length);
	return command(`GS ( ${String.fromCharCode(waiting[2] ?? 0)}`, waiting, 5, 2 + length);
}

function command(name: string, waiting: Uint8Array, parametersAt: number, end: number): Command {
	return { name, parameters: waiting.slice(parametersAt, end), bytes: waiting.slice(0, end) };
}

function sized(length: number, ...names: readonly string[]): Record<string, number> {
	return Object.fromEntries(names.map((name) => [name, length]));
}

/** The first `needed` bytes judged, when they are there. */
function ready(
	rest: Uint8Array,
	needed: number,
	judge: (head: readonly [number, number, number]) => Length,
): Length {
	if (rest.length < needed) return "more";
	return judge([rest[0] ?? 0, rest[1] ?? 0, rest[2] ?? 0]);
}

/** A number of two bytes, low byte first. */
export function word(low = 0, high = 0): number {
	return low + 256 * high;
}

function untilNul(rest: Uint8Array): Length {
	const nul = rest.indexOf(0);
	if (nul >= 0 && nul <= most.untilNul) return nul + 1;
	return rest.length > most.untilNul ? "wrong" : "more";
}

function barcodeLength(rest: Uint8Array): Length {
	const [kind, count] = rest;
	if (kind === undefined) return "more";
	if (kind <= 6) {
		const data = untilNul(rest.subarray(1));
		return typeof data === "number" ? 1 + data : data;
	}
	if (kind < 0x41 || kind > 0x4f) return "wrong";
	return count === undefined ? "more" : 2 + count;
}

/** GS 8 L has a length of four bytes. */
function longLength(rest: Uint8Array): Length {
	if (rest[0] !== 0x4c) return "wrong";
	const length = word(rest[1], rest[2]) + 65_536 * word(rest[3], rest[4]);
	return length > most.graphicsBytes ? "wrong" : 5 + length;
}

function rasterLength(rest: Uint8Array): Length {
	if (rest.length < 6) return "more";
	const [bytesInRow, rows] = [word(rest[2], rest[3]), word(rest[4], rest[5])];
	if (bytesInRow > most.rasterBytesInRow || rows > most.rasterRows) return "wrong";
	return 6 + bytesInRow * rows;
}
