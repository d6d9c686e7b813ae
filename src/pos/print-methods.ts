import type { z } from "zod";
import { check } from "./check.ts";
import {
	printAgainParams,
	printCancelParams,
	printDocumentParams,
	printerStatusParams,
	printGetParams,
	printHoldParams,
	printListParams,
	printResolveParams,
} from "./print-schema.ts";
import type { AskedPrint, PrintView } from "./print-views.ts";
import type { PrinterView } from "./printer-views.ts";
import { withHash } from "./with-hash.ts";

/** What the till does about paper; each may reject with a {FaultError}. */
export type PrintMethods = {
	/** The newest first. */
	readonly "print.list": (
		params: z.infer<typeof printListParams>,
	) => Promise<{ readonly prints: readonly PrintView[] }>;
	readonly "print.get": (params: z.infer<typeof printGetParams>) => Promise<PrintView>;
	/** @param hash of the wish without its key, see `bodyHash`. */
	readonly "print.again": (params: z.infer<typeof printAgainParams>, hash: string) => Promise<AskedPrint>;
	readonly "print.document": (
		params: z.infer<typeof printDocumentParams>,
		hash: string,
	) => Promise<AskedPrint>;
	readonly "print.resolve": (params: z.infer<typeof printResolveParams>) => Promise<PrintView>;
	readonly "print.cancel": (params: z.infer<typeof printCancelParams>) => Promise<PrintView>;
	readonly "print.hold": (params: z.infer<typeof printHoldParams>) => Promise<PrinterView>;
	readonly "print.release": (params: z.infer<typeof printHoldParams>) => Promise<PrinterView>;
	readonly "printer.status": (
		params: z.infer<typeof printerStatusParams>,
	) => Promise<{ readonly printers: readonly PrinterView[] }>;
};

/** These methods behind their schemas. */
export function printCalls(methods: PrintMethods): [string, (params: unknown) => Promise<object>][] {
	return [
		["print.list", (params) => methods["print.list"](check(printListParams, params))],
		["print.get", (params) => methods["print.get"](check(printGetParams, params))],
		["print.again", withHash(printAgainParams, methods["print.again"])],
		["print.document", withHash(printDocumentParams, methods["print.document"])],
		["print.resolve", (params) => methods["print.resolve"](check(printResolveParams, params))],
		["print.cancel", (params) => methods["print.cancel"](check(printCancelParams, params))],
		["print.hold", (params) => methods["print.hold"](check(printHoldParams, params))],
		["print.release", (params) => methods["print.release"](check(printHoldParams, params))],
		["printer.status", (params) => methods["printer.status"](check(printerStatusParams, params))],
	];
}
