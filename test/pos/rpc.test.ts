import fc from "fast-check";
import { expect, test } from "vitest";
import { answerLine, readMessage, rpcCodes } from "../../src/pos/rpc.ts";

const { parseError, invalidRequest } = rpcCodes;

test("a request is read with its id, method and parameters", () => {
	expect(readMessage('{"jsonrpc":"2.0","id":7,"method":"hello","params":{"client":"a"}}')).toEqual({
		kind: "request",
		id: 7,
		method: "hello",
		params: { client: "a" },
	});
});

test("a request without parameters has none", () => {
	expect(readMessage('{"jsonrpc":"2.0","id":"x","method":"hello"}')).toMatchObject({ id: "x", params: {} });
});

test("a request without an id is a notification", () => {
	expect(readMessage('{"jsonrpc":"2.0","method":"hello"}')).toEqual({
		kind: "notification",
		method: "hello",
	});
});

test("a carriage return before the line feed does no harm", () => {
	expect(readMessage('{"jsonrpc":"2.0","id":1,"method":"hello"}\r')).toMatchObject({ kind: "request" });
});

test.each([
	["", parseError, "the line is not JSON"],
	["{", parseError, "the line is not JSON"],
	["[]", invalidRequest, "batches are not served"],
	['[{"jsonrpc":"2.0","id":1,"method":"hello"}]', invalidRequest, "batches are not served"],
	["null", invalidRequest, "message: "],
	["5", invalidRequest, "message: "],
	['{"id":1,"method":"hello"}', invalidRequest, "jsonrpc: "],
	['{"jsonrpc":"1.0","id":1,"method":"hello"}', invalidRequest, "jsonrpc: "],
	['{"jsonrpc":"2.0","id":1}', invalidRequest, "method: "],
	['{"jsonrpc":"2.0","id":1,"method":5}', invalidRequest, "method: "],
	['{"jsonrpc":"2.0","id":null,"method":"hello"}', invalidRequest, "id: expected a text"],
	['{"jsonrpc":"2.0","id":1.5,"method":"hello"}', invalidRequest, "id: expected a text"],
	['{"jsonrpc":"2.0","id":{},"method":"hello"}', invalidRequest, "id: expected a text"],
	['{"jsonrpc":"2.0","id":1,"result":{}}', invalidRequest, "method: "],
])("%s is refused with code %i", (line, code, detail) => {
	const message = readMessage(line);
	expect(message).toMatchObject({ kind: "unreadable", code });
	expect(message).toHaveProperty("detail", expect.stringContaining(detail));
});

test("a refused message keeps its id when it has one", () => {
	expect(readMessage('{"jsonrpc":"2.0","id":"me","method":5}')).toMatchObject({ id: "me" });
	expect(readMessage('{"jsonrpc":"2.0","id":[],"method":5}')).toMatchObject({ id: null });
});

test("no line makes the reader throw", () => {
	fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void readMessage(line)));
});

test("a message nested 30 000 deep is read like any other", () => {
	expect(readMessage(`${'{"jsonrpc":'.repeat(30_000)}`)).toMatchObject({ code: parseError });
	const deep = `{"jsonrpc":"2.0","id":1,"method":"hello","params":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
	expect(readMessage(deep)).toMatchObject({ kind: "request" });
});

test("an answer is one line, whatever is in it", () => {
	fc.assert(
		fc.property(fc.string({ unit: "grapheme" }), (said) => {
			const line = answerLine(1, { said }).toString("utf8");
			expect(line.indexOf("\n")).toBe(line.length - 1);
			expect(JSON.parse(line)).toEqual({ jsonrpc: "2.0", id: 1, result: { said } });
		}),
	);
});
