import type { ToldOperation } from "../journal/stories.ts";
import { say } from "../model/sentence.ts";
import type { Explain } from "../pos/errors.ts";
import { attemptSteps } from "./story-attempts.ts";
import { money, outcomeStep } from "./story-outcome.ts";
import { printSteps } from "./story-prints.ts";
import type { Step } from "./story-step.ts";
import { openTimes, type Times } from "./story-times.ts";
import type { StoryWords } from "./story-words.ts";
import { wrap } from "./wrap.ts";

/** How a story is told. */
export type Telling = {
	readonly words: StoryWords;
	readonly explain: Explain;
	/** IANA name; the machine's own when left out. */
	readonly timeZone?: string;
};

const timeColumn = 17;

/** The story of some operations, to be read: at most 80 columns, a step with its time under the other. */
export function storyText(name: string, operations: readonly ToldOperation[], telling: Telling): string {
	const { words, timeZone } = telling;
	const times = openTimes(words, timeZone);
	const zone = times.zone(operations[0]?.startedAt ?? 0);
	const title = [say(words.title, { name, count: operations.length }), say(words.clock, { zone })];
	const chapters = operations.map((operation, index) => chapter(operation, index + 1, telling, times));
	return `${[title.flatMap((line) => wrap(line, 0)), ...chapters].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function chapter(operation: ToldOperation, number: number, telling: Telling, times: Times): string[] {
	const { words } = telling;
	const { kind, orderId, amount, state } = operation;
	const head = say(words.head, {
		...{ number, kind: words.kind[kind], order: orderId },
		...{ amount: money(amount, words), state: words.state[state] },
	});
	const facts = factsOf(operation, words).flatMap((line) => wrap(line, 3));
	return [...wrap(head, 0, 3), ...facts, ...drawn(stepsOf(operation, telling, times), words, times)];
}

function factsOf(operation: ToldOperation, { facts }: StoryWords): string[] {
	const { id, transactionId, refTransactionId, cardMasked: card, brand } = operation;
	return [
		say(facts.operation, { id }),
		...(transactionId ? [say(facts.transaction, { id: transactionId })] : []),
		...(refTransactionId ? [say(facts["refund-transaction"], { id: refTransactionId })] : []),
		...(card ? [say(facts.card, { card, brand })] : []),
	];
}

/** In order of time; what happened at one moment stays as it is told here. */
function stepsOf(operation: ToldOperation, { words, explain }: Telling, times: Times): Step[] {
	const { kind, state, scanner, cardMasked: card, scannedAt, startedAt, doubts, prints } = operation;
	const hasPaper = prints.length > 0 || state !== "settled" || (kind !== "payment" && kind !== "refund");
	const steps: Step[] = [
		...(scannedAt === undefined ? [] : [{ at: scannedAt, lines: [say(words.scanned, { scanner, card })] }]),
		{ at: startedAt, lines: [words.begun] },
		...attemptSteps(operation, words, times.time),
		...doubts.map(({ at, fault }) => ({ at, lines: [say(words.doubted, { fault })] })),
		outcomeStep(operation, words, explain),
		...prints.flatMap((print) => printSteps(print, words, explain)),
		...(hasPaper ? [] : [{ lines: [words["no-paper"]] }]),
	];
	const end = Number.MAX_SAFE_INTEGER;
	return steps.toSorted((one, other) => (one.at ?? end) - (other.at ?? end));
}

/** Steps with their times, and a line wherever another day begins. */
function drawn(steps: readonly Step[], words: StoryWords, times: Times): string[] {
	let today = "";
	return steps.flatMap(({ at, lines }) => {
		const date = at === undefined ? today : times.date(at);
		const day = date === today ? [] : [`   ${say(words.day, { date })}`];
		today = date;
		const [first = "", ...more] = lines.flatMap((line) => wrap(line, timeColumn));
		const time = at === undefined ? "" : times.time(at);
		return [...day, `   ${time}`.padEnd(timeColumn) + first.trimStart(), ...more];
	});
}
