import { afterEach, expect, test } from "vitest";
import { type MockPrinter, type PrinterOptions, startPrinter } from "../../hardware-mocks/printer.ts";
import { type Bench, setBench } from "./scanner-bench.ts";

let printer: MockPrinter | undefined;
let bench: Bench | undefined;
afterEach(async () => {
	await bench?.clear();
	await printer?.close();
});

/** For a printer that answers, on a machine that has much else to do; and for one that never does. */
const patient = { connectMs: 10_000, statusMs: 4_000, writeMs: 10_000, confirmMs: 20_000, reloadMs: 0 };
const short = { ...patient, statusMs: 300, confirmMs: 1_000 };

async function tested(driver: string, options: PrinterOptions, ...flags: string[]) {
	printer = await startPrinter(options);
	const connection = { by: "tcp", host: printer.host, port: printer.port };
	bench = setBench({ driver, connection, deadlines: options.mute ? short : patient });
	const running = bench.start("pipe", ["print", "test", "--config", bench.config, ...flags]);
	return { code: await running.ended, screen: running.screen, paper: printer };
}

test("a good printer proves the sheet, which carries what a technician has to look at", async () => {
	const { code, screen, paper } = await tested("epson-tm-t20iii", { model: "tm-t20iii" });
	expect(code).toBe(0);
	expect(screen).toMatch(/state +ready, paper enough/);
	expect(screen).toMatch(/sheet +printed, proved by process-id, \d+ ms/);
	expect(paper.receipts.length).toBe(1);
	expect(paper.mistakes).toEqual([]);
	const text = paper.receipts[0]?.text ?? "";
	for (const words of ["ПРОВЕРКА", "СЪЕШЬ ЕЩЁ", "№", "Code 128", "PDF417", "DataMatrix", "QR"])
		expect(text).toContain(words);
	// The number of a test card; it and its password are on the paper alone.
	expect(text).toContain("770000000000000");
	expect(screen).not.toContain("770000000000000");
}, 120_000);

test("a printer without paper is told before anything is printed", async () => {
	const { code, screen, paper } = await tested("generic-80mm", { model: "80mm", paper: "out" });
	expect(code).toBe(1);
	expect(screen).toMatch(/state +stopped \(printer-paper-out\), paper out/);
	expect(screen).toMatch(/sheet +not-printed: printer-paper-out/);
	expect(paper.receipts).toEqual([]);
}, 120_000);

test("a printer that never answers is no failure of the paper, and no proof of it", async () => {
	const { code, screen, paper } = await tested("generic-80mm", { model: "80mm", mute: true }, "--json");
	expect(code).toBe(1);
	const found = JSON.parse(screen);
	expect(found).toMatchObject({ printer: "receipt", identity: null, conditions: null });
	expect(found.verdict.state).toBe("unknown");
	expect(paper.receipts.length).toBe(1);
}, 120_000);

test("a printer that calls itself another model is told as a hint", async () => {
	const { screen } = await tested("generic-80mm", { model: "tm-t88v" });
	expect(screen).toMatch(/hint +by its own words it is for the driver epson-tm-t88v/);
}, 120_000);
