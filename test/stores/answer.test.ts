import { expect, test } from "vitest";
import { answerOf } from "../../src/stores/answer.ts";

const whole = (status: number, body: string | Uint8Array = "", retryAfter = "") =>
	answerOf({ kind: "whole", status, retryAfter, body: Buffer.from(body) });

test("a 2xx with JSON or with nothing is an acceptance", () => {
	expect(whole(200, '{"stores":[]}')).toEqual({ kind: "accepted", json: { stores: [] } });
	expect(whole(201, "[]")).toEqual({ kind: "accepted", json: [] });
	expect(whole(204)).toEqual({ kind: "accepted", json: undefined });
});

test.each([
	["a page", "<html>Log in</html>"],
	["half an answer", '{"stores":['],
	["no UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
])("a 200 with %s is no acceptance: what the server did is unknown", (_, body) => {
	expect(whole(200, body)).toMatchObject({ kind: "unknown", fault: "server-answer-unreadable" });
});

test("a 200 with an errorCode is a refusal, as in the Pay API", () => {
	expect(whole(200, '{"errorCode":"NO_SUCH_BRAND"}')).toEqual({
		kind: "refused",
		fault: "unlisted-refusal",
		detail: "HTTP 200 NO_SUCH_BRAND",
	});
});

test.each([
	[400, "request-refused"],
	[401, "credentials-refused"],
	[403, "credentials-refused"],
	[404, "address-not-found"],
] as const)("HTTP %i is a refusal: %s", (status, fault) => {
	expect(whole(status, "<html>")).toEqual({ kind: "refused", fault, detail: `HTTP ${status}` });
});

test("a refusal tells the server's code and words", () => {
	expect(whole(422, '{"code":"STORE_NOT_FOUND","details":"Магазина 17 нет"}')).toEqual({
		kind: "refused",
		fault: "unlisted-refusal",
		detail: "HTTP 422 STORE_NOT_FOUND Магазина 17 нет",
	});
	expect(whole(422, '{"code":"UNKNOWN_PARTNER_ID"}')).toMatchObject({ fault: "partner-unknown" });
});

test("the server's words cannot move the cursor of a terminal, nor fill it", () => {
	const body = JSON.stringify({ code: "X", details: `\u001B[2J\r\n\u202E${"a".repeat(9_999)}` });
	const answer = whole(422, body);
	expect(answer).toMatchObject({ detail: expect.stringMatching(/^HTTP 422 X \[2J a{1,300}$/) });
	expect("detail" in answer && answer.detail.length).toBe(300);
});

test.each([301, 303, 408, 500, 502, 504])(
	"behind HTTP %i the request may have been carried out",
	(status) => {
		expect(whole(status, "{}").kind).toBe("unknown");
	},
);

test("HTTP 429 did nothing, and may say when to come again", () => {
	expect(whole(429, "", "7")).toEqual({
		kind: "not-sent",
		fault: "too-many-requests",
		detail: "HTTP 429",
		retryAfterMs: 7_000,
	});
	expect(whole(429, "", "soon")).not.toHaveProperty("retryAfterMs");
});

test("without a whole answer it counts whether anything had left", () => {
	expect(answerOf({ kind: "broken", left: true, error: new TypeError("reset") })).toEqual({
		kind: "unknown",
		fault: "server-silent",
		detail: "TypeError: reset",
	});
	expect(answerOf({ kind: "broken", left: false, error: new TypeError("refused") })).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});
