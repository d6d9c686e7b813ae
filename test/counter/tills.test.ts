import { describe, expect, test } from "vitest";
import { knownTill, printerOf, storeOf, tillOf, toldTill } from "../../src/counter/tills.ts";
import { printersOf, scriptedPrinter } from "../paper-kit.ts";
import { giveBack, paidSale, saleOf, standAtCounter } from "./counter-kit.ts";

const further = { terminalId: "till 2", scanners: ["back"], printer: "second" };
const silent = { terminalId: "till 3", scanners: [], printer: null };
const shop = { storeId: "store 1", terminalId: "till 1", terminals: [further, silent] };
const alone = { ...shop, terminals: [] };

const twoTills = (more: object = {}) => {
	const printers = [scriptedPrinter("receipt"), scriptedPrinter("second")];
	return standAtCounter({ terminals: shop.terminals, printers, ...more });
};

test("a scanner is at the till that names it, and without one at the first", () => {
	expect([tillOf("back", shop), tillOf("front", shop), tillOf("back", alone)]).toEqual([
		...["till 2", "till 1"],
		"till 1",
	]);
});

test("a till that the settings do not have is told of, with those that they have", () => {
	expect(["till 1", "till 2"].map((id) => knownTill(id, shop))).toEqual(["till 1", "till 2"]);
	expect(() => knownTill("till 9", shop)).toThrow("terminal-unknown: the tills are till 1, till 2, till 3");
});

test("what was begun under a terminalId ends under it, and without one it is the first till's", () => {
	const ids = ["till 2", "long gone", undefined].map((id) => storeOf(id, shop));
	expect(ids).toEqual(
		["till 2", "long gone", "till 1"].map((terminalId) => ({ storeId: "store 1", terminalId })),
	);
});

test("a further till prints where it says, or nowhere; any other at the first printer", () => {
	const printers = printersOf(...twoTills().printers.map(({ printer }) => printer));
	const places = ["till 1", "till 2", "till 3", "long gone", undefined].map((id) =>
		printerOf(id, shop, printers),
	);
	expect(places).toEqual(["receipt", "second", undefined, "receipt", "receipt"]);
	expect(printerOf("till 1", alone, printersOf())).toBeUndefined();
});

test("where there is one till alone, nobody is told its terminalId", () => {
	expect(toldTill("till 1", alone)).toEqual({});
	expect([toldTill("till 2", shop), toldTill(undefined, shop)]).toEqual([
		{ terminalId: "till 2" },
		{ terminalId: "till 1" },
	]);
});

