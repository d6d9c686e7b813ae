import type { ToldAttempt, ToldOperation } from "../journal/stories.ts";
import { say } from "../model/sentence.ts";
import type { Step } from "./story-step.ts";
import type { StoryWords } from "./story-words.ts";

/** Questions that are asked again and again until something changes. */
const polls: ReadonlySet<string> = new Set(["status", "providers-poll"]);

/**
 * What was asked of the server and what came of it: a step for each request. Polls that brought the same answer as the one
 * before are one step together.
 */
export function attemptSteps(
	operation: ToldOperation,
	words: StoryWords,
	timeOf: (at: number) => string,
): Step[] {
	const seen = new Set<string>();
	return runsOf(operation.attempts).flatMap(([first, ...more]) => {
		if (first === undefined) return [];
		const id = `${first.call} ${first.requestId}`;
		const isFirst = !seen.has(id);
		seen.add(id);
		const step = stepOf(first, isFirst ? words.asked : words["asked-again"], operation, words);
		const last = more.at(-1);
		if (last === undefined || more.length === 1)
			return [step, ...more.map((one) => stepOf(one, words.asked, operation, words))];
		return [step, oftenStep(more, timeOf(last.begunAt), words)];
	});
}

/** Cuts the attempts where something changes. */
function runsOf(attempts: readonly ToldAttempt[]): ToldAttempt[][] {
	const runs: ToldAttempt[][] = [];
	for (const attempt of attempts) {
		const run = runs.at(-1);
		if (run?.[0] !== undefined && polls.has(attempt.call) && isSame(run[0], attempt)) run.push(attempt);
		else runs.push([attempt]);
	}
	return runs;
}

const isSame = (one: ToldAttempt, other: ToldAttempt) =>
	one.call === other.call && one.result === other.result && one.summary === other.summary;

function stepOf(attempt: ToldAttempt, asked: string, { state }: ToldOperation, words: StoryWords): Step {
	const { call, requestId, begunAt: at, result, summary = "" } = attempt;
	if (call === "postback") return { at, lines: [say(words.posted, { summary })] };
	const known = result ?? (state === "in-progress" || state === "unknown" ? "waiting" : "lost");
	const came = say(words.result[known], { ms: msOf(attempt), summary });
	return {
		at,
		lines: [
			say(asked, { call: words.call[call], result: came }),
			say(words["request-id"], { id: requestId }),
		],
	};
}

function oftenStep(run: readonly ToldAttempt[], until: string, words: StoryWords): Step {
	const [first] = run as [ToldAttempt, ...ToldAttempt[]];
	const ms = Math.max(...run.map(msOf));
	const result = first.result === undefined ? words.result.lost : say(words.often[first.result], { ms });
	const call = first.call === "postback" ? "" : words.call[first.call];
	return {
		at: first.begunAt,
		lines: [say(words["asked-often"], { count: run.length, call, until, result })],
	};
}

/** How long the answer took, ms; 0 when the clock was put back meanwhile. */
const msOf = ({ begunAt, endedAt = begunAt }: ToldAttempt) => Math.max(0, endedAt - begunAt);
