import { describe, expect, test } from "vitest";
import { type PayApiSettings, payApiSettings, policyOf } from "../../../src/model/settings/pay-api.ts";
import { shopSettings } from "../../pay/settings.ts";

/** What is wrong with the settings of a shop after some of them were changed. */
const complaints = (over: object) =>
	payApiSettings
		.safeParse({ ...shopSettings, ...over })
		.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

const { deadlines, retry, calls } = shopSettings;

describe("the policy of a call", () => {
	const own = { ...calls, providers: { answerMs: 900, attempts: 1 }, receipt: { startMs: 200, jitter: 1 } };
	const settings = { ...shopSettings, calls: own };

	test("is that of all calls where it says nothing of its own", () => {
		const { connectMs, ...times } = deadlines;
		expect(policyOf(settings, "checkout")).toEqual({ connectMs, ...times, ...retry });
	});

	test("differs where it does", () => {
		const common = policyOf(settings, "checkout");
		expect(policyOf(settings, "receipt")).toEqual({ ...common, startMs: 200, jitter: 1 });
		expect(policyOf(settings, "providers")).toEqual({ ...common, answerMs: 900, attempts: 1 });
	});

	test("of a question for a promised list of providers is that of the list", () => {
		expect(policyOf(settings, "providers-poll")).toEqual(policyOf(settings, "providers"));
	});
});

test("the settings of a shop are as they should be", () => {
	expect(complaints({})).toEqual([]);
});

test.each<[string, object]>([
	["jitter", { retry: { ...retry, jitter: 0 } }],
	["jitter", { retry: { ...retry, jitter: 1 } }],
	["a receipt's time", { receipt: { giveUpMs: 60_000 } }],
	["the time for providers", { providers: { giveUpMs: 60_000 } }],
	["the time to start", { deadlines: { ...deadlines, startMs: 100 } }],
	["a call with all of its own", { calls: { ...calls, refund: { startMs: 100, answerMs: 100, ...retry } } }],
])("%s may be anything within its limits", (_, over) => {
	expect(complaints(over)).toEqual([]);
});

test.each<[object, string]>([
	[{ retry: { ...retry, jitter: 1.1 } }, "retry.jitter: expected a number from 0 to 1"],
	[{ retry: { ...retry, jitter: -0.1 } }, "retry.jitter: expected a number from 0 to 1"],
	[
		{ retry: { ...retry, mostRetryAfterMs: 50 } },
		"retry.mostRetryAfterMs: expected 100 to 3600000 ms as a whole number",
	],
	[
		{ deadlines: { ...deadlines, startMs: 0 } },
		"deadlines.startMs: expected 100 to 60000 ms as a whole number",
	],
	[{ receipt: { giveUpMs: 1 } }, "receipt.giveUpMs: expected 60000 to 1209600000 ms as a whole number"],
	[{ providers: { giveUpMs: 1 } }, "providers.giveUpMs: expected 500 to 60000 ms as a whole number"],
	[
		{ calls: { ...calls, refund: { attempts: 0 } } },
		"calls.refund.attempts: expected a whole number from 1 to 20",
	],
	[
		{ calls: { ...calls, refund: { firstWaitMs: 6_000 } } },
		"calls.refund: expected firstWaitMs not above mostWaitMs, those under retry included",
	],
	[
		{ calls: { ...calls, receipt: { mostWaitMs: 100 } } },
		"calls.receipt: expected firstWaitMs not above mostWaitMs, those under retry included",
	],
])("%j is refused in plain words", (over, complaint) => {
	expect(complaints(over)).toEqual([complaint]);
});

test("a call can have no policy of things that hold for the whole connection", () => {
	expect(complaints({ calls: { ...calls, checkout: { connectMs: 100 } } })).toHaveLength(1);
});

test("no wait is longer than a timer of the machine can be", () => {
	const longest: PayApiSettings = { ...shopSettings, receipt: { giveUpMs: 2 ** 31 } };
	expect(payApiSettings.safeParse(longest).success).toBe(false);
});
