import fc from "fast-check";
import { expect, test } from "vitest";
import { readAnswer } from "../../src/pay/wire.ts";
import { refTransactionId } from "./refund-scene.ts";
import { slip, transactionId } from "./turns.ts";

const asked = { requestId: "Request-1" };

test("an answer about another refund is not ours", () => {
	const answer = { status: "refunded", refTransactionId: "other", refStatus: "accepted" };
	const about = { requestId: "r", transactionId, refTransactionId };
	expect(readAnswer("status", answer, about)).toBe("for another refTransactionId");
});

test("a refund's answer may leave the payment's status out", () => {
	const facts = readAnswer("refund", { refStatus: "new", refTransactionId }, { ...asked, transactionId });
	expect(facts).toEqual({ status: "", refStatus: "new", transactionId, refTransactionId });
});

test("an answer is read with everything it says, unknown fields ignored", () => {
	const answer = {
		requestId: "request-1",
		transactionId,
		status: "accepted",
		slip,
		refStatus: null,
		news: 1,
	};
	expect(readAnswer("checkout", answer, asked)).toEqual({
		status: "accepted",
		transactionId,
		slip: { ...slip, unlisted: {} },
	});
});

test("ids in capital letters are the same ids", () => {
	const answer = { requestId: "REQUEST-1", transactionId: transactionId.toUpperCase(), status: "new" };
	expect(readAnswer("status", answer, { ...asked, transactionId })).toEqual({ status: "new", transactionId });
});

test("a status answer without ids is about the transaction that was asked for", () => {
	expect(readAnswer("status", { status: "" }, { ...asked, transactionId })).toEqual({
		status: "",
		transactionId,
	});
});

test("a cancel's answer may leave the status out", () => {
	const facts = readAnswer("cancel", { refStatus: "new" }, { ...asked, transactionId });
	expect(facts).toEqual({ status: "", refStatus: "new", transactionId });
});

test("an answer about a refund tells the refund's own transaction", () => {
	const answer = { status: "refunded", transactionId, refTransactionId: "refund-1", refStatus: "accepted" };
	expect(readAnswer("status", answer, asked)).toEqual(answer);
});

test("a refund's transaction that cannot be read does not hide the status", () => {
	const answer = { status: "accepted", transactionId, refTransactionId: ["refund-1"] };
	expect(readAnswer("status", answer, asked)).toEqual({ status: "accepted", transactionId });
});

test("an errorCode that cannot be read does not hide the rejection", () => {
	const answer = { status: "rejected", errorCode: { deep: 1 } };
	expect(readAnswer("status", answer, { ...asked, transactionId })).toEqual({
		status: "rejected",
		transactionId,
	});
});

test("why an answer cannot be read names its fields and none of its values", () => {
	expect(readAnswer("status", { status: ["A1G97N"] }, { ...asked, transactionId })).toBe(
		"not understood: status",
	);
	const stranger = readAnswer(
		"status",
		{ status: "accepted", requestId: "A1G97N" },
		{ ...asked, transactionId },
	);
	expect(stranger).toBe("for another requestId");
});

const word = fc.constantFrom("accepted", "pending", "", "request-1", transactionId, "x".repeat(300));
const loose = fc.record(
	{
		requestId: fc.oneof(word, fc.jsonValue()),
		transactionId: fc.oneof(word, fc.jsonValue()),
		status: fc.oneof(word, fc.jsonValue()),
		refStatus: fc.oneof(word, fc.jsonValue()),
		errorCode: fc.oneof(word, fc.jsonValue()),
		slip: fc.oneof(fc.constant(slip), fc.jsonValue()),
	},
	{ requiredKeys: [] },
);
const call = fc.constantFrom("checkout", "status", "cancel", "refund");

test("whatever JSON comes, reading it never throws and never makes up a status or a transaction", () => {
	fc.assert(
		fc.property(fc.oneof(loose, fc.jsonValue()), call, fc.boolean(), (json, kind, known) => {
			const facts = readAnswer(kind, json, known ? { ...asked, transactionId } : asked);
			if (typeof facts === "string") return;
			const given = json as { status?: unknown; transactionId?: unknown };
			expect(facts.status).toBe(given.status ?? "");
			if (!known) expect(facts.transactionId).toBe(given.transactionId);
			else expect(facts.transactionId).toBe(transactionId);
		}),
		{ numRuns: 2_000 },
	);
});
