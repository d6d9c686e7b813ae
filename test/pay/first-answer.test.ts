import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type FaultCode, faultOf422 } from "../../src/model/fault.ts";
import type { Answer } from "../../src/pay/ask.ts";
import { FirstAnswer } from "../../src/pay/first-answer.ts";
import { scene } from "./scene.ts";
import { accepts, lost, notSent as neverLeft, refuses, settled } from "./turns.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

type NoAnswer = Exclude<Answer, { kind: "answer" }>;

const refusal = (wireCode: string): NoAnswer => ({
	kind: "refusal",
	fault: faultOf422(wireCode),
	wireCode,
	detail: "HTTP 422",
});
const gateway = (fault: FaultCode): NoAnswer => ({ kind: "refusal", fault, detail: "HTTP 4xx" });
const silence: NoAnswer = { kind: "unanswered", fault: "server-silent", detail: "reset" };
const notSent: NoAnswer = { kind: "not-sent", fault: "server-unreachable", detail: "ECONNREFUSED" };

/** Which attempts are final, of a checkout with three attempts. */
const verdicts = (attempts: readonly NoAnswer[], { maybeSent = false, most = 3 } = {}) => {
	const firstAnswer = new FirstAnswer(maybeSent, most);
	return attempts.map((answer) => firstAnswer.isFinal(answer));
};

describe("a refusal in no document", () => {
	const moon = refusal("MOON");

	test("is final when it came back to each of the attempts", () => {
		expect(verdicts([moon, moon, moon])).toEqual([false, false, true]);
	});

	test("is asked for again even when one attempt is all that the shop wants", () => {
		expect(verdicts([moon, moon], { most: 1 })).toEqual([false, true]);
	});

	test("is not counted by attempts that never left", () => {
		expect(verdicts([notSent, moon, notSent, moon, moon])).toEqual([false, false, false, false, true]);
	});

	test.each([
		["silence before it", [silence]],
		["silence after it", [moon, silence]],
		["another code", [moon, refusal("SUN")]],
		["a refusal that may be ours", [refusal("TRANSACTION_IN_PROCESSING")]],
		["a gateway's no", [moon, gateway("credentials-refused")]],
	] as const)("is never final with %s", (_, before) => {
		expect(verdicts([...before, moon, moon, moon, moon, moon])).not.toContain(true);
	});

	test("is never final when an earlier run may have sent the checkout", () => {
		expect(verdicts([moon, moon, moon, moon], { maybeSent: true })).not.toContain(true);
	});
});

test("an attempt that never left leaves nothing behind it, and any other does", () => {
	const firstAnswer = new FirstAnswer(false, 3);
	firstAnswer.isFinal(notSent);
	expect(firstAnswer.maybeCarriedOut).toBe(false);
	firstAnswer.isFinal(refusal("TRANSACTION_IN_PROCESSING"));
	expect(firstAnswer.maybeCarriedOut).toBe(true);
});

test("after any silence only a session or a partner that is not known is final", () => {
	const code = fc.constantFrom(
		"UNKNOWN_SESSION_ID",
		"UNKNOWN_PARTNER_ID",
		"UNKNOWN_TRANSACTION_ID",
		"WRONG_TRANSACTION_STATE_CHANGE",
		"TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS",
		"TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED",
		"TRANSACTION_IN_PROCESSING",
		"EXTERNAL_PROVIDER_ERROR",
		"MOON",
	);
	fc.assert(
		fc.property(fc.array(code, { maxLength: 30 }), (codes) => {
			const [, ...after] = verdicts([silence, ...codes.map(refusal)]);
			expect(after).toEqual(codes.map((word) => /^UNKNOWN_(SESSION|PARTNER)_ID$/.test(word)));
		}),
	);
});

const inProcessing = refuses("transaction-in-processing", "TRANSACTION_IN_PROCESSING");
const exists = refuses("session-has-transaction", "TRANSACTION_FOR_SESSION_ID_ALREADY_EXISTS");
const payed = refuses("session-already-paid", "TRANSACTION_FOR_SESSION_ID_ALREADY_PAYED");
const wrongState = refuses("state-change-impossible", "WRONG_TRANSACTION_STATE_CHANGE");
const moon = refuses("unlisted-refusal", "MOON");

