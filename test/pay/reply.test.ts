import fc from "fast-check";
import { expect, test } from "vitest";
import { faults } from "../../src/model/fault.ts";
import type { PayCall } from "../../src/model/operation.ts";
import { replyOf } from "../../src/pay/reply.ts";

const mostRetryAfterMs = 60_000;

function answer(
	status: number,
	body: unknown = "",
	{ call = "checkout", ...headers }: { call?: PayCall } & Record<string, string> = {},
) {
	const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
	return replyOf(call, { status, headers, body: bytes }, mostRetryAfterMs);
}

test.each([
	[400, "refusal", "request-refused"],
	[401, "refusal", "credentials-refused"],
	[403, "refusal", "credentials-refused"],
	[404, "refusal", "address-not-found"],
	[409, "refusal", "request-refused"],
	[408, "unanswered", "server-failed"],
	[429, "not-sent", "too-many-requests"],
	[500, "unanswered", "server-failed"],
	[503, "unanswered", "server-failed"],
	[599, "unanswered", "server-failed"],
	[201, "unanswered", "server-answer-unreadable"],
	[204, "unanswered", "server-answer-unreadable"],
	[302, "unanswered", "server-answer-unreadable"],
] as const)("HTTP %i is %s, %s", (status, kind, fault) => {
	expect(answer(status, { status: "accepted" })).toMatchObject({ kind, fault });
});

test("every documented 422 code is a refusal with its row", () => {
	for (const [fault, { wire422 }] of Object.entries(faults)) {
		if (wire422 === undefined) continue;
		expect(answer(422, { code: wire422 })).toMatchObject({ kind: "refusal", fault, wireCode: wire422 });
	}
});

test.each([
	["<html>"],
	[""],
	[{}],
	[{ code: 5 }],
	[{ code: "" }],
	[{ code: "x".repeat(65) }],
	[{ code: "\u001b[2J" }],
])("a 422 without a code that can be shown leaves the request unanswered: %j", (body) => {
	expect(answer(422, body)).toMatchObject({ kind: "unanswered", fault: "server-answer-unreadable" });
});

test.each([["<html>"], [""], ["{"], ["null"], ["7"], ['"accepted"'], ["{} {}"], ["[]"]])(
	"a 200 that is not one JSON object is no answer: %s",
	(body) => {
		expect(answer(200, body)).toMatchObject({ kind: "unanswered", fault: "server-answer-unreadable" });
	},
);

test("JSON that begins with a byte order mark is an answer", () => {
	expect(answer(200, '\ufeff{"status":"new"}')).toEqual({
		kind: "answer",
		status: 200,
		json: { status: "new" },
	});
});

test("JSON nested too deeply to be written down again is no answer", () => {
	for (const levels of [40, 300_000]) {
		const body = `{"slip":${"[".repeat(levels)}${"]".repeat(levels)}}`;
		expect(answer(200, body)).toMatchObject({ kind: "unanswered", fault: "server-answer-unreadable" });
	}
});

test("the promise of a list of providers is an answer, with the address as the server wrote it", () => {
	const promise = { availabilityInfoId: "a-1", timeout: 300 };
	const location = "https://api.example/api/v1/merchant/availability-info/a-1";
	expect(answer(201, promise, { call: "providers", location })).toEqual({
		kind: "answer",
		status: 201,
		json: promise,
		location,
	});
});

test.each([[""], ["a b"], ["дом"], ["a\r\nb"], ["x".repeat(1_025)]])(
	"an address that cannot be one is not told: %j",
	(location) => {
		const reply = answer(201, {}, { call: "providers", location });
		expect(reply).toEqual({ kind: "answer", status: 201, json: {} });
	},
);

test("a promise without JSON is no answer, and no other call is promised anything", () => {
	const unreadable = { kind: "unanswered", fault: "server-answer-unreadable" };
	expect(answer(201, "", { call: "providers" })).toMatchObject(unreadable);
	for (const call of ["providers-poll", "checkout", "status", "cancel", "refund", "receipt"] as const) {
		expect(answer(201, { status: "accepted" }, { call })).toMatchObject(unreadable);
	}
});

