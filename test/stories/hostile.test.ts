import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { logLine } from "./log-lines.ts";
import { connectRaw } from "./raw-client.ts";
import {
	type Customer,
	ending,
	newCustomer,
	openShop,
	payOnce,
	printEvent,
	show,
	start,
	withSettings,
} from "./shop.ts";
import { post, postbackAddress, wholeShop } from "./whole-shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop();
}, 60_000);

afterAll(() => stage.strike());

/** A connection to the server of postbacks that says this much, and then keeps quiet. */
async function stranger(says: string): Promise<Socket> {
	const socket = connect(postbackAddress(stage).port, "127.0.0.1");
	socket.on("error", () => undefined).resume();
	await once(socket, "connect");
	socket.write(says);
	return socket;
}

/** Posts with the right password: none of them is an ending of this transaction. */
const nonsense = (id: string): readonly [body: string | Uint8Array, status: number][] => [
	["", 422],
	["[]", 422],
	["null", 422],
	[`{"status":"accepted","transactionId":"${id}"`, 422],
	[`{"__proto__":{"status":"accepted","transactionId":"${id}"}}`, 422],
	[`{"status":1e999,"transactionId":"${id}"}`, 422],
	[`{"status":["accepted"],"transactionId":"${id}"}`, 422],
	[`{"status":"accepted","transactionId":"${id}","slip":${"[".repeat(500)}${"]".repeat(500)}}`, 422],
	[`{"status":"accepted","transactionId":"${id}","slip":"${"x".repeat(5_000)}"}`, 413],
	[Buffer.from(`{"status":"accepted","transactionId":"${id}\xff"}`, "latin1"), 404],
	['{"status":"accepted","transactionId":"__proto__"}', 404],
	['{"status":"accepted","transactionId":"constructor"}', 404],
	[`{"status":"constructor","transactionId":"${id}"}`, 200],
	[`{"status":"accepte\\u0000d","transactionId":"${id}"}`, 200],
];

/** So many questions of the till are answered "pending", and the next one "accepted". */
const polls = 20;

test("whatever is posted, and whoever holds the door, the payment ends by the server's own word", async () => {
	await withSettings(stage, await wholeShop(stage, "leaky-bridge.ts"), async () => {
		const { payApi, pos, daemon } = stage;
		await logLine(daemon, "the verifier's bridge is ready");
		const customer = newCustomer();
		payApi.next({ accept: polls });
		const { operationId } = await start(pos, customer, await show(stage, customer));
		const begun = await payApi.arrival("status");
		const id = `${JSON.parse(`${begun.body}`).transactionId}`;
		expect(await post(stage, JSON.stringify({ status: "accepted", transactionId: id }), "guess")).toEqual({
			status: 401,
			words: "",
		});
		for (const [body, status] of nonsense(id)) {
			expect([body, (await post(stage, body)).status]).toEqual([body, status]);
		}
		const half = "POST /postback HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{";
		const says = ["", half, "\x16\x03\x01", "GET / HTTP/1.1\r\nX: ", ...Array(8).fill("")];
		const gone = await Promise.all(says.map(stranger));
		await Promise.all(gone.map((socket) => socket.closed || once(socket, "close")));
		expect((await ending(pos, operationId)).body).toMatchObject({ state: "settled", slip: {} });
		expect(payApi.requests.filter(({ body }) => `${body}`.includes(id)).length).toBeGreaterThanOrEqual(polls);
		await printEvent(pos, operationId);
		// One line of each kind: too many, no HTTP, refused, unknown.
		expect(daemon.log.filter((line) => /"warn".*postback/.test(line)).length).toBeLessThanOrEqual(4);
	});
	await payOnce(stage);
});

/** A customer by the last digit of the card: the bad wrapper goes by it. */
function customerWith(digit: number): Customer {
	const usual = newCustomer();
	const number = `${usual.card.number.slice(0, -1)}${digit}`;
	return { ...usual, card: { ...usual.card, number }, masked: `12*******${number.slice(-4)}` };
}