test.each([
	["a documented 422", refuses("session-unknown", "UNKNOWN_SESSION_ID"), "session-unknown"],
	["a provider that failed", refuses("provider-error", "EXTERNAL_PROVIDER_ERROR"), "provider-error"],
	["wrong credentials", refuses("credentials-refused"), "credentials-refused"],
	["a session that has paid already", payed, "session-already-paid"],
] as const)("the first checkout's refusal is the outcome: %s", async (_, turn, fault) => {
	const { ending, calls } = scene({ checkout: [turn] });
	expect(await ending()).toMatchObject({ kind: "refused", fault });
	expect(calls()).toEqual(["checkout"]);
});

test.each([
	["in processing", inProcessing],
	["the session has a transaction", exists],
	["the state cannot be reached", wrongState],
	["a 422 with an unknown code", moon],
] as const)("a first refusal behind which money may have moved is asked for again: %s", async (_, turn) => {
	const { ending, asked } = scene({ checkout: [turn, accepts] });
	expect(await ending()).toEqual(settled);
	expect(asked.map(({ requestId }) => requestId)).toEqual(["request-1", "request-1"]);
});

test.each([
	["in processing", inProcessing, "transaction-in-processing"],
	["the session has a transaction", exists, "session-has-transaction"],
	["the state cannot be reached", wrongState, "server-silent"],
] as const)(
	"a refusal that may tell of our own payment never ends it, however often it comes: %s",
	async (_, turn, fault) => {
		const { pass, outcome, told, learnt, ending } = scene({ checkout: [...Array(8).fill(turn), accepts] });
		await pass(60_000);
		expect(outcome()).toBeUndefined();
		expect(told).toEqual([{ kind: "unknown", fault }]);
		expect(learnt.cancelWanted).toBe("server-silent");
		expect(await ending()).toEqual(settled);
	},
);

test("a refusal with an unknown code that comes back to each repeat is the first answer", async () => {
	const { ending, calls, told } = scene({ checkout: [moon] });
	expect(await ending()).toEqual({ kind: "refused", fault: "unlisted-refusal", wireCode: "MOON" });
	expect(calls()).toEqual(["checkout", "checkout", "checkout"]);
	expect(told).toEqual([]);
});

test("a cancel wanted after a doubtful refusal cannot drop the checkout", async () => {
	const { pass, outcome, cashier, ending } = scene({ checkout: [inProcessing, accepts] });
	await pass(100);
	cashier.abort("cashier");
	await pass(300);
	expect(outcome()).toBeUndefined();
	expect(await ending()).toEqual(settled);
});

test.each([
	["wrong credentials", refuses("credentials-refused")],
	["not found, from a gateway", refuses("address-not-found")],
	["a 422 with an unknown code", moon],
	["still in processing", inProcessing],
	["the session has a transaction", exists],
	["the session is paid", payed],
	["the state cannot be reached", wrongState],
	["the provider failed", refuses("provider-error", "EXTERNAL_PROVIDER_ERROR")],
	["too many requests", neverLeft],
] as const)("after a silent checkout a repeat's refusal proves nothing: %s", async (_, turn) => {
	const { ending, told, pass, outcome } = scene({ checkout: [lost, turn, turn, turn, accepts] });
	await pass(5_000);
	expect(outcome()).toBeUndefined();
	expect(told).toHaveLength(1);
	expect(told[0]?.fault).toMatch(/^(server-silent|transaction-in-processing|session-has-transaction)$/);
	expect(await ending()).toEqual(settled);
});

test.each([
	["session-unknown", "UNKNOWN_SESSION_ID"],
	["partner-unknown", "UNKNOWN_PARTNER_ID"],
] as const)(
	"after a silent checkout a refusal that no payment can be behind is final: %s",
	async (fault, code) => {
		const { ending } = scene({ checkout: [lost, refuses(fault, code)] });
		expect(await ending()).toEqual({ kind: "refused", fault, wireCode: code });
	},
);