test("an empty 200 is the answer to a receipt, and to nothing else", () => {
	expect(answer(200, "", { call: "receipt" })).toEqual({ kind: "answer", status: 200, json: {} });
	for (const call of ["providers", "providers-poll", "checkout", "status", "cancel", "refund"] as const) {
		expect(answer(200, "", { call })).toMatchObject({ kind: "unanswered" });
	}
	expect(answer(200, "<html>", { call: "receipt" })).toMatchObject({ kind: "unanswered" });
	expect(answer(204, "", { call: "receipt" })).toMatchObject({ kind: "unanswered" });
});

const noon = "Tue, 24 Nov 2026 12:00:00 GMT";

test.each([
	["3", undefined, 3_000],
	["0", undefined, 0],
	["61", undefined, mostRetryAfterMs],
	["999999999", undefined, mostRetryAfterMs],
	["Tue, 24 Nov 2026 12:00:20 GMT", noon, 20_000],
	["Tue, 24 Nov 2026 11:59:00 GMT", noon, 0],
	["Tue, 24 Nov 2099 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:00 GMT", mostRetryAfterMs],
])("Retry-After %s, answered on %s, is a wish of %i ms", (retryAfter, date, retryAfterMs) => {
	const headers = { "retry-after": retryAfter, ...(date === undefined ? {} : { date }) };
	expect(answer(429, "", headers)).toMatchObject({ kind: "not-sent", retryAfterMs });
	expect(answer(503, "", headers)).toMatchObject({ kind: "unanswered", retryAfterMs });
});

test.each([
	["-1", noon],
	["1e9", noon],
	["1.5", noon],
	["soon", noon],
	["9999999999", noon],
	["Tue, 24 Nov 2026 12:00:20 GMT", ""],
	["Tue, 24 Nov 2026 12:00:20 GMT", "noon"],
	["2026-11-24T12:00:20Z", noon],
])("Retry-After %s, answered on %s, is no wish", (retryAfter, date) => {
	expect(answer(429, "", { "retry-after": retryAfter, date })).not.toHaveProperty("retryAfterMs");
});

test("whatever Retry-After and Date hold, a wish is within what the settings grant", () => {
	const header = fc.oneof(
		fc.string(),
		fc.date().map((date) => date.toUTCString()),
		fc.nat().map(String),
	);
	fc.assert(
		fc.property(header, header, (retryAfter, date) => {
			const reply = answer(429, "", { "retry-after": retryAfter, date });
			const { retryAfterMs = 0 } = reply as { retryAfterMs?: number };
			expect(retryAfterMs).toBeGreaterThanOrEqual(0);
			expect(retryAfterMs).toBeLessThanOrEqual(mostRetryAfterMs);
		}),
	);
});

test("no body is ever in a detail", () => {
	fc.assert(
		fc.property(fc.integer({ min: 200, max: 599 }), (status) => {
			expect(JSON.stringify(answer(status, "secret A1G97N"))).not.toContain("A1G97N");
		}),
	);
});

test("whatever comes, it never throws, and only a JSON object under 200, or 201 to providers, is an answer", () => {
	const body = fc.oneof(
		fc.uint8Array({ minLength: 1, maxLength: 200 }),
		fc.json().map((text) => new TextEncoder().encode(text)),
	);
	const call = fc.constantFrom<PayCall>("providers", "checkout", "status", "receipt");
	const status = fc.oneof(fc.integer({ min: 100, max: 999 }), fc.constantFrom(200, 201));
	fc.assert(
		fc.property(call, status, body, (asked, code, bytes) => {
			const reply = replyOf(asked, { status: code, headers: {}, body: bytes }, mostRetryAfterMs);
			if (reply.kind !== "answer") return;
			expect(asked === "providers" ? [200, 201] : [200]).toContain(code);
			expect(reply.status).toBe(code);
			expect(reply.json).toEqual(JSON.parse(new TextDecoder().decode(bytes)));
		}),
		{ numRuns: 2_000 },
	);
});
