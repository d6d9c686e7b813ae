import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filter, firstValueFrom } from "rxjs";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { printerDrivers } from "../../drivers/index.ts";
import { type MockPrinter, startPrinter } from "../../hardware-mocks/printer.ts";
import { systemClock } from "../../src/clock.ts";
import type { PrinterSettings } from "../../src/model/settings/devices.ts";
import type { Printer } from "../../src/print/printer.ts";
import { openPrinters, type Printers, printerDriverOf } from "../../src/printers/printers.ts";
import { temporaryFolder } from "../journal/kit.ts";
import { keptLog, line, nothing } from "../print/printing-kit.ts";
import { shipped } from "../settings-file.ts";

const [usual]: PrinterSettings[] = parse(readFileSync(shipped, "utf8")).printers;
const reopen = { firstWaitMs: 10, factor: 2, mostWaitMs: 60_000 };

const closing: (Printers | MockPrinter)[] = [];
afterEach(async () => {
	for (const open of closing.splice(0).reverse()) await open.close();
});

async function shop(change: Partial<PrinterSettings> = {}) {
	const mock = await startPrinter({ model: "tm-t20iii" });
	closing.push(mock);
	const connection = { by: "tcp", host: mock.host, port: mock.port } as const;
	const settings = { ...(usual as PrinterSettings), driver: "epson-tm-t20iii", connection, ...change };
	const { log, lines } = keptLog();
	const printers = openPrinters({ printers: [settings], reopen }, printerDrivers, {
		clock: systemClock,
		log,
	});
	closing.push(printers);
	return { mock, printers, printer: printers.all[0] as Printer, lines };
}

const told = (printer: Printer, state: string, paper?: string) =>
	firstValueFrom(
		printer.status$.pipe(
			filter((status) => status.state === state),
			filter(
				(status) => paper === undefined || (status.state === "readable" && status.conditions.paper === paper),
			),
		),
	);

test("a printer of the settings prints over the channel that is kept, and is found by its name", async () => {
	const { mock, printers, printer } = await shop();
	expect(printers.find("receipt")).toBe(printer);
	expect(printers.find("kitchen")).toBeUndefined();
	for (const words of ["first", "second"]) {
		expect(await printer.print(line(words), { begun: nothing })).toEqual({
			state: "printed",
			evidence: "process-id",
		});
		expect(mock.timesOnPaper(words)).toBe(1);
	}
});

test("the end of the paper is told at once, and that the new roll is in", async () => {
	const { mock, printer } = await shop({ statusEveryMs: 600_000 });
	await told(printer, "readable", "enough");
	expect((await printer.print(line("armed"), { begun: nothing })).state).toBe("printed");
	mock.paperOut();
	await told(printer, "readable", "out");
	mock.reload();
	await told(printer, "readable", "enough");
});

test("a printer that is switched off and on is away, and then prints again without waiting for a long pause", async () => {
	const { mock, printer } = await shop();
	await told(printer, "readable");
	await mock.powerOff();
	await told(printer, "away");
	expect(await printer.print(line("lost"), { begun: nothing })).toMatchObject({
		state: "not-printed",
		fault: "printer-unreachable",
	});
	await mock.powerOn();
	expect((await printer.print(line("found"), { begun: nothing })).state).toBe("printed");
	expect([mock.timesOnPaper("lost"), mock.timesOnPaper("found")]).toEqual([0, 1]);
});

test("a printer that is not kept open lets others print in between", async () => {
	const { mock, printer } = await shop({ keepOpen: false });
	expect((await printer.print(line("first"), { begun: nothing })).state).toBe("printed");
	expect(printer.status().state).toBe("readable");
	const other = await openPrintersTo(mock);
	expect((await other.print(line("other"), { begun: nothing })).state).toBe("printed");
});

async function openPrintersTo(mock: MockPrinter): Promise<Printer> {
	const connection = { by: "tcp", host: mock.host, port: mock.port } as const;
	const settings = { ...(usual as PrinterSettings), driver: "epson-tm-t20iii", connection, keepOpen: false };
	const tools = { clock: systemClock, log: keptLog().log };
	const printers = openPrinters({ printers: [settings], reopen }, printerDrivers, tools);
	closing.push(printers);
	return printers.all[0] as Printer;
}

test("a printer that calls itself another model is written down once", async () => {
	const { printer, lines } = await shop({ driver: "epson-tm-t88v" });
	await printer.print(line("a"), { begun: nothing });
	await printer.print(line("b"), { begun: nothing });
	expect(lines.filter(({ message }) => message.includes("another model"))).toHaveLength(1);
});

test("a file proves nothing, whatever the driver could", async () => {
	const connection = { by: "file", path: join(temporaryFolder(), "paper") } as const;
	writeFileSync(connection.path, "");
	const { printer } = await shop({ connection });
	expect(await printer.print(line("into a file"), { begun: nothing })).toEqual({
		state: "unknown",
		fault: "print-unconfirmable",
	});
	expect(readFileSync(connection.path, "latin1")).toContain("into a file");
	expect(printer.status().state).toBe("unreadable");
});

test("a driver that there is not is refused", () => {
	const settings = { ...(usual as PrinterSettings), driver: "none" };
	expect(() => printerDriverOf(settings, printerDrivers)).toThrow("there is no driver none");
});
