import { beforeAll, expect, test } from "vitest";
import { printerDrivers } from "../../drivers/index.ts";
import { type ModelName, models } from "../../hardware-mocks/printer/models.ts";
import { receiptOf } from "../../hardware-mocks/printer/receipt.ts";
import type { Line, SymbolKind } from "../../src/model/block.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";
import type { Engine } from "../../src/scan/pictures/engine.ts";
import { openZxingWasm } from "../../src/scan/pictures/zxing-wasm.ts";
import { printed, printerOf } from "../hardware-mocks/printer/loose.ts";
import { greyOf } from "../scan/pictures/drawing.ts";

let engine: Engine;
beforeAll(async () => {
	engine = await openZxingWasm();
});

/** Drivers, and the printers of another hand's making that each is for. */
const pairs: readonly (readonly [driver: string, mock: ModelName])[] = [
	["epson-tm-t20iii", "tm-t20iii"],
	["epson-tm-t88v", "tm-t88v"],
	["epson-tm-m30iii", "tm-m30iii"],
	["bixolon-srp-350iii", "bixolon"],
	["citizen-ct-s310ii", "citizen"],
	["rongta-rp326", "rongta"],
	["q583p", "q583p"],
	["xprinter", "80mm"],
	["generic-80mm", "80mm-hasty"],
	["generic-58mm", "58mm-bare"],
	["pos-5890", "58mm"],
];

const driverOf = (id: string): PrinterDriver => {
	const driver = printerDrivers[id];
	if (driver === undefined) throw new RangeError(id);
	return driver;
};

const line = (text: string): Line => ({ kind: "text", text, align: "left", bold: false, size: 1 });
const cut: Line = { kind: "cut" };
const blank: Line = { kind: "feed", lines: 2 };

/** What comes out, also where nothing is cut. */
function papers(bytes: Uint8Array, mock: ModelName) {
	const { device, pieces, mistakes } = printerOf(models[mock]);
	device.receive(bytes);
	return { pieces: [...pieces, device.hanging.piece], mistakes: mistakes() };
}

const pangram = "Съешь ещё этих №7 - ЭЙ, ЖЛОБ!";

test.each(pairs)("%s writes Russian on a %s, which wakes up as it likes", (id, mock) => {
	const { device, texts, mistakes } = printerOf(models[mock]);
	device.receive(driverOf(id).encode([line(pangram), cut]));
	expect(texts().join("\n")).toContain(pangram);
	expect(mistakes()).toEqual([]);
});

/** The mock printers know the pages that their models are known to have for certain. */
test.each([
	["epson-tm-t20iii", "tm-t20iii", ["cp866", "cp1251", "cp855", "cp1125", "rk1048"]],
	["bixolon-srp-350iii", "bixolon", ["cp866", "cp1251"]],
	["rongta-rp326", "rongta", ["cp866", "cp1251"]],
	["xprinter", "80mm", ["cp866", "cp1251"]],
	["pos-5890", "58mm", ["cp866", "cp1251", "cp866", "cp1251", "cp855"]],
] as const)("each page of %s has its letters where a %s has them", (id, mock, encodings) => {
	const driver = driverOf(id);
	const known = driver.codePages.slice(0, encodings.length);
	expect(known.map(({ encoding }) => encoding)).toEqual(encodings);
	for (const page of known) {
		const { device, texts } = printerOf(models[mock]);
		device.receive(driver.tuned({ codePage: page }).encode([line(pangram), cut]));
		expect(texts().join("\n")).toContain(pangram);
	}
});

const kinds: readonly SymbolKind[] = ["code128", "pdf417", "datamatrix", "qr"];

test.each(pairs.flatMap(([id, mock]) => kinds.map((symbol) => ({ id, mock, symbol }))))(
	"a $symbol of $id is read from the paper of a $mock",
	async ({ id, mock, symbol }) => {
		const driver = driverOf(id);
		const data = symbol === "code128" ? "K-123456" : "t=20261128T2230&s=1234.56&n=1 Чек";
		const bytes = driver.encode([line("Above"), blank, { kind: "symbol", symbol, data }, blank, cut]);
		const { pieces, mistakes } = papers(bytes, mock);
		expect(mistakes).toEqual([]);
		const [piece] = pieces.filter(({ marks }) =>
			marks.some(({ kind }) => kind !== "text" && kind !== "blank"),
		);
		if (piece === undefined) throw new RangeError("nothing came out");
		const { png } = receiptOf(piece, bytes, { at: 0, dots: driver.dots, columns: driver.columns });
		const read = engine(await greyOf(png), 1).map((code) => Buffer.from(code.bytes).toString("utf8"));
		expect(read).toEqual([data]);
	},
);

test("after a block that broke off anywhere the next one is whole, on the printer that still waits for the rest", () => {
	const driver = driverOf("epson-tm-t20iii");
	const broken = driver.encode([
		line("Broken"),
		{ kind: "symbol", symbol: "code128", data: "K-123456" },
		{ kind: "symbol", symbol: "qr", data: "https://ex.test/r/1" },
		{ kind: "picture", picture: { width: 64, height: 8, dots: new Uint8Array(512).fill(1) }, align: "left" },
		line("End"),
	]);
	const next = driver.encode([line(pangram), cut]);
	for (let length = 0; length < broken.length; length++) {
		const { texts } = printed(
			Buffer.concat([broken.subarray(0, length), driver.afterBroken, next]),
			models["tm-t20iii"],
		);
		expect(texts.at(-1)?.split("\n")).toContain(pangram);
	}
});
