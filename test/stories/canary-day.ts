import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { CanaryTill, DyedCard } from "./canary-till.ts";
import { connectRaw } from "./raw-client.ts";
import { ending, newCustomer, printEvent, refusal } from "./shop.ts";

/** Shows the card and waits for the event of its scan. */
export async function showDyed(till: CanaryTill, card: DyedCard) {
	const { pos, scanner } = till.stage;
	const masked = `${card.number.slice(0, 2)}*******${card.number.slice(-4)}`;
	await scanner.show("]Q1", till.codeOf(card));
	return pos.nextEvent(({ type, body }) => type === "scan" && body.card === masked);
}

/** A customer pays with a new card; resolves with the operation's id when it has begun. */
export async function beginToPay(till: CanaryTill): Promise<string> {
	const scan = await showDyed(till, till.newCard());
	expect(scan.body).toMatchObject({ kind: "payable", canPay: true });
	const { basket } = newCustomer();
	const wish = { key: `sale-${basket.orderId}`, scanId: `${scan.body.scanId}`, ...basket };
	const { operationId } = await till.stage.pos.call("pay.start", wish);
	return operationId;
}

/** The end of an operation, its paper, and what is said of it when asked. */
export async function toTheEnd(till: CanaryTill, operationId: string): Promise<string> {
	const { pos } = till.stage;
	const { body } = await ending(pos, operationId);
	if (body.state === "settled" && body.kind !== "receipt") await printEvent(pos, operationId);
	till.heard("operation.get", await pos.call("operation.get", { operationId }));
	return `${body.state}`;
}

/** Paid, and killed with SIGKILL while the checkout is under way; the next daemon ends it. */
export async function payThroughDeath(till: CanaryTill): Promise<string> {
	const { payApi } = till.stage;
	payApi.disturb({ on: "checkout", silent: true, times: 1 });
	const arrival = payApi.arrival("checkout");
	const operationId = await beginToPay(till);
	await arrival;
	// The writings of a till that was struck down: the write-ahead log among them.
	till.heard("killed", "");
	await till.stage.daemon.kill();
	till.keepLog();
	const files = till.writings();
	await till.stage.restart();
	await till.listen();
	for (const { place, bytes } of files)
		till.heard(`${place}, after SIGKILL`, Buffer.from(bytes).toString("latin1"));
	expect(await toTheEnd(till, operationId)).toBe("settled");
	return operationId;
}

/** Used twice, damaged, with a wrong password, old, foreign, and in nonsense that programs ask. */
export async function misuseCards(till: CanaryTill): Promise<void> {
	const { pos, scanner } = till.stage;
	const { prefix, number, session } = till.newCard();
	const code = till.codeOf(till.newCard());
	const wrong = `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
	const odd = [
		wrong,
		`${prefix}${number}`,
		`${prefix}${number}${session}9X7`,
		`88${number}${session}`,
		"4601234567893",
	];
	for (const content of odd) {
		await scanner.show("]Q1", content);
		await pos.nextEvent(({ type }) => type === "scan");
	}
	for (const method of ["pay.start", "operation.get", "pay.cancel", "scan.take", "refund.start"] as const) {
		const params = { scanId: number, key: session, operationId: number } as never;
		till.heard(method, (await refusal(pos.call(method, params))).data.cashier);
	}
	await misuseSocket(till);
}

/** Frames that are none, with secrets in them. What comes back is the sender's own, and only the log counts. */
async function misuseSocket({ stage, newCard }: CanaryTill): Promise<void> {
	const { number, session } = newCard();
	const lines = [
		`{"jsonrpc":"2.0","id":1,"method":"pay.start","params":{"scanId":"${number}${session}"`,
		`${number}${session}`,
		`{"jsonrpc":"2.0","id":"${session}","method":"${number}","params":{"${session}":"${number}"}}`,
		`{"jsonrpc":"2.0","method":"${session}"}`,
		`[{"jsonrpc":"2.0","id":1,"method":"${number}"}]`,
		`{"jsonrpc":"2.0","id":2,"method":"hello","params":{"client":["${session}"],"${number}":1}}`,
		`{"jsonrpc":"2.0","id":3,"method":"print.list","params":{"states":["${session}"],"most":${number}}}`,
		"\u0000\ufffd".repeat(3),
	];
	for (const line of lines) {
		const client = await connectRaw(stage);
		await client.send(`${line}\n{"jsonrpc":"2.0","id":9,"method":"hello","params":{"client":"c"}}\n`);
		await client.answer();
		client.close();
	}
}

const fiscal = {
	...{ receiptId: "1", merchantName: "Лавка", merchantAddress: "Москва", inn: "001234567890" },
	...{ dateTime: "2026-11-24T12:00:00+03:00", shift: "1", cashier: "Иванова", receiptType: "debit" },
};

/** Asked for ways to pay, paid with the long session, paid back, and the receipt sent to the app. */
export async function wholePurchase(till: CanaryTill): Promise<string> {
	const { pos } = till.stage;
	const scan = await showDyed(till, till.newCard());
	const { paymentTypes, ...purchase } = newCustomer().basket;
	const scanId = `${scan.body.scanId}`;
	till.heard("pay.providers", await pos.call("pay.providers", { scanId, ...purchase }));
	const wish = { key: randomUUID(), scanId, paymentTypes, ...purchase };
	const { operationId } = await pos.call("pay.start", wish);
	expect(await toTheEnd(till, operationId)).toBe("settled");
	const refund = await pos.call("refund.start", { key: randomUUID(), operationId });
	expect(await toTheEnd(till, refund.operationId)).toBe("settled");
	const invoice = { ...purchase, ...fiscal };
	const receipt = await pos.call("receipt.send", { key: randomUUID(), operationId, invoice, meta: {} });
	expect(await toTheEnd(till, receipt.operationId)).toBe("settled");
	return operationId;
}
