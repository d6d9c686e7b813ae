import { expect, test } from "vitest";
import { FaultError } from "../../src/model/fault.ts";
import { descriptions } from "../../src/pos/describe-methods.ts";
import { invoice, openCounter, rawClient, wish } from "./counter.ts";

test("a request gets its answer under its own id", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.ask("me", "hello", { client: "test" });
	expect(await client.next()).toEqual({
		jsonrpc: "2.0",
		id: "me",
		result: { name: "kassad", version: "1.2.3", protocol: 1, language: "ru", seq: 0 },
	});
});

test("requests are handed over in the order of arrival and answered in the order in which they finish", async () => {
	const till = {
		asked: [] as string[],
		answer: new Map<string, () => void>(),
		allAsked: Promise.withResolvers<void>(),
	};
	const { path } = await openCounter({
		"pay.start": ({ key }) =>
			new Promise((resolve) => {
				till.asked.push(key);
				till.answer.set(key, () => resolve({ operationId: `of ${key}`, state: "in-progress" }));
				if (till.asked.length === 3) till.allAsked.resolve();
			}),
	});
	const client = await rawClient(path);
	for (const key of ["a", "b", "c"]) client.ask(key, "pay.start", { ...wish, key });
	await till.allAsked.promise;
	expect(till.asked).toEqual(["a", "b", "c"]);
	for (const key of ["c", "a", "b"]) {
		till.answer.get(key)?.();
		expect(await client.next()).toMatchObject({ id: key, result: { operationId: `of ${key}` } });
	}
});

test.each([
	["pay.start", wish, { totalAmount: 1 }],
	["refund.start", { key: "k-1", orderId: "17" }, { parts: [{ position: 0, quantity: 1 }] }],
	["receipt.send", { key: "k-1", operationId: "o-1", invoice }, { meta: { shop: "1" } }],
])("a wish of %s reaches the till with its hash", async (method, same, change) => {
	const hashes: string[] = [];
	const take = async ({ key }: { readonly key: string }, hash: string) => {
		hashes.push(hash);
		return { operationId: key, state: "in-progress" } as const;
	};
	const { path } = await openCounter({ [method]: take });
	const client = await rawClient(path);
	client.ask(1, method, same);
	client.ask(2, method, { ...same, key: "k-2" });
	client.ask(3, method, { ...same, ...change });
	await Promise.all([client.next(), client.next(), client.next()]);
	expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
	expect(hashes[1]).toBe(hashes[0]);
	expect(hashes[2]).not.toBe(hashes[0]);
});

test("an unknown method is refused with the list of those there are", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	for (const method of ["pay.refund", "constructor", "__proto__"]) {
		client.ask(1, method, {});
		const { error } = await client.next();
		expect(error).toMatchObject({ code: -32_601, data: { fault: "method-unknown", moneyMoved: "no" } });
		const [, named = ""] = `${error?.data.detail}`.split("the methods are ");
		expect(named.split(", ").sort()).toEqual(Object.keys(descriptions).sort());
	}
});

test("parameters that do not fit are refused with path and reason", async () => {
	const { path } = await openCounter();
	const client = await rawClient(path);
	client.ask(1, "pay.start", { ...wish, items: [{ ...wish.items[0], quantity: 0.5 }] });
	expect(await client.next()).toMatchObject({
		id: 1,
		error: {
			code: -32_602,
			message: "request-invalid: items[0].quantity: Invalid input: expected int, received number",
			data: { fault: "request-invalid", moneyMoved: "no", acts: "technician", next: "never" },
		},
	});
});

test("a fault reaches the POS with the money's fate and the cashier's message", async () => {
	const { path } = await openCounter({
		"pay.start": async () => {
			throw new FaultError("order-unresolved", "operation o-1 is unknown");
		},
	});
	const client = await rawClient(path);
	client.ask(1, "pay.start", wish);
	expect(await client.next()).toMatchObject({
		id: 1,
		error: {
			code: -32_000,
			data: {
				fault: "order-unresolved",
				moneyMoved: "unknown",
				acts: "cashier",
				next: "wait",
				cashier: { title: "title of order-unresolved", text: "what to do about order-unresolved" },
				detail: "operation o-1 is unknown",
			},
		},
	});
});

test("an answer that cannot be written out is an internal failure, not a silence", async () => {
	const loop: { itself?: unknown } = {};
	loop.itself = loop;
	const { path } = await openCounter({ "pay.cancel": async () => loop as never });
	const client = await rawClient(path);
	client.ask(1, "pay.cancel", { operationId: "o" });
	expect(await client.next()).toMatchObject({ id: 1, error: { data: { fault: "internal-failure" } } });
});

test.each(["throws", "rejects"])(
	"a method that %s unexpectedly tells neither client nor log its text",
	async (how) => {
		const { path, logged } = await openCounter({
			"scan.take": () => {
				const error = new TypeError("card 9900112233445566, password 123456");
				if (how === "throws") throw error;
				return Promise.reject(error);
			},
		});
		const client = await rawClient(path);
		client.ask(1, "scan.take", { scanId: "s" });
		const answer = await client.next();
		expect(answer).toMatchObject({
			id: 1,
			error: { code: -32_603, data: { fault: "internal-failure", moneyMoved: "unknown" } },
		});
		const [reference] = /[0-9a-f]{8}$/.exec(answer.error?.message ?? "") ?? ["no reference"];
		const entry = logged.find((line) => line.includes(reference));
		expect(entry).toContain("requests.test.ts");
		expect(JSON.stringify(answer) + logged.join("")).not.toMatch(/9900112233445566|123456/);
	},
);
