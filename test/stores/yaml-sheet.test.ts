import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { yamlSheet } from "../../src/stores/yaml-sheet.ts";

test("each element of the list is a store, from the line where it begins", () => {
	expect(yamlSheet("# ours\n- storeNumber: 17\n  city: Москва\n\n- storeNumber: 18\n")).toEqual({
		rows: [
			{ line: 2, values: { storeNumber: "17", city: "Москва" } },
			{ line: 5, values: { storeNumber: "18" } },
		],
		findings: [],
	});
});

test("text stays as it stands there: no leading zero is lost, and NO is no refusal", () => {
	expect(
		yamlSheet("- {storeNumber: 007, zip: 010000, mcc: 0x10, countryCode: NO, status: null}").rows,
	).toEqual([
		{
			line: 1,
			values: { storeNumber: "007", zip: "010000", mcc: "0x10", countryCode: "NO", status: "null" },
		},
	]);
});

test("a list of words is a list, and what is empty is left out", () => {
	expect(yamlSheet("- {paymentMethods: [SBP, DOLYAME], mcc: , status: '', sbpMerchantId: []}").rows).toEqual([
		{ line: 1, values: { paymentMethods: ["SBP", "DOLYAME"] } },
	]);
});

test.each([
	["a map", "stores: []"],
	["text", "stores"],
])("%s instead of a list is told", (_, text) => {
	expect(yamlSheet(text)).toMatchObject({ rows: [], findings: [{ line: 1 }] });
});

test("what is no store, and what is no text, is told with its line", () => {
	expect(yamlSheet("- 17\n- city: {name: Омск}\n- city: &a x\n- city: *a\n").findings).toEqual([
		{ line: 1, text: "expected a map with the columns of one store" },
		{ line: 2, column: "city", text: "expected text or a list of words" },
		{ line: 4, column: "city", text: "expected text or a list of words" },
	]);
});

test.each(["- city: a\n  city: b", "- [", "- !tag x", "\t- a: b"])("%j is no YAML to rely on", (text) => {
	const { rows, findings } = yamlSheet(text);
	expect(rows).toEqual([]);
	expect(findings.length).toBeGreaterThan(0);
});

test("whatever a program writes as text is read as that text", () => {
	const value = fc
		.string({ unit: "grapheme", minLength: 1 })
		.map((text) => text.trim())
		.filter(Boolean);
	fc.assert(
		fc.property(value, (address) => {
			const text = stringify([{ address }], { defaultStringType: "QUOTE_DOUBLE" });
			expect(yamlSheet(text).rows).toEqual([{ line: 1, values: { address } }]);
		}),
	);
});
