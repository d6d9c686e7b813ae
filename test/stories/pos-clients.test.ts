import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { connectPos } from "../../src/client/pos-client.ts";
import type { PosEvent } from "../../src/model/event.ts";
import {
	counted,
	ending,
	newCustomer,
	openShop,
	payOnce,
	payWith,
	printEvent,
	refusal,
	restart,
	settingsFile,
	show,
	start,
	startAnother,
	wishOf,
} from "./shop.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openShop();
}, 60_000);
afterAll(() => stage.strike());

const socket = () => join(stage.folder, "kassad.sock");

test("two programs at once: each gets its own answers, and both hear the same events", async () => {
	const other = await connectPos(socket());
	await other.call("events.subscribe", {});
	const customer = newCustomer();
	const scan = await show(stage, customer);
	const [started, hello] = await Promise.all([
		start(stage.pos, customer, scan),
		other.call("hello", { client: "the other" }),
	]);
	expect(hello).toMatchObject({ name: "kassad", protocol: 1 });
	for (const told of [ending, printEvent]) {
		expect(await told(other, started.operationId)).toEqual(await told(stage.pos, started.operationId));
	}
	await other.close();
});

test("the same key with the same wish is the same operation, also after a restart; paid once", async () => {
	const customer = newCustomer();
	const scan = await show(stage, customer);
	const before = counted(stage);
	const first = await start(stage.pos, customer, scan);
	expect(await start(stage.pos, customer, scan)).toEqual(first);
	await ending(stage.pos, first.operationId);
	await printEvent(stage.pos, first.operationId);
	await restart(stage);
	expect(await start(stage.pos, customer, scan)).toEqual(first);
	expect(counted(stage).transactions).toBe(before.transactions + 1);
	expect(counted(stage).receipts).toBe(before.receipts + 1);
});

test("the same key with another wish is a conflict, and nothing is begun", async () => {
	const customer = newCustomer();
	const scan = await show(stage, customer);
	const { operationId } = await start(stage.pos, customer, scan);
	await ending(stage.pos, operationId);
	const before = counted(stage);
	const other = { ...wishOf(customer, scan), totalAmount: 1 };
	expect((await refusal(stage.pos.call("pay.start", other))).data).toMatchObject({
		fault: "key-conflict",
		moneyMoved: "no",
	});
	expect(counted(stage).transactions).toBe(before.transactions);
	await printEvent(stage.pos, operationId);
});

test("while a payment runs the till is busy, and the cashier's cancel ends it without money moving", async () => {
	stage.payApi.next({ pending: true });
	const [customer, second] = [newCustomer(), newCustomer()];
	const scan = await show(stage, customer);
	const secondScan = await show(stage, second);
	const { operationId } = await start(stage.pos, customer, scan);
	const busy = await refusal(start(stage.pos, second, secondScan));
	expect(busy.data).toMatchObject({ fault: "till-busy", moneyMoved: "no" });
	await stage.pos.call("pay.cancel", { operationId });
	const { body } = await ending(stage.pos, operationId);
	expect(body).toMatchObject({
		state: "refused",
		fault: "payment-cancelled-by-cashier",
		moneyMoved: "no",
	});
	expect(stage.payApi.transactions.at(-1)?.status).toBe("canceled");
	const late = await refusal(stage.pos.call("pay.cancel", { operationId }));
	expect(late.data.fault).toBe("too-late-to-cancel");
	await payWith(stage, second, secondScan);
});

test("an operation is found by its id, its key and its order", async () => {
	const customer = newCustomer();
	const operationId = await payOnce(stage, customer);
	const { orderId } = customer.basket;
	const found = await stage.pos.call("operation.get", { operationId });
	expect(await stage.pos.call("operation.get", { orderId })).toEqual(found);
	expect(await stage.pos.call("operation.get", { key: `sale-${orderId}` })).toEqual(found);
	expect((await refusal(stage.pos.call("operation.get", { orderId: "never" }))).data.fault).toBe(
		"operation-not-found",
	);
});

test("a program that comes back with its last event's number misses nothing", async () => {
	const { seq } = await stage.pos.call("hello", { client: "till" });
	const operationId = await payOnce(stage);
	const late = await connectPos(socket());
	await late.call("events.subscribe", { since: seq });
	const heard = [
		await late.nextEvent(() => true),
		await late.nextEvent(() => true),
		await late.nextEvent(() => true),
	];
	expect(heard.map(({ type }) => type)).toEqual(["scan", "operation", "print"]);
	expect(heard[1]?.body.operationId).toBe(operationId);
	await late.close();
});

test("after a restart every kept event comes again, once and in order", async () => {
	const kept: PosEvent[] = [];
	const { seq } = await stage.pos.call("hello", { client: "till" });
	stage.pos.events$.subscribe((event) => kept.push(event));
	await payOnce(stage);
	await payOnce(stage);
	await restart(stage);
	const late = await connectPos(socket());
	const again: PosEvent[] = [];
	late.events$.subscribe((event) => again.push(event));
	await late.call("events.subscribe", { since: seq });
	// The restarted daemon's first word; behind it there is nothing of the day before.
	await late.nextEvent(({ type }) => type === "device");
	const lasting = (events: PosEvent[]) =>
		events.filter(({ type }) => type === "operation" || type === "print");
	expect(lasting(again)).toEqual(lasting(kept));
	expect(again.map((event) => event.seq)).toEqual(again.map((event) => event.seq).toSorted((a, b) => a - b));
	await late.close();
});

test("a second daemon on the same journal is refused with a clear word, and the first goes on", async () => {
	const { code, words } = await startAnother(stage, settingsFile(stage));
	expect(code).toBe(1);
	expect(words).toMatch(/journal-failed: .*another kassad/i);
	await payOnce(stage);
});
