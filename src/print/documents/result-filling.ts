import type { SelfTestSlip } from "../../model/self-test.ts";
import type { Filling } from "../../model/settings/document-holes.ts";
import { localTime } from "./words.ts";

/** What came of a self-test, and which till it was. */
export type ResultFacts = SelfTestSlip & {
	readonly storeId: string;
	readonly terminalId: string;
	readonly version: string;
};

/** What is wrong leaps to the eye on narrow paper, too. */
const signs = { green: "+", red: "!!", skipped: "-" } as const;

/** What a template can say of a self-test's result. */
export function resultFilling({ at, checks, ...facts }: ResultFacts): Filling<"self-test-result"> {
	return {
		holes: { ...facts, time: localTime(undefined, at) },
		lists: {
			checks: checks.map(({ state, ...words }) => ({
				sign: signs[state],
				what: undefined,
				advice: undefined,
				...words,
			})),
		},
	};
}
