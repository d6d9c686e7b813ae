import { expect, test } from "vitest";
import type { Log } from "../../src/model/log.ts";
import { type CallLine, CallLines } from "../../src/pay/call-lines.ts";

/** The lines that these requests leave in the log. */
function told(...lines: readonly Partial<CallLine>[]) {
	const written: object[] = [];
	const quiet = () => undefined;
	const info = (facts: object) => void written.push(facts);
	const log: Log = { trace: quiet, debug: quiet, info, warn: quiet, error: quiet };
	const calls = new CallLines(log);
	for (const line of lines) {
		calls.came({ call: "status", requestId: "r", outcome: "answered", summary: "new", ms: 1, ...line });
	}
	calls.catchUp();
	return written;
}

test("polls that bring the same answer have two lines, and the second says for how many it stands", () => {
	expect(told({}, {}, { requestId: "last", ms: 7 })).toEqual([
		{ step: "call", call: "status", requestId: "r", outcome: "answered", summary: "new", ms: 1, attempt: 1 },
		{
			...{ step: "call", call: "status", requestId: "last", outcome: "answered", summary: "new", ms: 7 },
			...{ attempt: 3, times: 2 },
		},
	]);
});

test("every poll that brings something else than the one before has a line", () => {
	const lines = told(
		{},
		{},
		{ summary: "processing" },
		{ outcome: "unanswered" },
		{ outcome: "unanswered" },
		{},
	);
	expect(lines).toMatchObject([
		{ attempt: 1, summary: "new" },
		{ attempt: 2, summary: "new" },
		{ attempt: 3, summary: "processing" },
		{ attempt: 4, outcome: "unanswered" },
		{ attempt: 5, outcome: "unanswered" },
		{ attempt: 6, outcome: "answered" },
	]);
	expect(lines.filter((line) => "times" in line)).toEqual([]);
});

test("what is no poll has a line each time, and its attempts are counted apart", () => {
	const checkout = { call: "checkout", outcome: "unanswered", summary: "reset" } as const;
	expect(told(checkout, checkout, {}, checkout)).toMatchObject([
		{ call: "checkout", attempt: 1 },
		{ call: "checkout", attempt: 2 },
		{ call: "status", attempt: 1 },
		{ call: "checkout", attempt: 3 },
	]);
});

test("a thousand polls of a slow customer are two lines", () => {
	expect(told(...Array(1_000).fill({}))).toMatchObject([{ attempt: 1 }, { attempt: 1_000, times: 999 }]);
});

test("a poll that follows something else has a line of its own, though it says the same as before", () => {
	expect(told({}, {}, {}, { call: "cancel", summary: "taken" }, {}, {})).toMatchObject([
		{ call: "status", attempt: 1 },
		{ call: "status", attempt: 3, times: 2 },
		{ call: "cancel", attempt: 1 },
		{ call: "status", attempt: 4 },
		{ call: "status", attempt: 5 },
	]);
});
