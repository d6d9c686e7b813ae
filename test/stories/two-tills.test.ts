import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { type Stage, setStage } from "../../hardware-mocks/demo/stage.ts";
import type { Script } from "../../hardware-mocks/pay-api.ts";
import { type MockPrinter, startPrinter } from "../../hardware-mocks/printer.ts";
import { type MockScanner, plugScanner } from "../../hardware-mocks/scanner.ts";
import { connectPos } from "../../src/client/pos-client.ts";
import {
	brisk,
	type Change,
	type Customer,
	changed,
	ending,
	newCustomer,
	printEvent,
	refusal,
	restart,
	settingsFile,
	start,
} from "./shop.ts";

let stage: Stage;
/** Of the second till; the first one has the stage's own. */
let scanner: MockScanner;
let printer: MockPrinter;

afterEach(async () => {
	await stage.strike();
	await Promise.all([scanner.close(), printer.close()]);
});

/** One daemon, two tills: till-1 with the stage's own scanner and printer, till-2 with further ones. */
async function openTwo(server: Script): Promise<void> {
	stage = await setStage({ ...scenarios.accepted, server }, () => undefined, brisk);
	scanner = plugScanner(join(stage.folder, "second-scanner"));
	printer = await startPrinter({ dots: 576 });
	change((settings) => {
		const [{ host, port }, by] = [printer, "tcp"];
		settings.scanners.push({ ...settings.scanners[0], name: "second", path: scanner.link });
		settings.printers.push({ ...settings.printers[0], name: "second", connection: { by, host, port } });
		settings.store.terminals = [{ terminalId: "till-2", scanners: ["second"], printer: "second" }];
	});
	await restart(stage);
}

function change(how: Change): void {
	const file = settingsFile(stage);
	writeFileSync(file, changed(readFileSync(file, "utf8"), how));
}

/** Somebody shows a card there; resolves with what the POS hears of it. */
async function show(customer: Customer, where: MockScanner) {
	await where.showCard({ ...customer.card, key: stage.brandKey });
	return stage.pos.nextEvent(({ type, body }) => type === "scan" && body.card === customer.masked);
}

/** A customer at each till shows a card. */
async function twoCustomers() {
	const [one, two] = [newCustomer(), newCustomer()];
	return { one, two, scans: await Promise.all([show(one, stage.scanner), show(two, scanner)]) };
}

/** The till of each checkout that the server has seen, by its order. */
function onTheWire(): ReadonlyMap<string, string> {
	const checkouts = stage.payApi.requests.filter(({ call }) => call === "checkout");
	return new Map(
		checkouts.map(({ body }) => {
			const { checkoutInvoice, terminalId } = JSON.parse(Buffer.from(body).toString());
			return [checkoutInvoice.orderId, terminalId];
		}),
	);
}

const textsOf = ({ receipts }: MockPrinter) => receipts.map(({ text }) => text);

test("two tills pay at the same moment: both settle, each under its own name and on its own printer", async () => {
	await openTwo({ accept: 1 });
	const { one, two, scans } = await twoCustomers();
	expect(scans.map(({ body }) => body.terminalId)).toEqual(["till-1", "till-2"]);
	const begun = await Promise.all([start(stage.pos, one, scans[0]), start(stage.pos, two, scans[1])]);
	const ends = await Promise.all(begun.map(({ operationId }) => ending(stage.pos, operationId)));
	const prints = await Promise.all(begun.map(({ operationId }) => printEvent(stage.pos, operationId)));
	expect(ends.map(({ body }) => body)).toMatchObject([
		{ state: "settled", terminalId: "till-1", slip: { terminalId: "till-1" } },
		{ state: "settled", terminalId: "till-2", slip: { terminalId: "till-2" } },
	]);
	expect(prints.map(({ body }) => body)).toMatchObject([
		{ state: "printed", printer: "receipt", terminalId: "till-1" },
		{ state: "printed", printer: "second", terminalId: "till-2" },
	]);
	expect(Object.fromEntries(onTheWire())).toEqual({
		[one.basket.orderId]: "till-1",
		[two.basket.orderId]: "till-2",
	});
	const till = (name: string) => new RegExp(`Терминал +${name}\\n`);
	expect(textsOf(stage.printer)).toEqual([expect.stringMatching(till("till-1"))]);
	expect(textsOf(printer)).toEqual([expect.stringMatching(till("till-2"))]);
});

