import fc from "fast-check";
import type { Journal } from "../../src/journal/journal.ts";
import { faultOf } from "../../src/model/fault.ts";
import { kopecks } from "../../src/model/money.ts";
import { intentOf, receiptOf, refundOf } from "./intents.ts";

/** One thing that happens at a till. Numbers choose among what is there: names, transactions, open operations. */
export type Step =
	| Beginning
	| { readonly do: "tell" | "settle" | "refuse"; readonly which: number }
	| { readonly do: "restart" };

type Beginning = {
	readonly do: "payment" | "refund" | "receipt";
	readonly name: number;
	readonly of: number;
	readonly amount: number;
};

const beginning = (deed: Beginning["do"]) =>
	fc.record({
		do: fc.constant(deed),
		name: fc.nat(39),
		of: fc.nat(2),
		amount: fc.integer({ min: 1, max: 400 }),
	});
const judging = fc.record({
	do: fc.constantFrom("tell" as const, "settle" as const, "refuse" as const),
	which: fc.nat(9),
});

export const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{ weight: 3, arbitrary: beginning("payment") },
		{ weight: 8, arbitrary: beginning("refund") },
		{ weight: 1, arbitrary: beginning("receipt") },
		{ weight: 12, arbitrary: judging },
		{ weight: 1, arbitrary: fc.constant({ do: "restart" as const }) },
	),
	{ maxLength: 60, size: "max" },
);

export type Known = {
	readonly id: string;
	readonly kind: "payment" | "refund" | "receipt";
	readonly transaction: string;
	readonly amount: number;
	state: "in-progress" | "unknown" | "settled" | "refused";
};

const isOpen = ({ state }: Known) => state === "in-progress" || state === "unknown";

/** The till as simple as can be: what the journal must know after each step, and answer to it. */
export class TillModel {
	readonly operations: Known[] = [];

	get open(): readonly Known[] {
		return this.operations.filter(isOpen);
	}

	get inProgress(): string | undefined {
		return this.open.find(({ kind, state }) => kind !== "receipt" && state === "in-progress")?.id;
	}

	/** What the journal must answer to a wish. */
	answerTo({ id, kind, transaction, amount }: Known): string {
		if (this.operations.some((one) => one.id === id)) return "known";
		if (kind === "receipt") return "begun";
		if (kind === "refund" && this.open.some((one) => isRefundOf(one, transaction))) {
			return "refund-already-running";
		}
		if (kind === "refund" && amount > this.#restOf(transaction)) return "refund-over-rest";
		return this.inProgress === undefined ? "begun" : "till-busy";
	}

	/** The operation of a wish. A payment has a transaction of its own; other wishes name one, or another till's. */
	wish({ do: kind, name, of, amount }: Beginning): Known {
		const payments = this.operations.filter((one) => one.kind === "payment");
		const transaction =
			kind === "payment" ? `transaction ${payments.length}` : payments.at(-1 - of)?.transaction;
		const id = `operation ${name}`;
		return { id, kind, transaction: transaction ?? "another till's", amount, state: "in-progress" };
	}

	#restOf(transaction: string): number {
		const all = this.operations.filter((one) => one.transaction === transaction);
		const payment = all.find(({ kind }) => kind === "payment");
		return all
			.filter(({ kind, state }) => kind === "refund" && state === "settled")
			.reduce((rest, { amount }) => rest - amount, payment?.amount ?? Number.POSITIVE_INFINITY);
	}
}

const isRefundOf = ({ kind, transaction }: Known, of: string) => kind === "refund" && transaction === of;

/** Does a wish at the journal; what was answered in a word. The server names a payment's transaction at once. */
export function wishAt(journal: Journal, { id, kind, transaction, amount }: Known): string {
	const name = id.replace("operation ", "");
	try {
		if (kind === "refund") return journal.begin(refundOf(transaction, name, amount)).kind;
		if (kind === "receipt") return journal.begin(receiptOf(transaction, name)).kind;
		const intent = intentOf(name);
		const purchase = { ...intent.operation.wish.purchase, totalAmount: kopecks(amount) };
		const wish = { ...intent.operation.wish, purchase };
		const { kind: answer } = journal.begin({ ...intent, operation: { ...intent.operation, wish } });
		if (answer === "begun") journal.diary(id).learned({ transactionId: transaction });
		return answer;
	} catch (error) {
		return faultOf(error);
	}
}

/** Judges an operation at the journal. */
export function judgeAt(
	journal: Journal,
	{ id, transaction: transactionId }: Known,
	deed: string,
): Known["state"] {
	if (deed === "tell") {
		journal.tell(id, { kind: "unknown", fault: "server-silent" }, {});
		return "unknown";
	}
	if (deed === "settle") {
		journal.finish(id, { kind: "settled", transactionId }, { eventBody: {} });
		return "settled";
	}
	journal.finish(id, { kind: "refused", fault: "refund-declined", transactionId }, { eventBody: {} });
	return "refused";
}
