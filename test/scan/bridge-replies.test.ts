import fc from "fast-check";
import { expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { bridgeReply, shown, tokenOf, verifiedOf } from "../../src/scan/bridge-replies.ts";

const unread = (method: string) =>
	expect.objectContaining({
		code: "password-unchecked",
		detail: `the bridge's result of ${method} cannot be read`,
	});

test("a reply is a result or a refusal", () => {
	expect(bridgeReply('{"id":7,"result":{"a":1},"more":2}')).toEqual({ id: 7, answer: { result: { a: 1 } } });
	expect(bridgeReply('{"id":7,"error":{"code":"NOT_READY"}}')).toEqual({
		id: 7,
		answer: { refusal: "NOT_READY" },
	});
});

test.each(
	[
		["", "[]", "null", "7", "{}", "ready", '{"id":7}', '{"id":"7","result":{}}', '{"id":7.5,"result":{}}'],
		['{"id":7,"result":null}', '{"id":7,"error":"NOT_READY"}', '{"id":7,"result":{}'],
	].flat(),
)("%j is no reply", (line) => {
	expect(bridgeReply(line)).toBeUndefined();
});

test("no line whatever breaks the reading", () => {
	fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void bridgeReply(line)));
});

test("only a word is shown of a code: with digits it could hold a card", () => {
	expect(shown("CARDSESSION_AVAILABLE")).toBe("CARDSESSION_AVAILABLE");
	for (const code of ["E77", "bad", "", "A B", "A".repeat(65), "BAD_7712345678901234A1G97N967"]) {
		expect(shown(code)).toBe("[not shown]");
	}
});

test("a verified barcode needs its code and its verdict, and may lack number and session", () => {
	const said = { resultCode: "NO_SESSION", totpCodeValid: false };
	expect(verifiedOf({ ...said, more: 1 })).toEqual(said);
	expect(verifiedOf({ ...said, cardNumber: null, cardSession: null })).toMatchObject(said);
	for (const wrong of [{}, { ...said, totpCodeValid: "true" }, { ...said, cardNumber: 1 }, undefined]) {
		expect(() => verifiedOf(wrong)).toThrow(unread("barcodeVerify"));
	}
});

test("a token is visible ASCII, so that it can stand in a header", () => {
	expect(tokenOf({ token: "Y3B1fGJvYXJk123" })).toBe("Y3B1fGJvYXJk123");
	for (const token of ["", "a b", "a\r\nb", "я", "a".repeat(8_193), 7, undefined]) {
		expect(() => tokenOf({ token })).toThrow(unread("getToken"));
	}
});

test("whatever a result is, reading it fails by the table or not at all", () => {
	fc.assert(
		fc.property(fc.anything(), (result) => {
			for (const read of [verifiedOf, tokenOf]) {
				try {
					read(result);
				} catch (error) {
					expect(error).toBeInstanceOf(FaultError);
				}
			}
		}),
	);
});