test("while one till waits for its customer, the other takes codes and pays, and each program hears its own", async () => {
	await openTwo({ accept: 1 });
	stage.payApi.next({ pending: true });
	const own = await connectPos(join(stage.folder, "kassad.sock"));
	try {
		await own.call("scans.accept", { terminal: "till-2" });
		await own.call("events.subscribe", { terminal: "till-2" });
		const [one, two, third] = [newCustomer(), newCustomer(), newCustomer()];
		const scan = await show(one, stage.scanner);
		const { operationId } = await start(stage.pos, one, scan);
		await scanner.showCard({ ...two.card, key: stage.brandKey });
		const offered = await own.nextEvent(({ type }) => type === "scan");
		expect(offered.body).toMatchObject({ card: two.masked, terminalId: "till-2", canPay: true });
		const paid = await start(own, two, offered);
		expect((await ending(own, paid.operationId)).body.state).toBe("settled");
		await stage.scanner.showCard({ ...third.card, key: stage.brandKey });
		const kept = await stage.pos.nextEvent(({ body }) => body.kind === "kept-out");
		expect(kept.body).toMatchObject({ fault: "scan-while-paying", terminalId: "till-1" });
		await own.call("pay.cancel", { operationId });
		await ending(stage.pos, operationId);
		const heard = new Set<unknown>();
		const none = own.nextEvent(({ body }) => !heard.add(body.terminalId), 1);
		await expect(none).rejects.toThrow();
		expect([...heard].filter((terminalId) => terminalId !== undefined)).not.toContain("till-1");
	} finally {
		await own.close();
	}
	const nowhere = await refusal(stage.pos.call("scans.accept", { terminal: "till-9" }));
	expect(nowhere.data.fault).toBe("terminal-unknown");
});

/** Both checkouts have arrived, their answers have not left: the daemon is killed. */
async function killedWithTwoOpen() {
	await openTwo({ accept: 1, late: 60_000, on: "checkout" });
	const { one, two, scans } = await twoCustomers();
	const arrived = stage.payApi.arrival("checkout");
	const first = await start(stage.pos, one, scans[0]);
	await arrived;
	const arrivedToo = stage.payApi.arrival("checkout");
	const second = await start(stage.pos, two, scans[1]);
	await arrivedToo;
	await stage.daemon.kill();
	return { one, two, ids: [first.operationId, second.operationId] };
}

async function bothEnd(ids: readonly string[]) {
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
	const ends = await Promise.all(ids.map((id) => ending(stage.pos, id)));
	await Promise.all(ids.map((id) => printEvent(stage.pos, id)));
	expect(ends.map(({ body }) => body.state)).toEqual(["settled", "settled"]);
	expect(stage.payApi.paymentsMade()).toBe(2);
	expect(stage.payApi.complaints).toEqual([]);
}

test("killed with a payment open at each till: both are paid once, and printed once where they belong", async () => {
	const { one, two, ids } = await killedWithTwoOpen();
	await bothEnd(ids);
	expect(stage.printer.timesOnPaper(one.basket.orderId)).toBe(1);
	expect(printer.timesOnPaper(two.basket.orderId)).toBe(1);
	expect([stage.printer.receipts.length, printer.receipts.length]).toEqual([1, 1]);
});

test("a till that is gone from the settings at the next start: its payment ends under its name all the same", async () => {
	const { one, two, ids } = await killedWithTwoOpen();
	change((settings) => {
		settings.store.terminals = [];
	});
	await bothEnd(ids);
	expect([...onTheWire()]).toEqual([
		[one.basket.orderId, "till-1"],
		[two.basket.orderId, "till-2"],
	]);
	const operation = await stage.pos.call("operation.get", { operationId: `${ids[1]}` });
	expect(operation).toMatchObject({ state: "settled", slip: { terminalId: "till-2" } });
	expect([stage.printer.receipts.length, printer.receipts.length]).toEqual([2, 0]);
});
