import { expect, test } from "vitest";
import { check } from "../../src/pos/check.ts";
import { invoice as schema } from "../../src/pos/invoice.ts";
import { invoice } from "./counter.ts";

test("a receipt with everything that the document names comes through unchanged", () => {
	const full = {
		...invoice,
		taxation: "osn",
		kktRegNumber: "0000000001041234",
		fnNumber: "9280440300387752",
		fdNumber: "10272",
		fpd: "2374313442",
		website: "https://example.invalid",
		currency: "RUB",
		discountAmount: 5,
		subTotalAmount: 12_350,
		taxAmount: 1_122,
		qr: "t=20200520T2050&s=859.00&fn=9280440300387752&i=10272&fp=2374313442&n=1",
	};
	expect(check(schema, full)).toEqual(full);
});

test.each([
	["receiptId", "r".repeat(36), "r".repeat(37)],
	["merchantName", "n".repeat(999), "n".repeat(1_000)],
	["merchantAddress", "a".repeat(999), "a".repeat(1_000)],
	["inn", "007701234567", "7701234567"],
	["inn", "770123456789", "77012345678x"],
	["dateTime", "2026-11-24T09:00:00Z", "2026-11-24T12:00:00"],
	["dateTime", "2026-11-24T12:00:00.5+03:00", "24.11.2026 12:00"],
	["shift", "s".repeat(32), "s".repeat(33)],
	["cashier", "c".repeat(256), "c".repeat(257)],
	["kktRegNumber", "k".repeat(64), "k".repeat(65)],
	["fnNumber", "k".repeat(64), "k\u001b"],
	["fdNumber", "k".repeat(64), ""],
	["fpd", "k".repeat(64), 5],
	["website", "w".repeat(64), "w".repeat(65)],
	["qr", "q".repeat(999), "q".repeat(1_000)],
	["taxAmount", 0, 0.5],
	["totalAmount", 1, 0],
	["receiptType", "debit", ""],
])("the longest %s is taken and a wrong one is refused by its name", (field, fits, wrong) => {
	expect(check(schema, { ...invoice, [field]: fits })).toMatchObject({ [field]: fits });
	expect(() => check(schema, { ...invoice, [field]: wrong })).toThrow(`${field}: `);
});

test("nothing that must be there may be left out, and nothing else may come", () => {
	for (const field of Object.keys(invoice)) {
		expect(() => check(schema, { ...invoice, [field]: undefined })).toThrow(`${field}: `);
	}
	expect(() => check(schema, { ...invoice, INN: "1" })).toThrow('Unrecognized key: "INN"');
});
