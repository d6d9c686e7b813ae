import { word } from "./commands.ts";
import { fontA, fontB } from "./fonts.ts";
import { atLineStart, emptyLine, endLine, isEmpty, type Machine, reset } from "./machine.ts";
import { defaultLineSpacing, type Pen } from "./pen.ts";

/** What a command does; `n` is its first parameter, `bytes` all of it. */
export type Deed = (machine: Machine, n: number, parameters: Uint8Array, bytes: Uint8Array) => void;

const nothing: Deed = () => undefined;

/** Commands about characters, lines and their place (Epson ESC/POS). */
export const textCommands: Readonly<Record<string, Deed>> = {
	LF: endLine,
	// Ignored unless a switch on the printer makes it a line feed.
	CR: nothing,
	NUL: nothing,
	CAN: nothing,
	HT: (machine) => {
		const cell = machine.pen.font.width * machine.pen.timesWide;
		const stop = machine.pen.tabs.map((column) => column * cell).find((at) => at > machine.line.at);
		if (stop !== undefined && stop < machine.pen.areaWidth) machine.line.at = stop;
	},
	"ESC @": (machine) => {
		reset(machine);
		machine.signals.reset();
	},
	"ESC D": ({ pen }, _n, columns) => {
		pen.tabs = [...columns].filter((column) => column > 0);
	},
	"ESC d": (machine, n) => {
		const feeds = isEmpty(machine.line) ? n : Math.max(1, n);
		for (let fed = 0; fed < feeds; fed++) endLine(machine);
	},
	"ESC J": (machine, n) => {
		if (isEmpty(machine.line)) machine.add({ kind: "feed", move: n });
		else withSpacing(machine, n, endLine);
	},
	"ESC 2": setting((pen) => ({ ...pen, lineSpacing: defaultLineSpacing })),
	"ESC 3": setting((pen, n) => ({ ...pen, lineSpacing: n })),
	"ESC a": (machine, n) => {
		const align = (["left", "centre", "right"] as const)[n > 0x2f ? n - 0x30 : n];
		if (align === undefined) machine.signals.mistake(`ESC a ${n} is no alignment`);
		else if (atLineStart(machine, "ESC a")) machine.pen.align = align;
	},
	"ESC E": setting((pen, n) => ({ ...pen, bold: (n & 1) === 1 })),
	"ESC G": setting((pen, n) => ({ ...pen, bold: (n & 1) === 1 })),
	"ESC -": setting((pen, n) => ({ ...pen, underline: Math.min(2, n > 0x2f ? n - 0x30 : n) })),
	"ESC M": setting((pen, n) => ({ ...pen, font: n === 1 || n === 0x31 ? fontB : fontA })),
	"ESC !": setting((pen, n) => ({
		...pen,
		font: n & 0x01 ? fontB : fontA,
		bold: (n & 0x08) !== 0,
		timesHigh: n & 0x10 ? 2 : 1,
		timesWide: n & 0x20 ? 2 : 1,
		underline: n & 0x80 ? 1 : 0,
	})),
	"GS !": setting((pen, n) => ({ ...pen, timesWide: ((n >> 4) & 7) + 1, timesHigh: (n & 7) + 1 })),
	"GS B": setting((pen, n) => ({ ...pen, inverse: (n & 1) === 1 })),
	"GS b": nothing,
	"ESC t": (machine, n) => {
		if (machine.facts.codePages[n] !== undefined) machine.pen.codePage = n;
		else machine.signals.mistake(`ESC t ${n}: this printer has no such code page`);
	},
	"ESC R": ({ signals }, n) => {
		if (n !== 0) signals.mistake(`ESC R ${n}: only the set of the USA (0) is drawn`);
	},
	"ESC SP": setting((pen, n) => ({ ...pen, letterGap: n })),
	"ESC $": (machine, low, parameters) => {
		const at = word(low, parameters[1]);
		if (at < machine.pen.areaWidth) machine.line.at = at;
	},
	"GS L": (machine, low, parameters) => {
		if (!atLineStart(machine, "GS L")) return;
		const { dots } = machine.facts;
		const leftMargin = Math.min(word(low, parameters[1]), dots);
		const areaWidth = Math.min(machine.pen.areaWidth, dots - leftMargin);
		machine.pen = { ...machine.pen, leftMargin, areaWidth };
		machine.line = emptyLine();
	},
	"GS W": (machine, low, parameters) => {
		if (!atLineStart(machine, "GS W")) return;
		machine.pen.areaWidth = Math.min(word(low, parameters[1]), machine.facts.dots - machine.pen.leftMargin);
	},
	"GS P": ({ signals }) => signals.mistake("GS P: other motion units are not drawn"),
	"FS &": setting((pen) => ({ ...pen, kanji: true })),
	"FS .": setting((pen) => ({ ...pen, kanji: false })),
	"FS C": nothing,
};

function setting(change: (pen: Pen, n: number) => Pen): Deed {
	return (machine, n) => {
		machine.pen = change(machine.pen, n);
	};
}

function withSpacing(machine: Machine, dots: number, act: (machine: Machine) => void): void {
	const { lineSpacing } = machine.pen;
	machine.pen.lineSpacing = dots;
	act(machine);
	machine.pen.lineSpacing = lineSpacing;
}
