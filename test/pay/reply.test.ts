import fc from "fast-check";
import { expect, test } from "vitest";
import { faults } from "../../src/model/fault.ts";
import { replyOf } from "../../src/pay/reply.ts";

const answer = (status: number, body: unknown = "", retryAfter?: string) =>
	replyOf({
		status,
		body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
		headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
	});

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

test.each([["<html>"], [""], ["{"], ["null"], ["7"], ['"accepted"'], ["{} {}"]])(
	"a 200 that is not one JSON object is no answer: %s",
	(body) => {
		expect(answer(200, body)).toMatchObject({ kind: "unanswered", fault: "server-answer-unreadable" });
	},
);

test("JSON that begins with a byte order mark is an answer", () => {
	expect(answer(200, '\ufeff{"status":"new"}')).toEqual({ kind: "answer", json: { status: "new" } });
});

test("JSON nested too deeply to be written down again is no answer", () => {
	for (const levels of [40, 300_000]) {
		const body = `{"slip":${"[".repeat(levels)}${"]".repeat(levels)}}`;
		expect(answer(200, body)).toMatchObject({ kind: "unanswered", fault: "server-answer-unreadable" });
	}
});

test("the seconds of Retry-After are told, and nothing else is taken for seconds", () => {
	expect(answer(429, "", "3")).toMatchObject({ retryAfterMs: 3_000 });
	expect(answer(503, "", "2")).toMatchObject({ retryAfterMs: 2_000 });
	for (const odd of ["-1", "1e9", "soon", "99999999999", "Wed, 21 Oct 2026 07:28:00 GMT"]) {
		expect(answer(429, "", odd)).not.toHaveProperty("retryAfterMs");
	}
});

test("no body is ever in a detail", () => {
	fc.assert(
		fc.property(fc.integer({ min: 200, max: 599 }), (status) => {
			expect(JSON.stringify(answer(status, "secret A1G97N"))).not.toContain("A1G97N");
		}),
	);
});

test("whatever comes, it never throws, and only a 200 with a JSON object is an answer", () => {
	const body = fc.oneof(
		fc.uint8Array({ maxLength: 200 }),
		fc.json().map((text) => new TextEncoder().encode(text)),
	);
	fc.assert(
		fc.property(fc.integer({ min: 100, max: 999 }), body, (status, bytes) => {
			const reply = replyOf({ status, headers: {}, body: bytes });
			if (reply.kind !== "answer") return;
			expect(status).toBe(200);
			expect(reply.json).toBeTypeOf("object");
		}),
		{ numRuns: 2_000 },
	);
});