describe("at the counter of several tills", () => {
	test("a payment belongs to the till of its scan, and each till pays one customer at a time", async () => {
		const { left, scan, start } = twoTills();
		for (const [id, scanner] of [
			["1", "front"],
			["2", "back"],
			["3", "front"],
			["4", "back"],
		] as const) {
			scan(id, scanner);
		}
		await start("key 1", "1", "a");
		await start("key 2", "2", "b");
		await expect(start("key 3", "3", "c")).rejects.toThrow("till-busy");
		await expect(start("key 4", "4", "d")).rejects.toThrow("till-busy");
		expect(left).toMatchObject([{ terminal: "till 1" }, { terminal: "till 2" }]);
	});

	test("an order that one till is paying, or has paid, is paid at no other, and no card's session twice", async () => {
		const { journal, left, scan, start } = twoTills();
		scan("1", "front");
		scan("2", "back");
		const { operationId } = await start("key 1", "1", "a");
		await expect(start("key 2", "2", "a")).rejects.toThrow("order-unresolved");
		scan("1", "back");
		await expect(start("key 3", "1", "b")).rejects.toThrow("scan-used");
		journal.finish(operationId, { kind: "settled", transactionId: "t" }, { eventBody: {} });
		await expect(start("key 4", "2", "a")).rejects.toThrow("order-already-paid");
		expect(left).toHaveLength(1);
	});

	test("the same key is the same wish at every till", async () => {
		const { left, scan, start } = twoTills();
		scan("1", "front");
		scan("2", "back");
		const first = await start("key 1", "1", "a");
		expect(await start("key 1", "2", "a")).toEqual(first);
		expect(left).toHaveLength(1);
	});

	test("while one till's customer pays, codes of the others are taken", async () => {
		const { quiet, scan, start } = twoTills();
		scan("1", "back");
		await start("key 1", "1", "a");
		expect([quiet.keptOut("back"), quiet.keptOut("front")]).toEqual(["scan-while-paying", undefined]);
	});

	test("a refund is given by the till that took the payment, or by the one that is named", async () => {
		const counter = twoTills();
		counter.scan("scan", "back");
		const sale = { key: "paid", scanId: "scan", ...saleOf("paid") };
		const { operationId } = await counter.methods["pay.start"](sale, "body");
		counter.journal.finish(operationId, { kind: "settled", transactionId: "t" }, { eventBody: {} });
		const part = { parts: [{ position: 0, quantity: 1 }] };
		const first = await giveBack(counter, "key 1", { operationId }, part);
		counter.journal.finish(
			first.operationId,
			{ kind: "refused", fault: "refund-declined" },
			{ eventBody: {} },
		);
		await giveBack(counter, "key 2", { operationId }, { ...part, terminal: "till 3" });
		expect(counter.left.slice(1)).toMatchObject([{ terminal: "till 2" }, { terminal: "till 3" }]);
		const nowhere = giveBack(counter, "key 3", { operationId }, { ...part, terminal: "till 9" });
		await expect(nowhere).rejects.toThrow("terminal-unknown");
	});

	test("one payment is given back at one till at a time", async () => {
		const counter = twoTills();
		const payment = await paidSale(counter, "a");
		const part = { parts: [{ position: 0, quantity: 1 }] };
		await giveBack(counter, "key 1", payment, { ...part, terminal: "till 1" });
		const second = giveBack(counter, "key 2", payment, { ...part, terminal: "till 2" });
		await expect(second).rejects.toThrow("refund-already-running");
	});

	test("another till's copy is printed where that till prints, unless a printer is named", async () => {
		const counter = twoTills();
		counter.scan("scan", "back");
		const { operationId } = await counter.start("key", "scan", "a");
		counter.journal.finish(operationId, { kind: "settled", transactionId: "t" }, { eventBody: {} });
		const wish = { document: "payment", operationId } as const;
		const printed = async (key: string, more: object = {}) => {
			const { printId } = await counter.methods["print.document"]({ key, ...wish, ...more }, key);
			return counter.journal.prints.find(printId)?.printer;
		};
		expect(await printed("key 1")).toBe("second");
		expect(await printed("key 2", { printer: "receipt" })).toBe("receipt");
	});

	test("a program takes the scans of a till that there is", async () => {
		const { methods, offered, scan } = twoTills();
		const client = { notify: () => undefined, gone: new AbortController().signal };
		const wrong = methods["scans.accept"]({ terminal: "till 9" }, client);
		await expect(wrong).rejects.toThrow("terminal-unknown");
		await methods["scans.accept"]({ terminal: "till 2" }, client);
		await new Promise(setImmediate);
		scan("1", "front");
		scan("2", "back");
		expect(offered).toEqual([{ client, id: "2", offer: 1 }]);
	});

	test("how an operation stands is told with its till", async () => {
		const { methods, scan, start } = twoTills();
		scan("1", "back");
		const { operationId } = await start("key", "1", "a");
		expect(await methods["operation.get"]({ operationId })).toMatchObject({ terminalId: "till 2" });
		const one = standAtCounter();
		one.scan("1");
		const { operationId: own } = await one.start("key", "1", "a");
		expect(await one.methods["operation.get"]({ operationId: own })).not.toHaveProperty("terminalId");
		expect(one.journal.find({ id: own })?.terminal).toBe("till 1");
	});
});
