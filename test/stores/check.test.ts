import { expect, test } from "vitest";
import { checkStores } from "../../src/stores/check.ts";
import { csvOf, legalId, rowOf, storeApi, storeOf } from "./kit.ts";

const { enums } = storeApi;

const findings = (text: string, format: "csv" | "yaml" = "csv") => {
	const checked = checkStores(text, format, enums);
	if (checked.kind === "sound") return [];
	return checked.findings.map(({ line, column, text }) => `${line} ${column ?? "-"}: ${text}`);
};

test("sound stores keep the lines that they came from", () => {
	expect(checkStores(csvOf(rowOf("17"), rowOf("18")), "csv", enums)).toEqual({
		kind: "sound",
		stores: [
			{ line: 2, store: storeOf("17") },
			{ line: 3, store: storeOf("18") },
		],
	});
});

test("the byte order mark that Excel writes is no part of the first column", () => {
	expect(findings(`\uFEFF${csvOf(rowOf("17"))}`)).toEqual([]);
});

test("CSV and YAML say the same", () => {
	const columns = "storeNumber,legalId,city,address,phone,zip,paymentMethods,status";
	const csv = `${columns}\n17,${legalId},Москва,Тверская,+74951234567,010000,SBP DOLYAME,INACTIVE`;
	const yaml = `- {storeNumber: 17, legalId: ${legalId}, city: Москва, address: Тверская, phone: +74951234567,
  zip: 010000, paymentMethods: [SBP, DOLYAME], status: INACTIVE}`;
	const [one, other] = [checkStores(csv, "csv", enums), checkStores(yaml, "yaml", enums)];
	const store = { zip: "010000", paymentMethods: ["SBP", "DOLYAME"], status: "INACTIVE" };
	expect(one).toMatchObject({ kind: "sound", stores: [{ line: 2, store }] });
	expect(other).toEqual({ ...one, stores: [{ ...("stores" in one ? one.stores[0] : {}), line: 1 }] });
});

test("everything that is wrong is listed at once, by row and column", () => {
	const text = csvOf(
		rowOf("17"),
		rowOf("18", { legalId: "x", zip: "?" }),
		["19"],
		rowOf("17", { phone: "call us" }),
		rowOf("", { city: "" }),
	);
	expect(findings(text)).toEqual([
		'3 legalId: expected a GUID of 36 characters, got "x"',
		'3 zip: expected a postal code such as 101000, got "?"',
		"4 -: expected 6 cells as in the first row, got 1",
		'5 phone: expected a phone number: digits, spaces, brackets and dashes, got "call us"',
		'5 storeNumber: expected each store once, got "17" in line 2 too',
		"6 storeNumber: expected text of 1 to 64 characters on one line, got nothing",
		"6 city: expected text of 1 to 255 characters on one line, got nothing",
	]);
});

test("columns that are missing, unknown or doubled are told once, not for every row", () => {
	expect(findings("storeNumber,city,colour,city\n1,a,b,c\n2,a,b,c")).toEqual([
		"1 legalId: expected this column, got none",
		"1 address: expected this column, got none",
		"1 phone: expected this column, got none",
		"1 zip: expected this column, got none",
		"1 colour: expected no such column",
		"1 city: expected each column once",
	]);
});

test("words outside the settings' lists are refused, and those added there are taken", () => {
	const yaml = (
		methods: string,
	) => `- {storeNumber: 1, legalId: ${legalId}, city: a, address: b, phone: "12345",
  zip: 101000, paymentMethods: ${methods}}`;
	expect(findings(yaml("[SBP, SBP]"), "yaml")).toEqual([
		'1 paymentMethods: expected each word once, got ["SBP","SBP"]',
	]);
	expect(findings(yaml("PAYLATE"), "yaml")).toEqual([
		'1 paymentMethods: expected words of: SBP, DOLYAME, with spaces between them, got "PAYLATE"',
	]);
	const more = { ...enums, paymentMethods: ["SBP", "PAYLATE"] };
	expect(checkStores(yaml("PAYLATE"), "yaml", more).kind).toBe("sound");
});

test("a line end or another control character in a cell is refused", () => {
	expect(findings(csvOf(rowOf("1", { city: "Омск\nМосква" }), rowOf("2\u001B[2J")))).toHaveLength(2);
});

test("a file that is not UTF-8 says so instead of sending rubbish", () => {
	const windows1251 = Buffer.from([0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0]).toString("utf8");
	expect(findings(csvOf(rowOf("1"), rowOf("2", { city: windows1251 })))).toEqual([
		"3 -: expected text in UTF-8",
	]);
});

test("a file without stores, or with more than any chain has, is refused", () => {
	expect(findings("")).toEqual(["1 -: expected stores, got none"]);
	expect(findings(csvOf())).toEqual(["1 -: expected stores, got none"]);
	const many = Array.from({ length: 10_001 }, (_, index) => rowOf(String(index)));
	expect(findings(csvOf(...many))).toEqual(["1 -: expected at most 10000 stores, got 10001"]);
});
