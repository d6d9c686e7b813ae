import { isTaken, type Transaction } from "../../hardware-mocks/pay-api/bank.ts";
import { Desk } from "../../hardware-mocks/pay-api/desk.ts";
import { usualProviders } from "../../hardware-mocks/pay-api/providers.ts";
import { decideRefund, type Refund } from "../../hardware-mocks/pay-api/refunds.ts";
import { readRequest } from "../../hardware-mocks/pay-api/requests.ts";
import type { HttpRequest } from "../../src/pay/exchange.ts";
import type { HttpAnswer } from "../../src/pay/reply.ts";
import type { Facts } from "../../src/pay/wire.ts";
import type { ServerPayment } from "./books.ts";
import type { Fate, Plan, Press } from "./plan.ts";
import type { World } from "./world.ts";

const calls = {
	"/availability-info/task": "providers",
	"/checkout": "checkout",
	"/transaction/status": "status",
	"/transaction/cancel": "cancel",
	"/transaction/refund": "refund",
	"/transaction/receipt": "receipt",
} as const;

const errorCode = "EXTERNAL_PROVIDER_ERROR";

/** A line of the server's own books. */
export function serverPayment(transaction: Transaction): ServerPayment {
	const { transactionId, requestId, checkout, refunds } = transaction;
	const { terminalId } = checkout;
	const { orderId, totalAmount: amount } = checkout.checkoutInvoice;
	return { transactionId, requestId, terminalId, orderId, amount, taken: isTaken(transaction), refunds };
}

/** The Pay API's simulator in the world of a plan: customers and bank decide when the plan says so, and it posts. */
export class Bank {
	readonly complaints: string[] = [];
	readonly #world: World;
	readonly #plan: Plan;
	readonly #desk: Desk;

	constructor(world: World, plan: Plan) {
		this.#world = world;
		this.#plan = plan;
		const ambient = { now: () => world.wallNow, newId: () => world.chance.guid() };
		this.#desk = new Desk({ pending: true, refundPending: true }, undefined, usualProviders, ambient);
	}

	get payments(): ServerPayment[] {
		return this.#desk.bank.transactions.map(serverPayment);
	}

	/** Answers a request as the server does, at once. */
	answer({ path, body = "" }: HttpRequest): HttpAnswer {
		const call = calls[path.slice(path.indexOf("/merchant") + "/merchant".length) as keyof typeof calls];
		const request = readRequest(call, Buffer.from(body));
		if (typeof request === "string") return this.#complain(call, request);
		const before = this.#count();
		const { answer = { status: 500 } } = this.#desk.serve(request);
		if (answer.status === 400) return this.#complain(call, JSON.stringify(answer.json));
		if (this.#count() > before) this.#begin(request.body);
		return httpAnswer(answer.status, answer.json, this.#world.wallNow);
	}

	/** Posts what no till should believe or need. */
	post(what: "unknown" | "again"): void {
		const id =
			what === "again" ? this.#desk.bank.transactions.at(-1)?.transactionId : this.#world.chance.guid();
		if (id !== undefined)
			this.#post({ transactionId: id, status: what === "again" ? this.#statusOf(id) : "accepted" });
	}

	#complain(call: string, why: string): HttpAnswer {
		this.complaints.push(`${call}: ${why}`);
		return httpAnswer(400, { message: why }, this.#world.wallNow);
	}

	/** How many payments and refunds there are. */
	#count(): number {
		return this.#desk.bank.transactions.reduce((sum, { refunds }) => sum + 1 + refunds.length, 0);
	}

	#begin({ requestId }: { readonly requestId: string }): void {
		for (const transaction of this.#desk.bank.transactions) {
			const refund = transaction.refunds.find((one) => one.requestId === requestId);
			if (refund !== undefined) this.#decideRefundLater(transaction, refund);
			else if (transaction.requestId === requestId) this.#decideLater(transaction);
		}
	}

	#decideLater(transaction: Transaction): void {
		const { fate } = this.#shopperOf(transaction) ?? {};
		if (fate === undefined || fate.how === "never") return;
		this.#world.time.after(fate.afterMs, () => {
			this.#desk.bank.decide(transaction, fate.how === "rejects" ? errorCode : undefined);
			this.#tell(transaction, `the customer ${fate.how}`);
		});
	}

	#decideRefundLater(transaction: Transaction, refund: Refund): void {
		const { how, afterMs } = this.#refundFate(transaction);
		const ambient = { now: () => this.#world.wallNow, newId: () => this.#world.chance.guid() };
		this.#world.time.after(afterMs, () => {
			decideRefund(transaction, refund, ambient, how === "rejects" ? errorCode : undefined);
			this.#tell(transaction, `the bank ${how} a refund`, refund);
		});
	}

	/** Postbacks are sent for half of the days, and take their time. */
	#tell(transaction: Transaction, words: string, refund?: Refund): void {
		this.#world.tell(`${words}: ${transaction.status}`);
		if (this.#plan.seed % 2 === 0) return;
		const { transactionId, status, slip } = transaction;
		const own = refund && { refTransactionId: refund.refTransactionId, refStatus: refund.status };
		const facts = { transactionId, status, ...own, slip: refund?.slip ?? slip };
		this.#world.time.after(this.#world.chance.between(0, 2_000), () => this.#post(facts));
	}

	#post({ slip, ...facts }: Omit<Facts, "slip"> & { readonly slip?: object | undefined }): void {
		this.#world.tell(`postback: ${facts.status} ${"refStatus" in facts ? facts.refStatus : ""}`);
		this.#world.hearPostback({ ...facts, ...(slip && { slip: { ...slip, unlisted: {} } }) } as Facts);
	}

	#statusOf(id: string): string {
		return this.#desk.bank.find(id)?.status ?? "";
	}

	#shopperOf({ checkout }: Transaction) {
		const { orderId } = checkout.checkoutInvoice;
		return this.#plan.shoppers.find(({ name }) => orderId === `order of ${name}`);
	}

	#refundFate(transaction: Transaction): Fate {
		const isRefund = (press: Press) => press.wish === "refund";
		const presses = this.#shopperOf(transaction)?.presses.filter(isRefund) ?? [];
		return (
			presses[(transaction.refunds.length - 1) % Math.max(1, presses.length)]?.fate ?? {
				how: "accepts",
				afterMs: 0,
			}
		);
	}
}

function httpAnswer(status: number, json: object | undefined, now: number): HttpAnswer {
	const body = Buffer.from(json === undefined ? "" : JSON.stringify(json));
	return { status, headers: { date: new Date(now).toUTCString() }, body };
}
