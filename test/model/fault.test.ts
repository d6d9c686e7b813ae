import { describe, expect, test } from "vitest";
import {
	type FaultCode,
	FaultError,
	faultOf,
	faultOf200,
	faultOf422,
	faultOfHttp,
	faults,
} from "../../src/model/fault.ts";

const rows = Object.entries(faults) as [FaultCode, (typeof faults)[FaultCode]][];

/** The codes that the document lists, section by section (cm_pay_api 1.2.1, "Errors"). */
const documented = {
	payment200: [
		"NOT_ENOUGH_LIMIT_TO_PAY",
		"TOTAL_AMOUNT_IS_TOO_SMALL",
		"EXTERNAL_PROVIDER_ERROR",
		"SUBSCRIPTION_IS_NOT_FOUND",
		"PAYMENT_DECLINED_BY_EXTERNAL_PROVIDER",
		"PAYMENT_ORDER_IS_NOT_FOUND",
	],
	refund200: [
		"PAYMENT_TRANSACTION_IS_NOT_PAID",
		"TERMINAL_STATE_OF_PAYMENT_TRANSACTION",
		"PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY",
		"REQUESTED_REFUND_AMOUNT_IS_GREATER_THAN_AVAILABLE",
		"EXTERNAL_PROVIDER_ERROR",
		"UNEXPECTED_REFUND_AMOUNT_LEFT_FROM_EXTERNAL_PROVIDER",
		"PAYMENT_ORDER_IS_NOT_FOUND",
	],
	refused422: [
		"UNKNOWN_SESSION_ID",
		"UNKNOWN_TRANSACTION_ID",
		"UNKNOWN_PARTNER_ID",
		"WRONG_TRANSACTION_STATE_CHANGE",
		"PAYMENT_TRANSACTION_IS_NOT_PAID",
		"CANCEL_REFUNDING_BY_BANK",
		"TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS",
		"TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED",
		"TRANSACTION_IN_PROCESSING",
		"EXTERNAL_PROVIDER_ERROR",
	],
};

describe("the table", () => {
	test.each([...new Set([...documented.payment200, ...documented.refund200])])(
		"has a row for errorCode %s",
		(code) => {
			expect(faults[faultOf200(code)].wire200).toBe(code);
		},
	);

	test.each(documented.refused422)("has a row for the 422 code %s", (code) => {
		expect(faults[faultOf422(code)].wire422).toBe(code);
	});

	test.each(["wire200", "wire422"] as const)(
		"names no code of %s twice and none that is not documented",
		(section) => {
			const named = rows.flatMap(([, row]) => row[section] ?? []);
			expect(new Set(named).size).toBe(named.length);
			const all =
				section === "wire200" ? [...documented.payment200, ...documented.refund200] : documented.refused422;
			expect(named.filter((code) => !all.includes(code))).toEqual([]);
		},
	);

	test("names no HTTP status twice", () => {
		const named = rows.flatMap(([, row]) => row.http ?? []);
		expect(new Set(named).size).toBe(named.length);
	});

	test("cannot be changed, nor a row of it", () => {
		expect(Object.isFrozen(faults)).toBe(true);
		expect(rows.filter(([, row]) => !Object.isFrozen(row))).toEqual([]);
	});

	test("never advises to take money another way while the first may have moved", () => {
		const risky = rows.filter(([, row]) => row.moneyMoved !== "no" && row.next === "other-way-to-pay");
		expect(risky.map(([code]) => code)).toEqual([]);
	});
});

describe("an unlisted answer", () => {
	test.each([["SOMETHING_NEW"], [""], ["constructor"], ["__proto__"], ["unknown_session_id"]])(
		"%j is its own fault",
		(code) => {
			expect(faultOf422(code)).toBe("unlisted-refusal");
			expect(faultOf200(code)).toBe("unlisted-refusal");
		},
	);

	test("a code of one section means nothing in the other", () => {
		expect(faultOf200("UNKNOWN_SESSION_ID")).toBe("unlisted-refusal");
		expect(faultOf422("NOT_ENOUGH_LIMIT_TO_PAY")).toBe("unlisted-refusal");
	});

	test("leaves open whether money has moved", () => {
		expect(faults["unlisted-refusal"].moneyMoved).toBe("unknown");
	});
});

test.each([
	[400, "request-refused"],
	[401, "credentials-refused"],
	[403, "credentials-refused"],
	[404, "address-not-found"],
	[405, "request-refused"],
	[408, "server-failed"],
	[418, "request-refused"],
	[429, "too-many-requests"],
	[500, "server-failed"],
	[502, "server-failed"],
	[503, "server-failed"],
	[504, "server-failed"],
	[599, "server-failed"],
] as const)("HTTP %i is %s", (status, code) => {
	expect(faultOfHttp(status)).toBe(code);
});

describe("a failure", () => {
	test("with a row keeps its code and its detail", () => {
		const error = new FaultError("till-busy", "since 9 s");
		expect([error.code, error.detail, error.message]).toEqual([
			"till-busy",
			"since 9 s",
			"till-busy: since 9 s",
		]);
		expect(faultOf(error)).toBe("till-busy");
	});

	test("without a detail has its code for a message", () => {
		expect(new FaultError("till-busy").message).toBe("till-busy");
	});

	test.each([[new TypeError("x")], ["x"], [undefined], [{ code: "till-busy" }]])(
		"of any other kind (%s) is internal",
		(error) => {
			expect(faultOf(error)).toBe("internal-failure");
		},
	);
});
