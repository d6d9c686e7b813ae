import { expect } from "vitest";
import type { Patch, Stage } from "../../hardware-mocks/demo/stage.ts";
import type { Script } from "../../hardware-mocks/pay-api.ts";
import { loadMessages } from "../../src/messages.ts";
import type { FaultCode } from "../../src/model/fault.ts";
import { brisk, type Customer, ending, newCustomer, printEvent, show, start } from "./shop.ts";

/** The brisk settings with some of `payApi` put their own way. */
export function payApi(own: Patch): Patch {
	const usual = brisk.payApi as Patch;
	return { payApi: { ...usual, ...own } };
}

type Item = { readonly quantity: number; readonly totalAmount: number; readonly measure?: string };

/** A customer who buys these; each item gets a name and an article of its own. */
export function customerWith(...items: readonly Item[]): Customer {
	const { basket, ...customer } = newCustomer();
	const named = items.map((item, index) => ({
		name: `Товар ${index + 1}`,
		article: `A-${index + 1}`,
		price: Math.ceil(item.totalAmount / item.quantity),
		tax: "vat110",
		...item,
	}));
	const totalAmount = items.reduce((sum, item) => sum + item.totalAmount, 0);
	return { ...customer, basket: { ...basket, items: named, totalAmount } };
}

/** A payment begins, and its server plays this script. Resolves with the operation's id. */
export async function begin(stage: Stage, script?: Script, customer = newCustomer()): Promise<string> {
	if (script !== undefined) stage.payApi.next(script);
	const { operationId } = await start(stage.pos, customer, await show(stage, customer));
	return operationId;
}

/** What the POS program hears when this operation has ended; a slip has been on paper by then. */
export async function endOf({ pos }: Stage, operationId: string) {
	const { body } = await ending(pos, operationId);
	if (body.state === "settled" && body.slip !== undefined) await printEvent(pos, operationId);
	return body;
}

/** What the POS program hears while nobody knows how this operation ends. */
export async function unknownOf({ pos }: Stage, operationId: string) {
	const { body } = await pos.nextEvent(
		({ body }) => body.operationId === operationId && body.state === "unknown",
	);
	return body;
}

/** A payment that goes well. Resolves with the operation's and the transaction's ids. */
export async function pay(stage: Stage, script?: Script, customer = newCustomer()) {
	const operationId = await begin(stage, script, customer);
	const body = await endOf(stage, operationId);
	expect(body).toMatchObject({ state: "settled", moneyMoved: "yes" });
	return { operationId, transactionId: String(body.transactionId), orderId: customer.basket.orderId };
}

const { explain } = loadMessages("ru", { minutes: "5" });

/** The shipped message of a fault or a notice, with the server's code where it has a place for it. */
export function cashierReads(about: string, code?: string) {
	return explain(about as FaultCode, { code });
}

let wishes = 0;

/** The cashier's wish to give money back; of all that is left when nothing else is said. */
export function startRefund({ pos }: Stage, wish: Patch): Promise<{ readonly operationId: string }> {
	wishes += 1;
	return pos.call("refund.start", { key: `return-${wishes}`, ...wish });
}

/** The same, until it has ended. Resolves with what the POS program hears of its end. */
export async function refund(stage: Stage, wish: Patch) {
	const { operationId } = await startRefund(stage, wish);
	return endOf(stage, operationId);
}

/** The requests of one kind that have come to the server since `first`, in their order. */
export function asked({ payApi }: Stage, call: string, first = 0) {
	return payApi.requests.slice(first).filter((request) => request.call === call);
}

/** The server's own record of a transaction, which a story may change as if the bank had. */
export function inBooks({ payApi }: Stage, transactionId?: string) {
	const found = payApi.transactions.find((one) => one.transactionId === transactionId);
	const transaction = transactionId === undefined ? payApi.transactions.at(-1) : found;
	if (transaction === undefined) throw new Error("the server has no such transaction");
	return transaction;
}
