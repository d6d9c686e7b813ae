import { expect, test } from "vitest";
import * as tables from "../../../drivers/scanners/code-ids.ts";
import { symbologies } from "../../../src/model/scan.ts";

test.each(Object.entries(tables))(
	"%s has ids of one to three bytes for kinds that there are",
	(_name, table) => {
		expect(Object.isFrozen(table)).toBe(true);
		for (const [id, symbology] of Object.entries(table)) {
			expect(id).toMatch(/^[\x21-\x7e]{1,3}$/);
			expect(symbologies).toContain(symbology);
		}
	},
);

test("a code-id means nothing without its vendor", () => {
	const { zebraCodeIds, honeywellCodeIds, datalogicEuCodeIds } = tables;
	expect([zebraCodeIds.D, honeywellCodeIds.D, datalogicEuCodeIds.D]).toEqual(["code128", "ean8", "other"]);
});
