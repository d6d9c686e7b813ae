import { expect, test } from "vitest";
import { printerDrivers, scannerDrivers } from "../../drivers/index.ts";
import type { Block, SymbolKind } from "../../src/model/block.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";

test("every driver is found by its own id", () => {
	for (const drivers of [scannerDrivers, printerDrivers]) {
		expect(Object.values(drivers).map(({ id }) => id)).toEqual(Object.keys(drivers));
	}
});

test("the lists and the drivers in them are frozen", () => {
	for (const drivers of [scannerDrivers, printerDrivers]) {
		expect([drivers, ...Object.values(drivers)].filter((facts) => !Object.isFrozen(facts))).toEqual([]);
	}
});

test("a name that is no driver's finds nothing", () => {
	expect(printerDrivers.constructor).toBeUndefined();
	expect(scannerDrivers.toString).toBeUndefined();
});

/** Facts that are compared by their values: columns, dots, first page, proof, line, whether it resumes. */
test("each printer's facts are these", () => {
	const facts = Object.values(printerDrivers).map((driver) => [
		driver.id,
		driver.columns,
		driver.dots,
		`${driver.codePage.encoding} ${driver.codePage.number}`,
		driver.confirms,
		driver.answersStatus,
		driver.announceChanges.length > 0,
		driver.resumes,
		driver.line?.baudRate,
	]);
	expect(facts).toEqual([
		["bixolon-srp-350iii", 42, 512, "cp866 17", "paper-barrier", true, true, false, 9_600],
		["citizen-ct-s310ii", 48, 576, "cp866 7", "paper-barrier", true, true, false, 9_600],
		["epson-tm-m30iii", 48, 576, "cp866 17", "process-id", true, true, true, undefined],
		["epson-tm-t20iii", 48, 576, "cp866 17", "process-id", true, true, true, 38_400],
		["epson-tm-t20iii-42", 42, 546, "cp866 17", "process-id", true, true, true, 38_400],
		["epson-tm-t88v", 42, 512, "cp866 17", "process-id", true, true, true, 38_400],
		["epson-tm-t88vi", 42, 512, "cp866 17", "process-id", true, true, true, 38_400],
		["generic-58mm", 32, 384, "cp866 17", "paper-barrier", true, false, false, 9_600],
		["generic-80mm", 48, 576, "cp866 17", "paper-barrier", true, false, false, 9_600],
		["generic-80mm-one-way", 48, 576, "cp866 17", "none", false, false, false, 9_600],
		["pos-5890", 32, 384, "cp866 17", "none", false, false, false, 9_600],
		["q583p", 48, 576, "cp866 7", "paper-barrier", true, false, false, 9_600],
		["rongta-rp326", 48, 576, "cp866 7", "paper-barrier", true, false, false, 19_200],
		["star-escpos", 48, 576, "cp866 17", "paper-barrier", true, true, false, 9_600],
		["sunmi", 32, 384, "cp866 17", "none", false, false, false, undefined],
		["xprinter", 48, 576, "cp866 17", "paper-barrier", true, false, false, 19_200],
	]);
});

/** The number of Windows page 1251 differs most from maker to maker. */
test("each printer's candidates for code page 1251 are these", () => {
	const numbers = Object.values(printerDrivers).map(({ id, codePages }) => [
		id,
		...codePages.filter(({ encoding }) => encoding === "cp1251").map(({ number }) => number),
	]);
	expect(numbers).toEqual([
		["bixolon-srp-350iii", 28],
		["citizen-ct-s310ii", 46],
		["epson-tm-m30iii", 46],
		["epson-tm-t20iii", 46],
		["epson-tm-t20iii-42", 46],
		["epson-tm-t88v", 46],
		["epson-tm-t88vi", 46],
		["generic-58mm", 46, 23, 28, 6, 73, 13],
		["generic-80mm", 46, 23, 28, 6, 73, 13],
		["generic-80mm-one-way", 46, 23, 28, 6, 73, 13],
		["pos-5890", 23, 73],
		["q583p", 6],
		["rongta-rp326", 6],
		["star-escpos"],
		["sunmi"],
		["xprinter", 23],
	]);
});

/** Code 128, PDF417, Data Matrix and QR: drawn by the printer's own command, or sent as a picture. */
test("each printer's own symbols and its cut are these", () => {
	const one = (symbol: SymbolKind): Block => [{ kind: "symbol", symbol, data: "12345678" }];
	const how = (driver: PrinterDriver, symbol: SymbolKind) =>
		Buffer.from(driver.encode(one(symbol))).includes("\x1dv0") ? "picture" : "own";
	const facts = Object.values(printerDrivers).map((driver) => [
		driver.id,
		...(["code128", "pdf417", "datamatrix", "qr"] as const).map((symbol) => how(driver, symbol)),
		Buffer.from(driver.encode([{ kind: "cut" }]))
			.toString("hex")
			.replace(/^.*1b32/, ""),
	]);
	expect(facts).toEqual([
		["bixolon-srp-350iii", "own", "own", "picture", "own", "1d564200"],
		["citizen-ct-s310ii", "own", "own", "picture", "own", "1d564200"],
		["epson-tm-m30iii", "own", "own", "own", "own", "1d564200"],
		["epson-tm-t20iii", "own", "own", "picture", "own", "1d564200"],
		["epson-tm-t20iii-42", "own", "own", "picture", "own", "1d564200"],
		["epson-tm-t88v", "own", "own", "picture", "own", "1d564200"],
		["epson-tm-t88vi", "own", "own", "own", "own", "1d564200"],
		["generic-58mm", "own", "picture", "picture", "picture", "0a0a0a0a"],
		["generic-80mm", "own", "picture", "picture", "own", "1d564200"],
		["generic-80mm-one-way", "own", "picture", "picture", "own", "1d564200"],
		["pos-5890", "own", "picture", "picture", "picture", "0a0a0a0a"],
		["q583p", "own", "picture", "picture", "picture", "0a0a0a0a0a1b69"],
		["rongta-rp326", "own", "picture", "picture", "own", "1d564200"],
		["star-escpos", "own", "own", "picture", "own", "1d564200"],
		["sunmi", "own", "picture", "picture", "own", "0a0a0a0a"],
		["xprinter", "own", "picture", "picture", "own", "1d564200"],
	]);
});

test("every printer's data is whole: letters fit its dots, pages are named once, all of it is frozen", () => {
	for (const driver of Object.values(printerDrivers)) {
		expect(driver.columns * 12).toBeLessThanOrEqual(driver.dots);
		expect(driver.columns * 12).toBeGreaterThan(driver.dots - 50);
		const pages = driver.codePages.map(({ encoding, number }) => `${encoding} ${number}`);
		expect(new Set(pages).size).toBe(pages.length);
		expect(driver.codePages[0]).toBe(driver.codePage);
		expect(driver.codePages.every(({ number }) => number >= 0 && number <= 255)).toBe(true);
		for (const facts of [driver.codePages, driver.codePage, ...driver.codePages, driver.line ?? driver])
			expect(Object.isFrozen(facts)).toBe(true);
		expect(driver.title).not.toBe("");
		expect(driver.paperMs([])).toBeGreaterThan(0);
		expect(driver.confirmation("A001") === null).toBe(["status", "none"].includes(driver.confirms));
	}
});
