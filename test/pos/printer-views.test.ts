import { expect, test } from "vitest";
import type { PrinterConditions } from "../../src/model/printer.ts";
import { printerView } from "../../src/pos/printer-views.ts";
import { well } from "../paper-kit.ts";

const explain = (about: string) => ({ title: about, text: "" });
const idle = { printer: "receipt", held: false, waiting: 0 };

const viewWith = (change: Partial<PrinterConditions>, more: Partial<typeof idle> = {}) =>
	printerView(
		{ ...idle, ...more, status: { state: "readable", conditions: { ...well, ...change } } },
		explain,
	);

test("a printer that is well is ready, with all that it tells and no message", () => {
	expect(viewWith({})).toEqual({ ...idle, state: "ready", paper: "enough", conditions: well });
});

test.each<[Partial<PrinterConditions>, string, string]>([
	[{ paper: "out" }, "printer-paper-out", "printer-needs-paper"],
	[{ coverOpen: true, paper: "out" }, "printer-cover-open", "printer-needs-closing"],
	[{ cutterError: true }, "printer-cutter", "printer-needs-help"],
	[{ broken: true }, "printer-broken", "printer-needs-help"],
	[{ online: false }, "printer-offline", "printer-needs-help"],
])("%o stops it: %s", (change, fault, title) => {
	expect(viewWith(change)).toMatchObject({ state: "stopped", fault, cashier: { title } });
});

test("low paper stops nothing, and is told", () => {
	expect(viewWith({ paper: "low" })).toMatchObject({
		...{ state: "ready", paper: "low", cashier: { title: "printer-paper-low" } },
	});
});

test("a printer that is held says so, unless something worse is to be said", () => {
	expect(viewWith({ paper: "low" }, { held: true, waiting: 2 })).toMatchObject({
		...{ state: "ready", held: true, waiting: 2, cashier: { title: "printer-held" } },
	});
	expect(viewWith({ paper: "out" }, { held: true }).cashier?.title).toBe("printer-needs-paper");
});

test("a printer that cannot be read is never said to have no paper", () => {
	expect(printerView({ ...idle, status: { state: "unreadable" } }, explain)).toEqual({
		...idle,
		state: "unreadable",
	});
});

test("a printer to which there is no way is away, with the system's words", () => {
	expect(printerView({ ...idle, status: { state: "away", detail: "EHOSTUNREACH" } }, explain)).toEqual({
		...{ ...idle, state: "away", fault: "printer-unreachable", detail: "EHOSTUNREACH" },
		cashier: { title: "printer-needs-help", text: "" },
	});
});
