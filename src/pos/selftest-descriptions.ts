import type { MethodDescription } from "./description.ts";
import type { SelfTestMethods } from "./selftest-methods.ts";
import { selfTestAnswered, selfTestResult } from "./selftest-results.ts";
import { selfTestAnswerParams, selfTestRunParams } from "./selftest-schema.ts";

const clock = {
	...{ check: "clock", kind: "internal", state: "green", ms: 1 },
	title: { code: "clock", facts: {} },
	remarks: [{ code: "clock-right", facts: { seconds: "0" } }],
	said: { title: "Clock agrees with the server's", mark: "ok", notes: ["0 s apart"], reds: [] },
};

/** The methods about the till's health. */
export const selfTestDescriptions = {
	"selftest.run": {
		summary: "Checks the machine, the devices, and the whole loop",
		...{ params: selfTestRunParams, result: selfTestResult, faults: ["self-test-running"] },
		example: {
			params: { only: ["internal"] },
			result: { state: "green", verdict: "All is well: 1 checks.", checks: [clock] },
		},
	},
	"selftest.answer": {
		summary: "What eyes have seen, where the self-test asks",
		...{ params: selfTestAnswerParams, result: selfTestAnswered, faults: [] },
		example: { params: { check: "look:receipt", yes: true }, result: { check: "look:receipt" } },
	},
} as const satisfies Record<keyof SelfTestMethods, MethodDescription>;
