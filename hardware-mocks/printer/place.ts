import type { Bitmap } from "./bitmap.ts";
import { atLineStart, type Machine } from "./machine.ts";
import type { Mark } from "./paper.ts";
import { aligned } from "./pen.ts";

/** A symbol or picture before it has its place, or why there is none. Lengths in dots. */
export type Prepared = { readonly width: number; readonly height: number; at(left: number): Mark } | string;

/** Prints what was prepared, where the alignment wants it; what is too wide for the line is not printed at all. */
export function place(machine: Machine, command: string, prepared: Prepared): void {
	const { pen, signals, add } = machine;
	if (typeof prepared === "string") signals.mistake(`${command}: ${prepared}`);
	else if (prepared.width > pen.areaWidth)
		signals.mistake(`${command}: ${prepared.width} dots are wider than the line`);
	else if (atLineStart(machine, command)) {
		const { width, height } = prepared;
		add({ kind: "print", mark: prepared.at(aligned(pen, width)), height, move: height });
	}
}

export function preparedPicture(picture: Bitmap): Prepared {
	const { width, height } = picture;
	return { width, height, at: (left) => ({ kind: "raster", left, picture }) };
}
