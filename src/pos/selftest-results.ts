import { z } from "zod";
import { checkStates, checkTitles, promptCodes, selfTestKinds } from "../model/self-test.ts";
import type { FieldsOf } from "./description.ts";
import type { SelfTestCheckView, SelfTestView } from "./selftest-methods.ts";

const remark = z.object({ code: z.string(), facts: z.record(z.string(), z.string()) }).meta({
	id: "Remark",
	description: "A sentence of config/selftest.*.yaml by its code, and what fills it.",
});

const check = z
	.object({
		check: z.string(),
		kind: z.enum(selfTestKinds),
		title: remark.extend({ code: z.enum(checkTitles) }),
		state: z.enum(checkStates),
		ms: z.number(),
		remarks: z.array(remark),
		said: z
			.object({
				title: z.string(),
				mark: z.string(),
				notes: z.array(z.string()),
				reds: z.array(z.object({ what: z.string(), why: z.string(), do: z.string() })),
			})
			.describe("The same in the till's language."),
	} satisfies FieldsOf<SelfTestCheckView>)
	.meta({ id: "Check" });

export const selfTestResult = z.object({
	state: z
		.enum(checkStates)
		.describe("`red` when one check is; `skipped` when none is and some were left out."),
	verdict: z.string(),
	checks: z.array(check),
} satisfies FieldsOf<SelfTestView>);

export const selfTestAnswered = z.object({ check: z.string() });

/** What is told while a self-test runs. */
export const selfTestNews = z.object({
	type: z.enum(["begun", "told", "asked", "judged"]).describe("`asked` waits for selftest.answer."),
	check: z.string(),
	text: z.string().describe("In the till's language."),
	kind: z.enum(selfTestKinds).exactOptional(),
	title: remark.extend({ code: z.enum(checkTitles) }).exactOptional(),
	prompt: remark.extend({ code: z.enum(promptCodes) }).exactOptional(),
	result: check.exactOptional(),
});
