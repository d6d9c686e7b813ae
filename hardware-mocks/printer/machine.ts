import { characterOf, wideCharacterOf } from "./code-pages.ts";
import { baseline } from "./fonts.ts";
import type { Cell, Paper } from "./paper.ts";
import { aligned, type Pen, type PrinterFacts, penAtPowerUp } from "./pen.ts";
import type { Condition } from "./status.ts";

/** What the printing part tells the rest of the printer. */
export type Signals = {
	reply(bytes: Uint8Array): void;
	drawer(pin: 2 | 5, onMs: number): void;
	/** GS a: which changes of the condition are told unasked, 0 for none. */
	automaticStatus(mask: number): void;
	/** A line of text has reached the paper. */
	linePrinted(): void;
	/** Something that a real printer would answer with garbage or silence. */
	mistake(what: string): void;
	condition(): Condition;
};

/** The line that is being filled: characters, and where the next one begins. */
type Line = { readonly cells: Cell[]; at: number };

/** The printing part: pen, line and paper. */
export type Machine = {
	readonly facts: PrinterFacts;
	readonly paper: Paper;
	readonly signals: Signals;
	pen: Pen;
	line: Line;
	/** The first byte of a Chinese character whose second has not come. */
	lead: number | undefined;
};

export function assemble(facts: PrinterFacts, paper: Paper, signals: Signals): Machine {
	return { facts, paper, signals, pen: penAtPowerUp(facts), line: emptyLine(), lead: undefined };
}

export function emptyLine(): Line {
	return { cells: [], at: 0 };
}

/** ESC @: everything but what is on paper. */
export function reset(machine: Machine): void {
	machine.pen = penAtPowerUp(machine.facts);
	machine.line = emptyLine();
	machine.lead = undefined;
}

/** One byte of text; in Chinese mode two bytes from 81h on are one character. */
export function typeByte(machine: Machine, byte: number): void {
	const { pen, lead } = machine;
	machine.lead = undefined;
	if (lead !== undefined) typeCharacter(machine, wideCharacterOf(lead, byte), true);
	else if (pen.kanji && byte > 0x80 && byte < 0xff) machine.lead = byte;
	else if (byte !== 0x7f) typeCharacter(machine, characterOf(byte, pen.codePage), false);
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
	const { pen, line, paper } = machine;
	machine.line = emptyLine();
	machine.lead = undefined;
	if (line.cells.length === 0) {
		paper.place({ kind: "blank" }, pen.lineSpacing);
		return;
	}
	const left = aligned(pen, line.at);
	const cells = line.cells.map((cell) => ({ ...cell, left: cell.left + left }));
	paper.place({ kind: "text", cells }, lineHeight(cells), pen.lineSpacing);
	machine.signals.linePrinted();
}

/** Characters of different sizes stand on one baseline: the tallest part above it, and the tallest below. */
function lineHeight(cells: readonly Cell[]): number {
	const above = Math.max(...cells.map(({ font, timesHigh }) => baseline(font) * timesHigh));
	const below = Math.max(...cells.map(({ font, timesHigh }) => (font.height - baseline(font)) * timesHigh));
	return above + below;
}

/** Whether a command that acts only at the start of a line may act; says so when not. */
export function atLineStart(machine: Machine, command: string): boolean {
	if (machine.line.cells.length === 0) return true;
	machine.signals.mistake(`${command} in the middle of a line is ignored: end the line first`);
	return false;
}
