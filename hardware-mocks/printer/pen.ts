import type { Bitmap } from "./bitmap.ts";
import type { WholeFacts } from "./facts.ts";
import { type Font, fontA } from "./fonts.ts";
import type { QrLevel } from "./symbols.ts";

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
	pdf417: {
		columns: number;
		rows: number;
		moduleDots: number;
		/** In modules. */
		rowHeight: number;
		/** 0 to 8, or undefined where the printer chooses. */
		level: number | undefined;
		truncated: boolean;
		data: Uint8Array | undefined;
	};
	datamatrix: {
		shape: "square" | "rectangle";
		/** Rows and columns, 0 where the data decide. */
		rows: number;
		columns: number;
		moduleDots: number;
		data: Uint8Array | undefined;
	};
	barcode: { height: number; moduleDots: number; textAbove: boolean; textBelow: boolean; font: Font };
	/** What GS ( L has stored and not printed yet. */
	graphics: Bitmap | undefined;
};

/** One sixth of an inch on most models. */
export const defaultLineSpacing = 30;

/** A pen as the printer has it when switched on. */
export function penAtPowerUp(facts: WholeFacts): Pen {
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
		pdf417: {
			columns: 0,
			rows: 0,
			moduleDots: 3,
			rowHeight: 3,
			level: undefined,
			truncated: false,
			data: undefined,
		},
		datamatrix: { shape: "square", rows: 0, columns: 0, moduleDots: 3, data: undefined },
		barcode: { height: 162, moduleDots: 3, textAbove: false, textBelow: false, font: fontA },
		graphics: undefined,
	};
}

/** Where something of that width begins, by the alignment. */
export function aligned({ align, leftMargin, areaWidth }: Pen, width: number): number {
	const room = Math.max(0, areaWidth - width);
	return leftMargin + { left: 0, centre: Math.floor(room / 2), right: room }[align];
}
