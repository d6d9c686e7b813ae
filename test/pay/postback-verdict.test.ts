import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { verdictOf } from "../../src/pay/postback-verdict.ts";
import type { Fate } from "../../src/pay/posted.ts";
import type { Facts } from "../../src/pay/wire.ts";
import { accepted, refTransactionId, transactionId } from "./postback-shop.ts";

let taken: Facts[] = [];
let fate: Fate = "heard";
const judge = {
	path: "/postback",
	authorized: (authorization?: string) => authorization === "ours",
	take: (facts: Facts) => {
		taken.push(facts);
		return fate;
	},
};
const verdict = (body: Uint8Array | "too-long", changes: object = {}) =>
	verdictOf(
		{ method: "POST", path: "/postback", headers: { authorization: "ours" }, body, ...changes },
		judge,
	);
const bytes = (json: unknown) => Buffer.from(JSON.stringify(json));

beforeEach(() => {
	taken = [];
	fate = "heard";
});

describe("a postback", () => {
	const whole = {
		requestId: "the server's own",
		...{ transactionId, refTransactionId, status: "refunded", refStatus: "accepted" },
		paymentGroup: "SBP",
		slip: { id: "slip-1", qrcId: "qr", totalAmount: 85_900 },
	};

	test("is handed over as a status answer is read", () => {
		expect(verdict(bytes(whole))).toEqual({ status: 200, fate: "heard" });
		expect(taken).toEqual([
			{
				...{ transactionId, refTransactionId, status: "refunded", refStatus: "accepted" },
				slip: { id: "slip-1", qrcId: "qr", totalAmount: 85_900, unlisted: {} },
			},
		]);
	});

	test("needs no requestId", () => {
		expect(verdict(bytes(accepted)).status).toBe(200);
		expect(verdict(bytes({ ...accepted, requestId: null })).status).toBe(200);
		expect(taken).toEqual([accepted, accepted]);
	});

	test.each([
		["heard", 200],
		["late", 200],
		["unknown", 404],
	] as const)("that is %s is answered %i", (what, status) => {
		fate = what;
		expect(verdict(bytes(accepted))).toEqual({ status, fate: what });
	});
});

describe("refused is", () => {
	test.each([
		["another path", { path: "/postback/" }, 404],
		["a path with a query", { path: "/postback?x=1" }, 404],
		["an address for a path", { path: "http://till/postback" }, 404],
		["no path", { path: undefined }, 404],
		["another method", { method: "GET" }, 405],
		["no password", { headers: {} }, 401],
		["a wrong password", { headers: { authorization: "theirs" } }, 401],
		["compressed content", { headers: { authorization: "ours", "content-encoding": "gzip" } }, 415],
		["a body that is too long", { body: "too-long" }, 413],
		["a body that is too long before its sender is known", { headers: {}, body: "too-long" }, 401],
	] as const)("%s", (_, changes, status) => {
		expect(verdict(bytes(accepted), changes)).toEqual({ status });
		expect(taken).toEqual([]);
	});

	test.each([
		["nothing", ""],
		["a list", "[]"],
		["null", "null"],
		["half a JSON text", '{"transactionId":"7d3a'],
		["deep nesting", `{"transactionId":"a","status":"accepted","slip":${"[".repeat(900)}${"]".repeat(900)}}`],
		["no transactionId", '{"status":"accepted"}'],
		["no status", '{"transactionId":"a"}'],
		["a number for a status", '{"transactionId":"a","status":1}'],
		["a transactionId without end", `{"status":"accepted","transactionId":"${"a".repeat(257)}"}`],
		["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
	])("%s", (_, body) => {
		const { status, detail } = verdict(Buffer.from(body as string));
		expect(status).toBe(422);
		expect(detail).toBeTruthy();
		expect(taken).toEqual([]);
	});
});

test("property: no body does anything worse than being refused, and none is quoted", () => {
	const canary = "canary-4417";
	const nasty = fc.oneof(
		fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.concat([Buffer.from(canary), raw])),
		fc
			.dictionary(fc.constantFrom("transactionId", "status", "slip", "requestId", "__proto__"), fc.json())
			.map((json) => bytes({ ...json, note: canary })),
	);
	fc.assert(
		fc.property(nasty, (body) => {
			const { status, detail = "" } = verdict(body);
			expect([200, 422]).toContain(status);
			expect(detail).not.toContain(canary);
		}),
	);
});