test("a bad wrapper program makes no card good, puts nothing into a header, and is replaced", async () => {
	const paid = await payOnce(stage);
	await withSettings(stage, await wholeShop(stage, "hostile-bridge.ts"), async () => {
		const { pos, daemon, payApi } = stage;
		await logLine(daemon, "the verifier's bridge is ready");
		const before = payApi.requests.filter(({ call }) => call === "refund").length;
		const { operationId } = await pos.call("refund.start", {
			key: "no token",
			operationId: paid,
		});
		const { body } = await ending(pos, operationId);
		const told = { fault: "refund-not-sent", moneyMoved: "no", cashier: { title: "Возврат не отправлен" } };
		expect(body).toMatchObject({ state: "refused", ...told });
		expect(payApi.requests.filter(({ call }) => call === "refund")).toHaveLength(before);
		for (const digit of [0, 1, 2, 3, 4, 5]) {
			const scan = await show(stage, customerWith(digit));
			expect(scan.body).toMatchObject({ kind: "payable", canPay: false, fault: "password-unchecked" });
		}
		const why = "the bridge wrote a line of more than 65536 bytes";
		await logLine(daemon, "the verifier's bridge is down: cards of this brand cannot pay", { why });
	});
	await payOnce(stage);
});

/** Wishes for money back that are none, as they stand on the line. */
const tricks = (id: string): readonly string[] => [
	`"operationId":"${id}","parts":[]`,
	`"operationId":"${id}","parts":[{"position":0,"quantity":1},{"position":0,"quantity":1}]`,
	`"operationId":"${id}","parts":[{"position":0,"quantity":2}]`,
	`"operationId":"${id}","parts":[{"position":0,"quantity":1,"totalAmount":9999999999}]`,
	`"operationId":"${id}","parts":[{"position":0,"quantity":1,"totalAmount":0}]`,
	`"operationId":"${id}","parts":[{"position":1,"quantity":1}]`,
	`"operationId":"${id}","parts":[{"position":-0.5,"quantity":1}]`,
	`"operationId":"${id}","parts":[{"position":0,"quantity":1e999}]`,
	`"operationId":"${id}","parts":[{"position":0,"quantity":9007199254740993}]`,
	`"operationId":"${id}","parts":[{"position":"__proto__","quantity":1}]`,
	`"operationId":"${id}","parts":[{"position":0,"quantity":1,"__proto__":{"totalAmount":1}}]`,
	`"operationId":"${id}","parts":${"[".repeat(100_000)}${"]".repeat(100_000)}`,
	`"operationId":"${id}","__proto__":{"parts":[{"position":0,"quantity":1}]}`,
	`"operationId":"${id}","orderId":"constructor"`,
	'"operationId":"__proto__"',
	'"transactionId":"constructor"',
];

test("no trick with the parts of a refund gives a kopeck back, and of twenty refunds at once one does", async () => {
	const id = await payOnce(stage);
	const client = await connectRaw(stage);
	for (const [index, trick] of tricks(id).entries()) {
		await client.send(
			`{"jsonrpc":"2.0","id":1,"method":"refund.start","params":{"key":"t${index}",${trick}}}\n`,
		);
		expect([trick, await client.answer()]).toMatchObject([trick, { error: { data: { moneyMoved: "no" } } }]);
	}
	client.close();
	const { pos, payApi } = stage;
	const asked = () => payApi.requests.filter(({ call, repeat }) => call === "refund" && !repeat).length;
	const before = asked();
	const wishes = Array.from({ length: 20 }, (_, index) => ({ key: `flood-${index}`, operationId: id }));
	const begun = await Promise.allSettled(wishes.map((wish) => pos.call("refund.start", wish)));
	const [first, ...more] = begun.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
	expect(more).toEqual([]);
	expect((await ending(pos, `${first?.operationId}`)).body).toMatchObject({ state: "settled" });
	// Its slip is on paper before the next payment's is counted.
	await printEvent(pos, `${first?.operationId}`);
	expect(asked()).toBe(before + 1);
	expect(await pos.call("operation.get", { operationId: id })).toMatchObject({ refundable: 0 });
	await payOnce(stage);
});

test("names that mean something to a program are words like any other, on the wire and on paper", async () => {
	const usual = newCustomer();
	const { totalAmount } = usual.basket;
	const item = { name: "__proto__", article: "constructor", price: totalAmount, quantity: 1, tax: "vat110" };
	const customer = {
		...usual,
		basket: { ...usual.basket, orderId: "toString", items: [{ ...item, totalAmount }] },
	};
	const id = await payOnce(stage, customer);
	const { operationId } = await stage.pos.call("refund.start", {
		key: "valueOf",
		operationId: id,
	});
	await ending(stage.pos, operationId);
	await printEvent(stage.pos, operationId);
	expect(stage.printer.receipts.at(-1)?.text).toContain("__proto__");
	const wrong = {
		...customer,
		basket: { ...customer.basket, items: [{ ...item, name: "\ud800", totalAmount }] },
	};
	const scan = await show(stage, { ...newCustomer(), basket: wrong.basket });
	await expect(start(stage.pos, wrong, scan)).rejects.toThrow("whole Unicode characters");
});
