import type { ToldOperation } from "../journal/stories.ts";
import { type Kopecks, roubles } from "../model/money.ts";
import { say } from "../model/sentence.ts";
import type { CashierMessage, Explain } from "../pos/errors.ts";
import { operationView } from "../pos/views.ts";
import type { Step } from "./story-step.ts";
import type { StoryWords } from "./story-words.ts";

/** A message in one line. */
export const sentenceOf = ({ title, text }: CashierMessage) => `${title}. ${text}`;

/** What the POS program is told of the operation: whether money moved, and the cashier's message. */
export function verdictOf(operation: ToldOperation, explain: Explain) {
	const { id, kind, orderId, amount, state, fault, wireCode } = operation;
	const told = { id, kind, orderId, amount, state, ...(fault && { fault }), ...(wireCode && { wireCode }) };
	const { moneyMoved, cashier } = operationView(told, explain);
	return { moneyMoved, ...(cashier && { cashier }) };
}

/** How it ended, or that it has not: the money, the cashier's message, the server's code, the bank's slip. */
export function outcomeStep(operation: ToldOperation, words: StoryWords, explain: Explain): Step {
	const { kind, state, fault, wireCode, summary, slip, cancelWanted: why, finishedAt } = operation;
	const { moneyMoved, cashier } = verdictOf(operation, explain);
	const movesMoney = kind === "payment" || kind === "refund";
	const money = moneyMoved === "yes" ? (`${kind === "refund" ? kind : "payment"}-yes` as const) : moneyMoved;
	const lines = [
		say(words.outcome[state], { fault }),
		...(movesMoney && money ? [words.money[money]] : []),
		...(why ? [say(words["cancel-wanted"], { reason: words.reason[why] })] : []),
		...(cashier ? [say(words.cashier, { sentence: sentenceOf(cashier) })] : []),
		...(wireCode ? [say(words["wire-code"], { code: wireCode })] : []),
		...(summary ? [say(words.answer, { summary })] : []),
		...(slip ? slipLines(slip, words) : []),
	];
	return { ...(finishedAt !== undefined && { at: finishedAt }), lines };
}

/** A field to a line, so that an id can be read and copied. */
function slipLines(slip: NonNullable<ToldOperation["slip"]>, words: StoryWords): string[] {
	const width = Math.max(...Object.keys(slip).map((field) => field.length));
	const fields = Object.entries(slip).map(([field, value]) =>
		say(words["slip-field"], {
			field: field.padEnd(width),
			value: field === "totalAmount" ? money(value as Kopecks, words) : value,
		}),
	);
	return [words.slip, ...fields];
}

/** `1 234,56`, with the decimal mark of the language. */
export const money = (amount: Kopecks, { decimal }: StoryWords) => roubles(amount).replace(",", decimal);
