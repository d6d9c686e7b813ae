import type { ToldPrint } from "../journal/stories.ts";
import { say } from "../model/sentence.ts";
import type { Explain } from "../pos/errors.ts";
import { sentenceOf } from "./story-outcome.ts";
import type { Step } from "./story-step.ts";
import type { StoryWords } from "./story-words.ts";

/** What came of one print: into the queue, begun, judged, and what the cashier found. */
export function printSteps(print: ToldPrint, words: StoryWords, explain: Explain): Step[] {
	const { id, mark, printer, queuedAt, begunAt, judgedAt, resolved, resolvedAt } = print;
	const holes = {
		...{ print: id, printer, mark: words.mark[mark] },
		document: words.document[print.document as keyof StoryWords["document"]],
	};
	return [
		{ at: queuedAt, lines: [say(words.queued, holes)] },
		...(begunAt === undefined ? [] : [{ at: begunAt, lines: [say(words.printing, holes)] }]),
		...(judgedAt === undefined ? [] : [{ at: judgedAt, lines: verdictLines(print, words, explain) }]),
		...(resolved === undefined || resolvedAt === undefined
			? []
			: [{ at: resolvedAt, lines: [say(words.resolved[resolved], holes)] }]),
	];
}

function verdictLines(print: ToldPrint, words: StoryWords, explain: Explain): string[] {
	const { id, state, evidence, fault, detail, resolved } = print;
	if (state === "queued" || state === "printing") return [];
	const proof = evidence && words.evidence[evidence];
	return [
		say(words.verdict[state], { print: id, fault, evidence: proof }),
		...(fault && state !== "cancelled" ? [say(words.cashier, { sentence: sentenceOf(explain(fault)) })] : []),
		...(detail ? [say(words.detail, { detail })] : []),
		...(state === "unknown" && resolved === undefined ? [words.unresolved] : []),
	];
}
