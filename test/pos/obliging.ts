import { kopecks } from "../../src/model/money.ts";
import type { Methods } from "../../src/pos/methods.ts";
import type { PrintView } from "../../src/pos/print-views.ts";
import type { PrinterView } from "../../src/pos/printer-views.ts";
import { obligingOffice } from "./office.ts";

const print: PrintView = {
	...{ printId: 7, document: "self-test", mark: "original", printer: "receipt", state: "printed" },
	queuedAt: "2026-11-24T12:00:00.000Z",
};
const printerView: PrinterView = { printer: "receipt", state: "ready", held: false, waiting: 0 };

/** A till that accepts everything at once. */
export const obliging: Methods = {
	hello: async () => ({ name: "kassad", version: "1.2.3", protocol: 1, language: "ru", seq: 0 }),
	"selftest.run": async () => ({ state: "green", verdict: "all is well", checks: [] }),
	"selftest.answer": async ({ check }) => ({ check }),
	"pay.providers": async () => ({
		isDefault: true,
		providers: [{ paymentType: "SBP", available: true }],
	}),
	"pay.start": async ({ key }) => ({ operationId: `operation of ${key}`, state: "in-progress" }),
	"pay.cancel": async ({ operationId }) => ({ operationId, state: "in-progress" }),
	"refund.start": async ({ key }) => ({ operationId: `operation of ${key}`, state: "in-progress" }),
	"receipt.send": async ({ key }) => ({ operationId: `operation of ${key}`, state: "in-progress" }),
	"operation.get": async () => ({
		operationId: "o-1",
		kind: "payment",
		orderId: "order-1",
		amount: kopecks(100),
		state: "in-progress",
	}),
	"scan.take": async ({ scanId }) => ({
		scanId,
		kind: "loyalty",
		symbology: "qr",
		scanner: "front",
		cardNumber: "9900112233",
	}),
	"scan.acknowledge": async ({ scanId }) => ({ scanId }),
	"scans.accept": async () => ({ leaseMs: 3_000 }),
	"scanner.pause": async () => ({ paused: ["front"] }),
	"scanner.resume": async () => ({ paused: [] }),
	"scanner.beep": async ({ scanner }) => ({ scanner }),
	"scanner.trigger": async ({ scanner }) => ({ scanner }),
	"scanner.picture": async ({ scanner }) => ({ scanner }),
	"print.list": async () => ({ prints: [print] }),
	"print.get": async ({ printId }) => ({ ...print, printId }),
	"print.again": async () => ({ printId: 8, state: "queued", mark: "copy" }),
	"print.document": async () => ({ printId: 8, state: "queued", mark: "original" }),
	"print.resolve": async ({ printId }) => ({ ...print, printId, resolved: "on-paper" }),
	"print.cancel": async ({ printId }) => ({ ...print, printId, state: "cancelled" }),
	"print.hold": async ({ printer }) => ({ ...printerView, printer, held: true }),
	"print.release": async ({ printer }) => ({ ...printerView, printer }),
	"printer.status": async () => ({ printers: [printerView] }),
	...obligingOffice,
};
