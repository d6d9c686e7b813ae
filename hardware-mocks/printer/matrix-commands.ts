import { type Machine, typeOut } from "./machine.ts";
import type { Pen } from "./pen.ts";
import { type Prepared, place } from "./place.ts";
import { dataMatrixModules, pdf417Modules, type QrLevel, qrModules } from "./symbols.ts";
import type { Deed } from "./text-commands.ts";

type Function = (machine: Machine, n: number, data: Uint8Array) => void;
type Functions = Readonly<Record<number, Function>>;

const levels: Readonly<Record<number, QrLevel>> = { 48: "L", 49: "M", 50: "Q", 51: "H" };

/** Functions 165 to 181 of the manual are 65 to 81 on the wire, as 365 to 381 of Data Matrix. */
const qr: Functions = {
	65: ({ pen }, n) => {
		pen.qr.model = n - 0x30;
	},
	67: ({ pen, signals, facts }, n) => {
		if (n >= 1 && n <= facts.largestModule) pen.qr.moduleDots = n;
		else signals.mistake(`GS ( k fn 67: ${n} dots a module, 1 to ${facts.largestModule} are possible`);
	},
	69: ({ pen, signals }, n) => {
		const level = levels[n];
		if (level === undefined) signals.mistake(`GS ( k fn 69: ${n} is no level of correction`);
		else pen.qr.level = level;
	},
	80: ({ pen }, _n, data) => {
		pen.qr.data = data;
	},
	81: (machine) => place(machine, "GS ( k fn 81", preparedQr(machine.pen.qr)),
};

const pdf417: Functions = {
	65: within(0, 30, "columns", ({ pen }, n) => {
		pen.pdf417.columns = n;
	}),
	66: within(0, 90, "rows", ({ pen }, n) => {
		pen.pdf417.rows = n;
	}),
	67: within(2, 8, "dots a module", ({ pen }, n) => {
		pen.pdf417.moduleDots = n;
	}),
	68: within(2, 8, "modules a row", ({ pen }, n) => {
		pen.pdf417.rowHeight = n;
	}),
	// m 48 names a level, 49 a ratio to the data, for which the level that suits the data is taken.
	69: ({ pen }, m, [n = 0x30]) => {
		pen.pdf417.level = m === 0x30 && n >= 0x30 && n <= 0x38 ? n - 0x30 : undefined;
	},
	70: ({ pen }, n) => {
		pen.pdf417.truncated = (n & 1) === 1;
	},
	80: ({ pen }, _n, data) => {
		pen.pdf417.data = data;
	},
	81: (machine) => place(machine, "GS ( k cn 48 fn 81", preparedPdf417(machine.pen)),
};

const datamatrix: Functions = {
	66: ({ pen, signals }, m, [rows = 0, columns = 0]) => {
		if (m !== 0x30 && m !== 0x31) signals.mistake(`GS ( k cn 54 fn 66: ${m} is neither square nor rectangle`);
		else
			Object.assign(pen.datamatrix, {
				shape: m === 0x30 ? "square" : "rectangle",
				rows,
				// Of a square only one length is given.
				columns: m === 0x30 ? rows : columns,
			});
	},
	67: within(2, 16, "dots a module", ({ pen }, n) => {
		pen.datamatrix.moduleDots = n;
	}),
	80: ({ pen }, _n, data) => {
		pen.datamatrix.data = data;
	},
	81: (machine) => place(machine, "GS ( k cn 54 fn 81", preparedDataMatrix(machine.pen.datamatrix)),
};

const families: Readonly<
	Record<number, { readonly symbol: "qr" | "pdf417" | "datamatrix"; functions: Functions }>
> = {
	48: { symbol: "pdf417", functions: pdf417 },
	49: { symbol: "qr", functions: qr },
	54: { symbol: "datamatrix", functions: datamatrix },
};

/** GS ( k: QR codes, PDF417 and Data Matrix (Epson ESC/POS). A printer without one prints the command as text. */
export const matrixCommands: Readonly<Record<string, Deed>> = {
	"GS ( k": (machine, cn, parameters, bytes) => {
		const family = families[cn];
		const deed = family?.functions[parameters[1] ?? 0];
		if (family !== undefined && !machine.facts.symbols.includes(family.symbol))
			typeOut(machine, bytes.subarray(2));
		else if (deed !== undefined) deed(machine, parameters[2] ?? 0, parameters.subarray(3));
		else machine.signals.mistake(`GS ( k ${cn} ${parameters[1]}: no symbol or function of that number`);
	},
};

function within(least: number, most: number, what: string, set: Function): Function {
	return (machine, n, data) => {
		if (n >= least && n <= most) set(machine, n, data);
		else machine.signals.mistake(`GS ( k: ${n} ${what}, ${least} to ${most} are possible`);
	};
}

function preparedQr({ model, data, level, moduleDots }: Pen["qr"]): Prepared {
	if (model !== 2) return `model ${model} is not drawn, set model 2 by fn 65`;
	if (data === undefined) return "no data is stored by fn 80";
	const modules = qrModules(data, level);
	if (modules === undefined) return `no symbol holds ${data.length} bytes at level ${level}`;
	return preparedMatrix("qr", data, modules, moduleDots, moduleDots);
}

/** Columns of a row besides its data: start, two indicators and stop, 69 modules. */
const pdf417Frame = { columns: 4, modulesAColumn: 17, more: 1 } as const;

function preparedPdf417({ pdf417: set, areaWidth }: Pen): Prepared {
	const { data, columns, rows, moduleDots, rowHeight, level, truncated } = set;
	if (data === undefined) return "no data is stored by fn 80";
	const drawn = (wanted: number) => pdf417Modules(data, wanted, rows, level, truncated);
	const free = drawn(columns);
	const { more, modulesAColumn, columns: frame } = pdf417Frame;
	const most = Math.floor((areaWidth / moduleDots - more) / modulesAColumn) - frame;
	// A printer that may choose the columns takes as many as the line holds.
	const isWide = columns === 0 && free !== undefined && free.width * moduleDots > areaWidth && most > 0;
	const modules = isWide ? drawn(most) : free;
	if (modules === undefined) return `no symbol holds ${data.length} bytes so`;
	return preparedMatrix("pdf417", data, modules, moduleDots, moduleDots * rowHeight);
}

function preparedDataMatrix({ data, shape, rows, columns, moduleDots }: Pen["datamatrix"]): Prepared {
	if (data === undefined) return "no data is stored by fn 80";
	const modules = dataMatrixModules(data, shape, rows > 0 ? { rows, columns } : undefined);
	if (modules === undefined) return `no symbol holds ${data.length} bytes so`;
	return preparedMatrix("datamatrix", data, modules, moduleDots, moduleDots);
}

function preparedMatrix(
	kind: "qr" | "pdf417" | "datamatrix",
	data: Uint8Array,
	modules: { readonly width: number; readonly height: number; readonly dots: Uint8Array },
	moduleDots: number,
	moduleHeight: number,
): Prepared {
	return {
		width: modules.width * moduleDots,
		height: modules.height * moduleHeight,
		at: (left) => ({ kind, data, left, modules, moduleDots, moduleHeight }),
	};
}
