import fc from "fast-check";
import { expect, test } from "vitest";
import { readPoll, readPromise, readProviders } from "../../src/pay/provider-list.ts";

const available = { paymentType: "SBP", available: true };

test("a list is read with its messages, unknown fields ignored", () => {
	const json = {
		koshelekPayIsDefault: true,
		paymentTypeAvailabilityInfoList: [
			{ ...available, message: null, news: 1 },
			{ paymentType: "DOLYAME", available: false, message: "Лимит исчерпан" },
		],
	};
	expect(readProviders(json)).toEqual({
		isComplete: true,
		isDefault: true,
		providers: [available, { paymentType: "DOLYAME", available: false, message: "Лимит исчерпан" }],
	});
});

test("a list that does not say who is the default has none", () => {
	const json = { paymentTypeAvailabilityInfoList: [available] };
	expect(readProviders(json)).toMatchObject({ isDefault: false });
});

test("a list that cannot be read names its fields and none of its values", () => {
	const json = { paymentTypeAvailabilityInfoList: [{ paymentType: ["A1G97N"], available: 1 }] };
	const fields = ["paymentType", "available"].map((field) => `paymentTypeAvailabilityInfoList.0.${field}`);
	expect(readProviders(json)).toBe(`not understood: ${fields.join()}`);
});

test.each([
	["in the body", { availabilityInfoId: "list-7", timeout: 700 }, undefined, "list-7"],
	["at the end of the Location", { timeout: 700 }, "https://evil.example/partner/list-8", "list-8"],
	["in the body before the Location", { availabilityInfoId: "list-7", timeout: 700 }, "/list-8", "list-7"],
	[
		"in the Location when the body's leads elsewhere",
		{ availabilityInfoId: "../x", timeout: 700 },
		"/a-1",
		"a-1",
	],
])("a promise's id is found %s", (_, json, location, id) => {
	expect(readPromise(json, location)).toEqual({ isComplete: false, id, waitMs: 700 });
});

test.each([["../../transaction/refund"], ["a b"], ["a%2Fb"], ["a?b=c"], [""], ["x".repeat(65)]])(
	"an id that is not plain is used by nobody: %s",
	(id) => {
		const json = { availabilityInfoId: id, timeout: 1 };
		expect(readPromise(json, `/${encodeURIComponent("я")}`)).toBe("without an availabilityInfoId");
	},
);

test("a server that tells no time is not asked without a pause", () => {
	expect(readPoll({ computationComplete: false })).toEqual({ isComplete: false, waitMs: 100 });
	expect(readPoll({ computationComplete: false, pollingTimeout: -5 })).toEqual({
		isComplete: false,
		waitMs: 100,
	});
});

const field = fc.constantFrom(
	"koshelekPayIsDefault",
	"paymentTypeAvailabilityInfoList",
	"availabilityInfoId",
	"timeout",
	"computationComplete",
	"pollingTimeout",
);
const given = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.constant([available]), fc.boolean()));

test("whatever JSON comes, reading it never throws, and only a plain id is used", () => {
	fc.assert(
		fc.property(given, fc.option(fc.string(), { nil: undefined }), (json, location) => {
			for (const list of [readProviders(json), readPoll(json), readPromise(json, location)]) {
				if (typeof list === "string" || list.isComplete) continue;
				expect(list.waitMs).toBeGreaterThanOrEqual(100);
				expect(list.id ?? "a").toMatch(/^[A-Za-z0-9-]{1,64}$/);
			}
		}),
		{ numRuns: 1_000 },
	);
});
