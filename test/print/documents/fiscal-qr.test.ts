import { expect, test } from "vitest";
import { sampleReceipt } from "../../../src/cli/print-sample-shop.ts";
import { kopecks } from "../../../src/model/money.ts";
import { fiscalQr } from "../../../src/print/documents/fiscal-qr.ts";
import { readInvoice } from "../../../src/print/documents/invoice.ts";

const qrOf = (changes: Record<string, unknown> = {}) =>
	fiscalQr(readInvoice({ ...sampleReceipt, ...changes } as typeof sampleReceipt));

test("a receipt's fiscal QR has the form of the Federal Tax Service", () => {
	expect(qrOf()).toBe("t=20261124T1234&s=1635.06&fn=9960440302345678&i=10272&fp=2374313442&n=1");
	expect(qrOf({ totalAmount: kopecks(5), receiptType: "refund" })).toBe(
		"t=20261124T1234&s=0.05&fn=9960440302345678&i=10272&fp=2374313442&n=2",
	);
	expect(qrOf({ receiptType: "credit" })).toMatch(/&n=3$/);
});

test("the text that the cash register sent goes before what could be made of the fields", () => {
	const qr = "t=20200520T2050&s=859.00&fn=9280440300387752&i=10272&fp=2374313442&n=1";
	expect(qrOf({ qr })).toBe(qr);
});

test("its time is the cash register's, in whatever zone this till stands", () => {
	expect(qrOf({ dateTime: "2026-01-02T23:59:58.123+12:00" })).toMatch(/^t=20260102T2359&/);
	expect(qrOf({ dateTime: "2026-01-02T03:04-01:00" })).toMatch(/^t=20260102T0304&/);
});

test.each([
	["fnNumber", undefined],
	["fdNumber", undefined],
	["fpd", undefined],
	["dateTime", undefined],
	["receiptType", undefined],
	["receiptType", "toString"],
	["fnNumber", "996044&n=2"],
	["fdNumber", ""],
	["fpd", "12 34"],
	["dateTime", "2026-11-24T12:34:00Z"],
	["dateTime", "yesterday"],
])("without a good %s (%s) there is no QR, and none is invented", (field, value) => {
	const { [field]: _, ...without } = sampleReceipt as Record<string, unknown>;
	const invoice = (value === undefined ? without : { ...without, [field]: value }) as typeof sampleReceipt;
	expect(fiscalQr(readInvoice(invoice))).toBeUndefined();
});
