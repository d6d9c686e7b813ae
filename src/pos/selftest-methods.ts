import type { z } from "zod";
import type { CheckResult, CheckState } from "../model/self-test.ts";
import { check } from "./check.ts";
import type { Client } from "./client.ts";
import { selfTestAnswerParams, selfTestRunParams } from "./selftest-schema.ts";

/** A check that is over, with its words in the till's language. */
export type SelfTestCheckView = CheckResult & {
	readonly said: {
		readonly title: string;
		readonly mark: string;
		readonly notes: readonly string[];
		readonly reds: readonly { readonly what: string; readonly why: string; readonly do: string }[];
	};
};

export type SelfTestView = {
	readonly state: CheckState;
	/** All in one sentence. */
	readonly verdict: string;
	/** Those that were run here. */
	readonly checks: readonly SelfTestCheckView[];
};

/** What a technician asks the till for; each may reject with a {FaultError}. */
export type SelfTestMethods = {
	/** Answered when it is over; what happens meanwhile is told to the client as `selftest.news`. */
	readonly "selftest.run": (
		params: z.infer<typeof selfTestRunParams>,
		client: Client,
	) => Promise<SelfTestView>;
	/** What eyes have seen. */
	readonly "selftest.answer": (
		params: z.infer<typeof selfTestAnswerParams>,
	) => Promise<{ readonly check: string }>;
};

/** These methods behind their schemas. */
export function selfTestCalls(
	methods: SelfTestMethods,
	client: Client,
): [string, (params: unknown) => Promise<object>][] {
	return [
		["selftest.run", (params) => methods["selftest.run"](check(selfTestRunParams, params), client)],
		["selftest.answer", (params) => methods["selftest.answer"](check(selfTestAnswerParams, params))],
	];
}
