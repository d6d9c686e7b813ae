import fc from "fast-check";
import { expect, test } from "vitest";
import { readSaid } from "../../src/client/said.ts";
import { FaultError } from "../../src/model/fault.ts";
import { rpcError } from "../../src/pos/errors.ts";
import { answerLine, errorLine, notificationLine } from "../../src/pos/rpc.ts";
import { explain } from "../pos/counter.ts";

test("every line that kassad writes is read as what it is", () => {
	expect(readSaid(`${answerLine(7, { a: 1 })}`)).toEqual({ kind: "answer", id: 7, result: { a: 1 } });
	expect(readSaid(`${notificationLine("event", { seq: 1 })}`)).toEqual({
		...{ kind: "unasked", method: "event", params: { seq: 1 } },
	});
	const error = rpcError(new FaultError("too-many-clients", "one"), explain);
	expect(readSaid(`${errorLine(null, error)}`)).toMatchObject({
		kind: "refusal",
		id: null,
		refusal: { code: -32_000 },
	});
});

test("whatever else comes is no line of kassad's, and never an exception", () => {
	const known = ["answer", "refusal", "unasked", undefined];
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
			expect(known).toContain(readSaid(text)?.kind);
		}),
	);
	for (const text of [
		"",
		"HTTP/1.1 400",
		"{}",
		"[]",
		'{"id":"1","result":{}}',
		'{"id":1,"error":{}}',
		"null",
	]) {
		expect(readSaid(text)).toBeUndefined();
	}
});
