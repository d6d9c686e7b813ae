import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/stores/csv.ts";

const cellsOf = (text: string, separator: "," | ";" = ",") => {
	const records = readCsv(text, separator);
	return Array.isArray(records) ? records.map(({ cells }) => cells) : records;
};

test.each(["\n", "\r\n", "\r"])("lines may end in %j, the last one in nothing", (end) => {
	expect(cellsOf(`a,b${end}c,d`)).toEqual([
		["a", "b"],
		["c", "d"],
	]);
	expect(cellsOf(`a,b${end}c,d${end}`)).toEqual(cellsOf(`a,b${end}c,d`));
});

test("in quotes there may be separators, line ends and doubled quotes", () => {
	expect(cellsOf('"a,b","c\r\nd","say ""e"""\nf,g,h')).toEqual([
		["a,b", "c\r\nd", 'say "e"'],
		["f", "g", "h"],
	]);
});

test("another separator is text like any other", () => {
	expect(cellsOf("a,b;c", ";")).toEqual([["a,b", "c"]]);
});

test("empty cells are cells, also at the end of a line and of the file", () => {
	expect(cellsOf(",a,\nb,,")).toEqual([
		["", "a", ""],
		["b", "", ""],
	]);
});

test("records without any text are left out, and lines are counted all the same", () => {
	expect(readCsv('a\n\n,,\n  \n"b\nc"\nd\n', ",")).toEqual([
		{ line: 1, cells: ["a"] },
		{ line: 5, cells: ["b\nc"] },
		{ line: 7, cells: ["d"] },
	]);
});

test("a file without text has no records", () => {
	expect(["", "\n", " \r\n,,"].map((text) => readCsv(text, ","))).toEqual([[], [], []]);
});

test.each([
	["inside a cell without quotes", 'a\nb"c,d'],
	["behind the closing one", 'a\n"b"c,d'],
	["that is never closed", 'a\n"b,c\nd'],
])("a quote %s is told with its line", (_, text) => {
	expect(readCsv(text, ",")).toMatchObject({ line: 2, text: expect.stringContaining('"') });
});

describe("whatever is written by RFC 4180", () => {
	const cell = fc.string({ unit: fc.constantFrom("a", "ж", '"', ",", ";", "\r", "\n", " ") });
	const records = fc
		.array(fc.array(cell, { minLength: 1 }), { minLength: 1 })
		.map((all) => all.filter((cells) => cells.some((text) => text.trim() !== "")));
	const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

	test("is read as it was meant", () => {
		fc.assert(
			fc.property(
				records,
				fc.constantFrom(",", ";"),
				fc.constantFrom("\n", "\r\n"),
				(all, separator, end) => {
					const text = all.map((cells) => cells.map(quoted).join(separator)).join(end);
					expect(cellsOf(text, separator)).toEqual(all);
				},
			),
		);
	});

	test("and whatever else is read or told, never thrown", () => {
		fc.assert(fc.property(cell, (text) => void readCsv(text, ",")));
	});
});

test("a megabyte of quotes is read, or told, like any other text", () => {
	expect(cellsOf(`"${'""'.repeat(500_000)}"`)).toEqual([['"'.repeat(500_000)]]);
	expect(cellsOf(`"${'""'.repeat(500_000)}`)).toMatchObject({ line: 1 });
});
