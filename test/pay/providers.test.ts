import { beforeEach, expect, test, vi } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { askProviders } from "../../src/pay/providers.ts";
import { openStage, type Shop, watch } from "./stage.ts";
import { lost, notSent, refuses, type Script, silence, type Turn, wish } from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

/** A question being asked against a script. */
function providersScene(script: Script, shop: Shop = {}) {
	const { tools, ...stage } = openStage(script, shop);
	const { purchase, cardNumber, cardSession } = wish;
	const firstAttempt = tools.diary.before("providers", "request-1");
	const question = { id: "q-1", requestId: "request-1", purchase, cardNumber, cardSession, firstAttempt };
	return { ...stage, ...watch(askProviders(question, tools)) };
}

const list = (koshelekPayIsDefault: boolean, ...available: [string, boolean][]) => ({
	koshelekPayIsDefault,
	paymentTypeAvailabilityInfoList: available.map(([paymentType, isThere]) => ({
		paymentType,
		available: isThere,
	})),
});
const tells =
	(json: object): Turn =>
	() => ({ kind: "answer", status: 200, json });
const promises =
	(json: object, location?: string): Turn =>
	() => ({ kind: "answer", status: 201, json, ...(location === undefined ? {} : { location }) });

const sbp = list(true, ["SBP", true], ["DOLYAME", false]);
const told = {
	kind: "told",
	isDefault: true,
	providers: [
		{ paymentType: "SBP", available: true },
		{ paymentType: "DOLYAME", available: false },
	],
};
const notTold = { kind: "not-told", fault: "providers-unknown" };

test("the ways to pay are asked for once, under the wire's own names, and written down", async () => {
	const { ending, asked, lines } = providersScene({ providers: [tells(sbp)] });
	expect(await ending()).toEqual(told);
	expect(asked).toMatchObject([{ call: "providers", requestId: "request-1", token: "token-1" }]);
	const body = JSON.parse(JSON.stringify(asked[0]?.body));
	expect(Object.keys(body)).toEqual([
		"requestId",
		"cardsession",
		"storeId",
		"terminalId",
		"checkoutInvoice",
		"user",
	]);
	expect(body).toMatchObject({ cardsession: "A1G97N", user: { loyaltyId: "1234567890123" } });
	expect(lines).toEqual(["providers answered: available: SBP"]);
});

test("a promised list is asked for when the server has said, until it is complete", async () => {
	const { ending, asked, attempts } = providersScene({
		providers: [promises({ availabilityInfoId: "list-7", timeout: 700 })],
		"providers-poll": [
			tells({ computationComplete: false, pollingTimeout: 400 }),
			lost,
			tells({ computationComplete: true, ...sbp }),
		],
	});
	expect(await ending()).toEqual(told);
	expect(asked.map(({ call, id, at }) => [call, id, at])).toEqual([
		["providers", undefined, 0],
		["providers-poll", "list-7", 700],
		["providers-poll", "list-7", 1_100],
		["providers-poll", "list-7", 1_600],
	]);
	expect(attempts.every(({ requestId }) => requestId === "request-1")).toBe(true);
});

test("a way to pay that the shop does not list is left out and warned about", async () => {
	const { ending, warnings } = providersScene({ providers: [tells(list(true, ["PAYLATE", true]))] });
	expect(await ending()).toEqual({ kind: "told", isDefault: false, providers: [] });
	expect(warnings).toEqual([{ operation: "q-1", types: ["PAYLATE"] }]);
});

test.each([
	["lost", lost],
	["never left", notSent],
	["another request's answer", tells({ requestId: "somebody-else", ...sbp })],
	["a list that is none", tells({ koshelekPayIsDefault: true })],
	["a promise without an id", promises({ timeout: 1 })],
] as const)("a question without an answer is repeated with the same requestId: %s", async (_, turn) => {
	const { ending, asked } = providersScene({ providers: [turn, tells(sbp)] });
	expect(await ending()).toEqual(told);
	expect(asked.map(({ requestId }) => requestId)).toEqual(["request-1", "request-1"]);
});

test("a question that brings no answer leaves another way to pay", async () => {
	const { ending, calls } = providersScene({ providers: [lost] });
	expect(await ending()).toEqual(notTold);
	expect(calls()).toHaveLength(3);
});

test.each([
	["the first answer", { providers: [silence] }],
	["a promised list", { providers: [promises({ availabilityInfoId: "a", timeout: 60_000 })] }],
	[
		"a list that is never complete",
		{
			providers: [promises({ availabilityInfoId: "a" })],
			"providers-poll": [tells({ computationComplete: false, pollingTimeout: 0 })],
		},
	],
	[
		"polls that are lost",
		{
			providers: [promises({ availabilityInfoId: "a" })],
			"providers-poll": [silence],
		},
	],
] as const)("nobody waits longer than the settings say: %s", async (_, script) => {
	const it = providersScene(script);
	await it.pass(4_999);
	expect(it.outcome()).toBeUndefined();
	await it.pass(1);
	expect(it.outcome()).toEqual(notTold);
	const asked = it.asked.length;
	expect(asked).toBeLessThanOrEqual(51);
	await it.pass(60_000);
	expect(it.asked).toHaveLength(asked);
});

test.each([
	["the session is unknown", refuses("session-unknown", "UNKNOWN_SESSION_ID"), "session-unknown"],
	["the merchant is unknown", refuses("partner-unknown", "UNKNOWN_PARTNER_ID"), "providers-unknown"],
	[
		"money may have moved",
		refuses("session-already-paid", "TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED"),
		"providers-unknown",
	],
	["wrong credentials", refuses("credentials-refused"), "providers-unknown"],
] as const)("only a refusal for the cashier is told as it is: %s", async (_, turn, fault) => {
	const { ending, calls } = providersScene({ providers: [turn] });
	expect(await ending()).toMatchObject({ kind: "not-told", fault });
	expect(calls()).toEqual(["providers"]);
});

test("without a token nothing is asked", async () => {
	const token = () => Promise.reject(new FaultError("password-unchecked"));
	const { ending, calls } = providersScene({ providers: [tells(sbp)] }, { token });
	expect(await ending()).toEqual(notTold);
	expect(calls()).toEqual([]);
});

test("a stop ends the question", async () => {
	const it = providersScene({ providers: [silence] });
	await it.pass(100);
	it.stop.abort(new FaultError("internal-failure", "stopping"));
	await expect(it.driven).rejects.toThrow("stopping");
});
