import { type Font, fontA } from "./fonts.ts";
import type { QrLevel } from "./symbols.ts";

/** What a printer is made as. */
export type PrinterFacts = {
	/** Printable dots in a line. */
	readonly dots: number;
	/** Whether it wakes up expecting two-byte Chinese characters, and does so again after ESC @. */
	readonly chinese: boolean;
	/** Whether it knows GS ( H; without it the parameters come out as text. */
	readonly processId: boolean;
	/** Whether it has a blade; without it the paper is torn off where it should be cut. */
	readonly cutter: boolean;
};

/** All that commands set and ESC @ sets back. Lengths in dots. */
export type Pen = {
	font: Font;
	bold: boolean;
	underline: number;
	inverse: boolean;
	timesWide: number;
	timesHigh: number;
	align: "left" | "centre" | "right";
	lineSpacing: number;
	letterGap: number;
	leftMargin: number;
	areaWidth: number;
	codePage: number;
	kanji: boolean;
	tabs: readonly number[];
	qr: { model: number; moduleDots: number; level: QrLevel; data: Uint8Array | undefined };
	barcode: { height: number; moduleDots: number; textAbove: boolean; textBelow: boolean };
};

/** One sixth of an inch on most models. */
export const defaultLineSpacing = 30;

/** A pen as the printer has it when switched on. */
export function penAtPowerUp(facts: PrinterFacts): Pen {
	return {
		font: fontA,
		bold: false,
		underline: 0,
		inverse: false,
		timesWide: 1,
		timesHigh: 1,
		align: "left",
		lineSpacing: defaultLineSpacing,
		letterGap: 0,
		leftMargin: 0,
		areaWidth: facts.dots,
		codePage: 0,
		kanji: facts.chinese,
		tabs: Array.from({ length: 32 }, (_, at) => (at + 1) * 8),
		qr: { model: 2, moduleDots: 3, level: "L", data: undefined },
		barcode: { height: 162, moduleDots: 3, textAbove: false, textBelow: false },
	};
}

/** Where something of that width begins, by the alignment. */
export function aligned({ align, leftMargin, areaWidth }: Pen, width: number): number {
	const room = Math.max(0, areaWidth - width);
	return leftMargin + { left: 0, centre: Math.floor(room / 2), right: room }[align];
}
