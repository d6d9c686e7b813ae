import { expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { rpcError, wordless } from "../../src/pos/errors.ts";
import { explain } from "./counter.ts";

test("a fault carries its row of the table and the cashier's message", () => {
	expect(rpcError(new FaultError("session-already-paid", "seen before"), explain)).toEqual({
		code: -32_000,
		message: "session-already-paid: seen before",
		data: {
			fault: "session-already-paid",
			moneyMoved: "unknown",
			acts: "cashier",
			next: "ask",
			cashier: { title: "title of session-already-paid", text: "what to do about session-already-paid" },
			detail: "seen before",
		},
	});
});

test("what JSON-RPC has a number for has that number", () => {
	const codeOf = (fault: FaultError) => rpcError(fault, explain).code;
	expect(codeOf(new FaultError("method-unknown"))).toBe(-32_601);
	expect(codeOf(new FaultError("request-invalid"))).toBe(-32_602);
	expect(codeOf(new FaultError("internal-failure"))).toBe(-32_603);
	expect(rpcError(new FaultError("request-invalid"), explain, -32_700).code).toBe(-32_700);
});

test("what the log is told of a failure is where it happened, and not a word of its text", () => {
	const error = Object.assign(new RangeError("card 9900112233\nof session abc"), { code: "ERR_X" });
	const told = wordless(error);
	expect(told).toMatchObject({ name: "RangeError", code: "ERR_X" });
	expect(told.frames[0]).toContain("errors.test.ts");
	expect(JSON.stringify(told)).not.toMatch(/9900112233|abc/);
	expect(wordless("a secret text")).toEqual({ name: "string", frames: [] });
});
