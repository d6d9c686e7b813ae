import type { SymbolKind } from "../../../src/model/block.ts";

/**
 * How large symbols are printed: modules of quiet zone on each side, and dots of a module at most and at least. Never
 * one dot: neither heads nor scanners are that good, and a lone dot can make a picture's byte a command.
 * Quiet zones: ISO/IEC 18004 (QR), 16022 (Data Matrix), 15438 (PDF417), 15417 (Code 128).
 */
const sizes: Readonly<Record<SymbolKind, { quiet: number; most: number; least: number }>> = {
	qr: { quiet: 4, most: 6, least: 3 },
	datamatrix: { quiet: 2, most: 6, least: 3 },
	pdf417: { quiet: 2, most: 3, least: 2 },
	code128: { quiet: 10, most: 3, least: 2 },
};

/** Modules of quiet zone that a symbol needs on each side. */
export function quietOf(kind: SymbolKind): number {
	return sizes[kind].quiet;
}

/** Dots of a module, as many as fit, for a symbol so many modules wide; undefined when the paper is too narrow. */
export function moduleDots(kind: SymbolKind, modules: number, dots: number): number | undefined {
	const { quiet, most, least } = sizes[kind];
	const fitting = Math.min(most, Math.floor(dots / (modules + 2 * quiet)));
	return fitting < least ? undefined : fitting;
}

/** Height of a bar code's bars in dots, about 10 mm. */
export const barDots = 80;
