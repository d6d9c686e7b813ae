import { Observable } from "rxjs";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { CheckResult, CheckVerdict, PromptCode, Remark, SelfTestNews } from "../model/self-test.ts";
import { type Check, type CheckDesk, red, skipped } from "./check.ts";

/** What a self-test runs with. */
export type RunTools = {
	readonly clock: Clock;
	/**
	 * Resolves to what the technician answers to the question that was just told, or rejects when the signal aborts.
	 * Undefined where nobody is to be asked.
	 */
	readonly confirm: ((check: string, signal: AbortSignal) => Promise<boolean>) | undefined;
	/** What came of checks that were run elsewhere before. */
	readonly earlier: readonly CheckResult[];
};

/**
 * Runs checks one after the other, in their order, and tells all that happens. A check whose needs are not green is
 * skipped, one that takes too long or fails is red: the run itself fails never. It is given up when nobody listens
 * any more.
 */
export function runSelfTest(checks: readonly Check[], tools: RunTools): Observable<SelfTestNews> {
	return new Observable((observer) => {
		const over = new AbortController();
		const results = [...tools.earlier];
		const walk = async () => {
			for (const check of checks) {
				if (over.signal.aborted) return;
				const { name, kind, title } = check;
				observer.next({ type: "begun", check: name, kind, title });
				const begunAt = tools.clock.now();
				const verdict = await verdictOf(check, results, over.signal, tools, (news) => observer.next(news));
				const result = { ...verdict, check: name, kind, title, ms: tools.clock.now() - begunAt };
				results.push(result);
				observer.next({ type: "judged", result });
			}
			observer.complete();
		};
		void walk();
		return () => over.abort("nobody listens");
	});
}

type Tell = (news: SelfTestNews) => void;

async function verdictOf(
	check: Check,
	results: readonly CheckResult[],
	stop: AbortSignal,
	tools: RunTools,
	tell: Tell,
): Promise<CheckVerdict> {
	const missing = results.find((result) => check.needs.includes(result.check) && result.state !== "green");
	if (missing !== undefined) return skipped("needs", { check: missing.check });
	const end = new AbortController();
	const signal = AbortSignal.any([stop, end.signal]);
	const late = tools.clock.sleep(check.mostMs, signal).then(
		() => red("too-slow", { seconds: Math.round(check.mostMs / 1_000) }),
		() => red("too-slow", { seconds: 0 }),
	);
	try {
		return await Promise.race([check.run(deskOf(check, results, signal, tools, tell)), late]);
	} catch (error) {
		return red("broken", { detail: wordsOf(error) });
	} finally {
		end.abort("the check is over");
	}
}

function deskOf(
	{ name }: Check,
	results: readonly CheckResult[],
	signal: AbortSignal,
	{ confirm }: RunTools,
	tell: Tell,
): CheckDesk {
	const ask =
		confirm &&
		((prompt: Remark<PromptCode>) => {
			tell({ type: "asked", check: name, prompt });
			return confirm(name, signal);
		});
	return {
		signal,
		tell: (prompt) => tell({ type: "told", check: name, prompt }),
		confirm: ask,
		results: () => results,
	};
}

/** A fault's code and detail; of anything else its own words. */
function wordsOf(error: unknown): string {
	if (error instanceof FaultError) return error.message;
	return error instanceof Error ? error.message : String(error);
}
