import { type Bitmap, blankBitmap, stamp } from "./bitmap.ts";
import { characterOf, wideCharacterOf } from "./code-pages.ts";
import type { WholeFacts } from "./facts.ts";
import { baseline } from "./fonts.ts";
import type { Step } from "./mechanism.ts";
import type { Cell } from "./paper.ts";
import { aligned, type Pen, penAtPowerUp } from "./pen.ts";
import type { Condition } from "./status.ts";

/** What the printing part tells the rest of the printer. */
export type Signals = {
	reply(bytes: Uint8Array): void;
	drawer(pin: 2 | 5, onMs: number): void;
	/** GS a: which changes of the condition are told unasked, 0 for none. */
	automaticStatus(mask: number): void;
	/** ESC @ has been read. */
	reset(): void;
	/** GS ( D: whether DLE DC4 `fn` is obeyed from now on. */
	obeyDc4(fn: number, isObeyed: boolean): void;
	/** Something that a real printer would answer with garbage or silence. */
	mistake(what: string): void;
	condition(): Condition;
};

/** The line that is being filled: characters, strips of a picture (ESC *), and where the next one begins. */
type Line = {
	readonly cells: Cell[];
	readonly strips: { readonly left: number; readonly picture: Bitmap }[];
	at: number;
};

/** The printing part: pen, line and paper. */
export type Machine = {
	readonly facts: WholeFacts;
	/** Hands the mechanism something to do, after all that it has. */
	readonly add: (step: Step) => void;
	readonly signals: Signals;
	pen: Pen;
	line: Line;
	/** The first byte of a Chinese character whose second has not come. */
	lead: number | undefined;
};

export function assemble(facts: WholeFacts, add: Machine["add"], signals: Signals): Machine {
	return { facts, add, signals, pen: penAtPowerUp(facts), line: emptyLine(), lead: undefined };
}

/** Whether nothing waits for a line feed. */
export function isEmpty({ cells, strips }: Line): boolean {
	return cells.length === 0 && strips.length === 0;
}

export function emptyLine(): Line {
	return { cells: [], strips: [], at: 0 };
}

/** ESC @ and power-up: everything but what is on paper. */
export function reset(machine: Machine): void {
	machine.pen = penAtPowerUp(machine.facts);
	machine.line = emptyLine();
	machine.lead = undefined;
}

/** One byte of text; in Chinese mode two bytes from 81h on are one character. */
export function typeByte(machine: Machine, byte: number): void {
	const { pen, lead, facts } = machine;
	machine.lead = undefined;
	if (lead !== undefined) typeCharacter(machine, wideCharacterOf(lead, byte), true);
	else if (pen.kanji && byte > 0x80 && byte < 0xff) machine.lead = byte;
	else if (byte !== 0x7f)
		typeCharacter(machine, characterOf(byte, facts.codePages[pen.codePage] ?? "cp437"), false);
}

/** Adds a character, on a new line when this one is full. */
function typeCharacter(machine: Machine, character: string, wide: boolean): void {
	const { pen } = machine;
	const width = ((wide ? 2 : 1) * pen.font.width + pen.letterGap) * pen.timesWide;
	if (machine.line.at + width > pen.areaWidth && machine.line.cells.length > 0) endLine(machine);
	const { font, bold, underline, inverse, timesWide, timesHigh } = pen;
	const look = { font, bold, underline, inverse, wide, timesWide, timesHigh };
	machine.line.cells.push({ ...look, character, left: machine.line.at, width });
	machine.line.at += width;
}

/** Prints the line and feeds one line; with nothing on it the paper only moves. */
export function endLine(machine: Machine): void {
	const { pen, line } = machine;
	machine.line = emptyLine();
	machine.lead = undefined;
	if (isEmpty(line)) {
		machine.add({ kind: "print", mark: { kind: "blank" }, height: pen.lineSpacing, move: pen.lineSpacing });
		return;
	}
	if (line.strips.length > 0) printStrips(machine, line);
	if (line.cells.length === 0) return;
	const left = aligned(pen, line.at);
	const cells = line.cells.map((cell) => ({ ...cell, left: cell.left + left }));
	const height = lineHeight(cells);
	machine.add({
		kind: "print",
		mark: { kind: "text", cells },
		height,
		move: Math.max(height, pen.lineSpacing),
	});
}

/** Strips side by side are one picture of 24 rows. */
function printStrips({ add, pen, signals }: Machine, { strips, cells, at }: Line): void {
	if (cells.length > 0) signals.mistake("ESC * beside text: the text is drawn below");
	const picture = blankBitmap(at, 24);
	for (const strip of strips) stamp(picture, strip.picture, strip.left, 0);
	const mark = { kind: "raster", left: aligned(pen, at), picture } as const;
	add({ kind: "print", mark, height: picture.height, move: Math.max(picture.height, pen.lineSpacing) });
}

/** Characters of different sizes stand on one baseline: the tallest part above it, and the tallest below. */
function lineHeight(cells: readonly Cell[]): number {
	const above = Math.max(...cells.map(({ font, timesHigh }) => baseline(font) * timesHigh));
	const below = Math.max(...cells.map(({ font, timesHigh }) => (font.height - baseline(font)) * timesHigh));
	return above + below;
}

/** Whether a command that acts only at the start of a line may act; says so when not. */
export function atLineStart(machine: Machine, command: string): boolean {
	if (isEmpty(machine.line)) return true;
	machine.signals.mistake(`${command} in the middle of a line is ignored: end the line first`);
	return false;
}

/** A command that the printer does not know comes out as text, but for its first bytes and what is no letter. */
export function typeOut(machine: Machine, bytes: Uint8Array): void {
	for (const byte of bytes) if (byte >= 0x20) typeByte(machine, byte);
}
