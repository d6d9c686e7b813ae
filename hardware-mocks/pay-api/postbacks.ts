import type { Ambient } from "./ambient.ts";
import type { Transaction } from "./bank.ts";
import { paymentSeen } from "./decisions.ts";
import type { Postman } from "./postman.ts";
import { type Refund, refundTold } from "./refunds.ts";
import type { PostbackScript } from "./script.ts";

/** One postback, and what came of it. */
export type PostbackRecord = {
	/** Wall-clock ms when the till had answered, or could not. */
	readonly at: number;
	/** `true` is what became of a transaction; `forged` has a wrong password; `unknown` is about no transaction at all. */
	readonly kind: "true" | "forged" | "unknown";
	readonly body: object;
	/** `200`, or why there is no answer. */
	readonly got: string;
};

type Tools = {
	readonly postman: Postman;
	readonly ambient: Ambient;
	readonly stop: AbortSignal;
	readonly tell: (record: PostbackRecord) => void;
};

/** Posts how payments and refunds end (cm_pay_api 1.2.1, postback), as their scripts want it. */
export class Postbacks {
	readonly #tools: Tools;
	readonly #begun = new Set<string>();
	readonly #told = new Set<string>();

	constructor(tools: Tools) {
		this.#tools = tools;
	}

	/** Posts what has changed since the last look. @returns what an answer has to wait for, if anything. */
	look(transactions: readonly Transaction[]): Promise<unknown> | undefined {
		const waits = transactions.flatMap((transaction) => {
			const { postback = {} } = transaction.script;
			if (this.#hasBegun(transaction)) this.#lie(transaction, postback);
			const posted = this.#news(transaction).map((body) => this.#tellTrue(body, postback));
			return postback.beforeAnswer ? posted : [];
		});
		return waits.length === 0 ? undefined : Promise.all(waits);
	}

	/** Whether it, or a refund of it, was not there at the last look. */
	#hasBegun({ transactionId, refunds }: Transaction): boolean {
		const before = this.#begun.size;
		for (const id of [transactionId, ...refunds.map((refund) => refund.refTransactionId)])
			this.#begun.add(id);
		return this.#begun.size > before;
	}

	/** The endings that nobody was told of, each in the words of transaction/status. */
	#news(transaction: Transaction): object[] {
		const { transactionId, status } = transaction;
		const isFirst = (id: string) => !this.#told.has(id) && this.#told.add(id);
		const payment = status !== "new" && status !== "pending" && isFirst(transactionId);
		const refunds = transaction.refunds.filter(
			(refund: Refund) => refund.status !== "new" && isFirst(refund.refTransactionId),
		);
		return [
			...(payment ? [paymentSeen(transaction)] : []),
			...refunds.map((refund) => refundTold(transaction, refund)),
		];
	}

	async #tellTrue(body: object, { late = 0, times = 1 }: PostbackScript): Promise<void> {
		if (late > 0) await this.#pass(late);
		for (let time = 0; time < times; time += 1) await this.#post("true", body);
	}

	#lie(transaction: Transaction, { forged, unknown }: PostbackScript): void {
		const accepted = { status: "accepted", refStatus: "accepted", errorCode: undefined };
		const refund = transaction.refunds.at(-1);
		const seen = refund === undefined ? paymentSeen(transaction) : refundTold(transaction, refund);
		if (forged) void this.#post("forged", { ...seen, ...accepted });
		if (unknown) {
			const transactionId = this.#tools.ambient.newId();
			void this.#post("unknown", { ...paymentSeen(transaction), ...accepted, transactionId });
		}
	}

	async #post(kind: PostbackRecord["kind"], facts: object): Promise<void> {
		const { postman, ambient, stop, tell } = this.#tools;
		if (stop.aborted) return;
		const body = { requestId: ambient.newId(), ...facts };
		const got = await (kind === "forged" ? postman.post(body, "guessed") : postman.post(body));
		tell({ at: ambient.now(), kind, body, got });
	}

	#pass(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#tools.stop.addEventListener("abort", () => {
				clearTimeout(timer);
				resolve();
			});
		});
	}
}
