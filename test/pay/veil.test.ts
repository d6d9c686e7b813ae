import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Veil } from "../../src/pay/veil.ts";

const body = {
	requestId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
	cardSession: "ZQ7XW9",
	checkoutInvoice: { orderId: "order-17", totalAmount: 806_730, items: [] },
	user: { loyaltyId: "8067305918246" },
};

function veil(...learnt: object[]): Veil {
	const made = new Veil(["jade-otter-42-lantern"]);
	made.learn(body, JSON.stringify(body), "dG9rZW4tb2YtdGhlLXRpbGw=123");
	for (const each of learnt) made.learn(each, JSON.stringify(each));
	return made;
}

const through = (json: unknown, made = veil()) =>
	JSON.parse(Buffer.from(made.body(Buffer.from(JSON.stringify(json)))).toString());

describe("a secret of the till's in the server's answer is hidden", () => {
	test.each([
		["as a value", { code: "ZQ7XW9" }, { code: "[hidden]" }],
		["within words", { m: "no card 8067305918246!" }, { m: "no card [hidden]!" }],
		["as a number", { slip: { loyaltyId: 8067305918246 } }, { slip: { loyaltyId: "[hidden]" } }],
		["as a name", { ZQ7XW9: 1 }, { "[hidden]": 1 }],
		["in a list", [[{ a: ["xZQ7XW9x"] }]], [[{ a: ["x[hidden]x"] }]]],
		["as the token", { t: "dG9rZW4tb2YtdGhlLXRpbGw=123" }, { t: "[hidden]" }],
		["as a password of the settings", { p: "jade-otter-42-lantern" }, { p: "[hidden]" }],
	])("%s", (_, json, expected) => {
		expect(through(json)).toEqual(expected);
	});

	test.each([
		["in escapes", '{"code":"\\u005aQ7XW9"}', '{"code":"[hidden]"}'],
		["with a slash in escapes", '{"code":"ZQ\\/XW9"}', '{"code":"[hidden]"}'],
		["with an escape that must be", '["a\\"bcdef"]', '["[hidden]"]'],
		["beside an escape", '{"a":"\\n","code":"ZQ7XW9"}', '{"a":"\\n","code":"[hidden]"}'],
		["with an exponent", '{"a": 80673059182.46e2}', '{"a":"[hidden]"}'],
		["with a fraction", "[8067305918246.0]", '["[hidden]"]'],
		["with more digits than are kept", "[-80673059182459999999]", '["-[hidden]0000000"]'],
		["beside what is not UTF-8", Buffer.from('["\xff ZQ7XW9"]', "latin1"), '["\ufffd [hidden]"]'],
		["in what is not UTF-8", Buffer.from('["word \xff"]', "latin1"), '["[hidden]"]'],
		["with no more than an exponent", "[5e5]", '["[hidden]"]'],
	])("written %s", (_, json, expected) => {
		const made = veil(
			{ cardSession: "500000" },
			{ cardSession: "ZQ/XW9" },
			{ cardSession: 'a"bcdef' },
			{ cardSession: "word \ufffd" },
		);
		expect(Buffer.from(made.body(Buffer.from(json))).toString()).toBe(expected);
	});

	test("whatever characters it is made of", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: "binary", minLength: 6 }),
				fc.string(),
				fc.string(),
				(password, before, after) => {
					const made = new Veil([password]);
					expect(JSON.stringify(through([`${before}${password}${after}`], made))).not.toContain(
						JSON.stringify(password).slice(1, -1),
					);
				},
			),
			{ seed: 1_129 },
		);
	});

	test("in the header Location", () => {
		const answer = { status: 201, headers: { location: "/list/ZQ7XW9" }, body: Buffer.from("{}") };
		expect(veil().over(answer).headers.location).toBe("/list/[hidden]");
	});

	test("also when it came with an earlier request", () => {
		const later = veil({ ...body, cardSession: "KW3YT8" });
		expect(through(["ZQ7XW9", "KW3YT8"], later)).toEqual(["[hidden]", "[hidden]"]);
	});
});

describe("what is left alone:", () => {
	test("an answer without secrets is the very same bytes", () => {
		fc.assert(
			fc.property(fc.json(), (json) => {
				const bytes = Buffer.from(json);
				expect(veil().body(bytes)).toBe(bytes);
			}),
			{ seed: 6, numRuns: 200 },
		);
	});

	test("what is no JSON", () => {
		const bytes = Buffer.from("<html>ZQ7XW9");
		expect(veil().body(bytes)).toBe(bytes);
	});

	test("an id of the server's, even one that a session stands in by chance", () => {
		const id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
		const made = veil({ cardSession: "7c9e6679" });
		expect(through({ transactionId: id, m: "7c9e6679" }, made)).toEqual({ transactionId: id, m: "[hidden]" });
	});

	test("what the POS program says openly, as a card number within its order's", () => {
		const orderId = "8067305918246-1";
		const made = veil({ ...body, checkoutInvoice: { orderId } });
		expect(through({ slip: { orderId } }, made)).toEqual({ slip: { orderId } });
	});

	test("what the POS program says openly, even when it is a token", () => {
		const made = new Veil();
		const order = { orderId: "order-of-ZQ7XW9" };
		made.learn(order, JSON.stringify(order), "ZQ7XW9");
		expect(through(order, made)).toEqual(order);
	});

	test("a session so short that honest words may hold it", () => {
		expect(through({ status: "new" }, veil({ cardSession: "new" }))).toEqual({ status: "new" });
	});
});

test("one secret is hidden when another with the same end is forgotten", () => {
	const made = veil({ cardSession: "ABC-ZQ7XW9" });
	for (let number = 100_000; number < 100_191; number += 1) {
		made.learn({ cardSession: `${number}` }, `{"cardSession":"${number}"}`);
	}
	expect(through(["ZQ7XW9", "ABC-ZQ7XW9"], made)).toEqual(["ZQ7XW9", "[hidden]"]);
});

test("what was learnt is forgotten in the end, the oldest first", () => {
	const made = veil();
	for (let number = 100_000; number < 100_192; number += 1) {
		made.learn({ cardSession: `${number}` }, `{"cardSession":"${number}"}`);
	}
	expect(through(["ZQ7XW9", "100191", "100000"], made)).toEqual(["ZQ7XW9", "[hidden]", "[hidden]"]);
});
