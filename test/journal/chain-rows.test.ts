import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { textOf } from "../../src/journal/chain-rows.ts";

const table = {
	name: "things",
	columns: ["a", "b", "c"],
	keyOf: (row: string) => `${row}.number`,
	key: "things.number",
	from: "things",
};

/** Of each column its length in bytes, a colon and the value as text; `-` for none. */
function textInWords(values: readonly (string | bigint | Uint8Array | null)[]): Buffer {
	const bytesOf = (value: string | bigint | Uint8Array) =>
		typeof value === "object" ? Buffer.from(value) : Buffer.from(String(value));
	const parts = values.map((value) => {
		if (value === null) return Buffer.from("-");
		const bytes = bytesOf(value);
		return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes]);
	});
	return Buffer.concat(parts);
}

test("the text of a row tells the length and the bytes of every value, whatever stands in it", () => {
	const database = new DatabaseSync(":memory:");
	database.exec("CREATE TABLE things (number INTEGER PRIMARY KEY, a ANY, b ANY, c ANY) STRICT");
	const insert = database.prepare("INSERT OR REPLACE INTO things VALUES (1, ?, ?, ?)");
	const text = database.prepare(`SELECT ${textOf(table)} AS text FROM things`);
	const value = fc.oneof(
		...[
			fc.constant(null),
			fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
			fc.string({ unit: "grapheme" }),
			fc.uint8Array(),
		],
		fc.constantFrom("", "-", "1:a", "a\0b", new Uint8Array([0, 255, 58])),
	);
	fc.assert(
		fc.property(fc.tuple(value, value, value), (values) => {
			insert.run(...values);
			expect(Buffer.from(text.get()?.text as Uint8Array)).toEqual(textInWords(values));
		}),
		{ seed: 20_261_129 },
	);
	database.close();
});
