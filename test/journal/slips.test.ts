import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { kopecks } from "../../src/model/money.ts";
import { type Slip, slipFields } from "../../src/model/slip.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

const texts = slipFields.filter((field) => field !== "totalAmount");

/** Any text that JSON can bring: every code unit, broken surrogates too. */
const text = fc.array(fc.nat(0xff_ff), { maxLength: 20 }).map((units) => String.fromCharCode(...units));

/** Any value that JSON can bring; minus zero is left out, for it is the number zero once it is written again. */
const value = fc.jsonValue().map((any) => JSON.parse(JSON.stringify(any)));

const anySlip = fc
	.record(
		{
			...Object.fromEntries(texts.map((field) => [field, text])),
			totalAmount: fc.nat(9_999_999_999).map(kopecks),
			unlisted: fc.dictionary(text, value),
		},
		{ requiredKeys: ["unlisted"] },
	)
	.map((slip) => structuredClone(slip) as unknown as Slip);

const settledWith = (slip: Slip) => ({ kind: "settled", transactionId: "t", slip }) as const;

test("every field of a slip is kept as it came, those that no document names too", () => {
	const journal = opened();
	let count = 0;
	fc.assert(
		fc.property(anySlip, (slip) => {
			count += 1;
			begun(journal, `${count}`);
			journal.finish(`operation ${count}`, settledWith(slip), { eventBody: {} });
			expect(journal.find({ id: `operation ${count}` })?.slip).toEqual(slip);
		}),
		{ numRuns: 50 },
	);
});

test("every documented field has a column of its own for the reports, with money as a whole number", () => {
	const folder = temporaryFolder();
	const journal = opened(folder);
	const fields = Object.fromEntries(texts.map((field) => [field, `my ${field}`]));
	const slip: Slip = { ...fields, totalAmount: kopecks(9_999_999_999), unlisted: { bank: 7 } };
	begun(journal, "a");
	journal.finish("operation a", settledWith(slip), { eventBody: {} });
	const report = new DatabaseSync(join(folder, "journal.db"), { readOnly: true });
	const row = report.prepare(`SELECT ${slipFields.join(", ")}, typeof(totalAmount) AS type FROM slips`).get();
	report.close();
	expect({ ...row }).toEqual({ ...fields, totalAmount: 9_999_999_999, type: "integer" });
});

test("the vendor's own example without merchantId and qrcId is a slip too", () => {
	const journal = opened();
	const slip: Slip = { id: "s", paymentType: "DOLYAME", totalAmount: kopecks(100), unlisted: {} };
	begun(journal, "a");
	journal.finish("operation a", settledWith(slip), { eventBody: {} });
	expect(journal.find({ id: "operation a" })?.slip).toStrictEqual(slip);
});
