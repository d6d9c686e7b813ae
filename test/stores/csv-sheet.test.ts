import { expect, test } from "vitest";
import { csvSheet } from "../../src/stores/csv-sheet.ts";

test("the first row names the columns of all others", () => {
	expect(csvSheet("storeNumber,city\n17,Москва\n18,Омск\n")).toEqual({
		header: { line: 1, columns: ["storeNumber", "city"] },
		rows: [
			{ line: 2, values: { storeNumber: "17", city: "Москва" } },
			{ line: 3, values: { storeNumber: "18", city: "Омск" } },
		],
		findings: [],
	});
});

test("semicolons separate where they do in the first row", () => {
	expect(csvSheet("storeNumber;address\n17;Тверская, 1").rows).toEqual([
		{ line: 2, values: { storeNumber: "17", address: "Тверская, 1" } },
	]);
});

test("spaces around a value are not part of it, and an empty value is none", () => {
	expect(csvSheet(" storeNumber , city \n 17 ,  ").rows).toEqual([
		{ line: 2, values: { storeNumber: "17" } },
	]);
});

test("a row with fewer cells, or with text in cells too many, is told and not read", () => {
	const { rows, findings } = csvSheet("a,b\n1\n2,2,,\n3,3,3\n");
	expect(rows.map(({ line }) => line)).toEqual([3]);
	expect(findings).toEqual([
		{ line: 2, text: "expected 2 cells as in the first row, got 1" },
		{ line: 4, text: "expected 2 cells as in the first row, got 3" },
	]);
});

test("an empty file has nothing, and one that breaks off says where", () => {
	expect(csvSheet("")).toEqual({ rows: [], findings: [] });
	expect(csvSheet('a\n"').findings).toMatchObject([{ line: 2 }]);
});
