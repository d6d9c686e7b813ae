import { expect, test } from "vitest";
import { check } from "../../src/pos/check.ts";
import {
	printAgainParams,
	printDocumentParams,
	printListParams,
	printResolveParams,
} from "../../src/pos/print-schema.ts";

test("a list is asked for by states, operation, printer and length; 50 when it is not said", () => {
	const full = { states: ["queued", "unknown"], operationId: "o", printer: "receipt", most: 200 };
	expect(check(printListParams, full)).toEqual(full);
	expect(check(printListParams, {})).toEqual({ most: 50 });
});

test("the moments of a shift are times with an offset", () => {
	const shift = { key: "k", document: "shift-report", from: "2026-11-24T08:00:00+03:00" };
	expect(check(printDocumentParams, shift)).toEqual({ ...shift, from: Date.parse("2026-11-24T05:00:00Z") });
	expect(() => check(printDocumentParams, { ...shift, to: "2026-11-24T08:00:00" })).toThrow(
		"with its offset",
	);
});

test.each([
	[printListParams, { states: ["lost"] }, "states"],
	[printListParams, { states: [] }, "states"],
	[printListParams, { most: 201 }, "most"],
	[printAgainParams, { key: "k", printId: 0 }, "printId"],
	[printAgainParams, { key: "k", printId: "7" }, "printId"],
	[printAgainParams, { printId: 7 }, "key"],
	[printDocumentParams, { key: "k", document: "invoice" }, "document"],
	[printDocumentParams, { key: "k", document: "fiscal-receipt" }, "operationId"],
	[printDocumentParams, { key: "k", document: "self-test", operationId: "o" }, "operationId"],
	[printDocumentParams, { key: "k", document: "shift-report", from: 5 }, "from"],
	[printDocumentParams, { key: "k", document: "shift-report", shift: 0 }, "shift"],
	[
		printDocumentParams,
		{ key: "k", document: "shift-report", shift: 1, from: "2026-11-24T08:00:00Z" },
		"shift: expected no from or to beside a shift",
	],
	[printResolveParams, { printId: 7, onPaper: "yes" }, "onPaper"],
])("%# a wish about paper that does not fit is refused: %o", (schema, params, path) => {
	expect(() => check(schema as never, params)).toThrow(path);
});
