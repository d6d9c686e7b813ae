import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { parse, stringify } from "yaml";
import { type Scenario, scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { type Patch, type Stage, setStage } from "../../hardware-mocks/demo/stage.ts";
import type { Params } from "../../src/client/methods.ts";
import type { PosClient } from "../../src/client/pos-client.ts";
import { PosError } from "../../src/client/pos-error.ts";
import type { PosEvent } from "../../src/model/event.ts";

/** Repeats that a story need not wait long for, and a customer who confirms before the first question. */
export const brisk: Patch = {
	payApi: {
		retry: { attempts: 2, firstWaitMs: 50, mostWaitMs: 100, laterEveryMs: 200 },
		poll: { firstMs: 250, everyMs: 250 },
	},
};

/** An ordinary day: the daemon is ready, and `stage.pos` hears all its events. */
export async function openShop(own: Partial<Scenario> = {}, patch: Patch = brisk): Promise<Stage> {
	const day = { ...scenarios.accepted, server: { accept: 1 }, ...own };
	const stage = await setStage(day, () => undefined, patch);
	await hearAll(stage);
	return stage;
}

/** Ends the daemon in order, and starts it again on the same journal. */
export async function restart(stage: Stage): Promise<void> {
	await stage.daemon.stop();
	await stage.restart();
	await hearAll(stage);
}

/** Starts one more daemon, which is to fail: its exit code, and what it says on the standard error. */
export async function startAnother(stage: Stage, file: string): Promise<{ code: number; words: string }> {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const [, password = ""] = stage.credentials.split(":");
	const another = spawn(process.execPath, [program, "run", "--config", file], {
		env: { ...process.env, KASSAD_PAY_PASSWORD: password, KASSAD_BRAND_KEY: stage.brandKey },
		stdio: ["ignore", "ignore", "pipe"],
	});
	const [words, [code]] = await Promise.all([text(another.stderr), once(another, "exit")]);
	return { code, words };
}

/** Restarts the daemon with other settings for one story, and with the old ones after it. */
export async function withSettings(stage: Stage, change: Change, story: () => Promise<void>): Promise<void> {
	await stage.daemon.stop();
	const file = settingsFile(stage);
	const usual = readFileSync(file, "utf8");
	writeFileSync(file, changed(usual, change));
	try {
		await restart(stage);
		await story();
	} finally {
		writeFileSync(file, usual);
		await restart(stage);
	}
}

/** Changes settings in place. */
export type Change = (settings: ReturnType<typeof parse>) => void;

/** A settings file's text with a change. */
export function changed(text: string, change: Change): string {
	const settings = parse(text);
	change(settings);
	return stringify(settings);
}

export function settingsFile({ folder }: Stage): string {
	return join(folder, "kassad.yaml");
}

async function hearAll({ pos }: Stage): Promise<void> {
	await pos.call("events.subscribe", { since: 0 });
}

/** One customer with a card and a basket that nobody else has. */
export type Customer = {
	readonly card: { readonly prefix: string; readonly number: string; readonly session: string };
	/** The card as events show it. */
	readonly masked: string;
	readonly basket: {
		readonly orderId: string;
		readonly totalAmount: number;
		readonly items: Params<"pay.start">["items"];
		readonly paymentTypes: readonly string[];
	};
};

let customers = 0;

export function newCustomer(): Customer {
	customers += 1;
	const number = `12345${String(customers).padStart(8, "0")}`;
	const totalAmount = 10_000 + customers;
	const item = { name: "Молоко, 1 л", article: "4600987654321", quantity: 1, tax: "vat110" };
	return {
		card: { prefix: "77", number, session: `S${String(customers).padStart(5, "0")}` },
		masked: `12*******${number.slice(-4)}`,
		basket: {
			orderId: `order-${customers}`,
			totalAmount,
			items: [{ ...item, price: totalAmount, totalAmount }],
			paymentTypes: ["SBP"],
		},
	};
}

/** The customer shows the card; resolves with what the POS hears of it. */
export async function show(stage: Stage, { card, masked }: Customer): Promise<PosEvent> {
	await stage.scanner.showCard({ ...card, key: stage.brandKey });
	return stage.pos.nextEvent(({ type, body }) => type === "scan" && body.card === masked);
}

/** The cashier's wish to be paid for the basket with this scan. */
export function wishOf({ basket }: Customer, scan: PosEvent) {
	return { key: `sale-${basket.orderId}`, scanId: `${scan.body.scanId}`, ...basket };
}

type Started = { readonly operationId: string; readonly state: string };

export function start(pos: PosClient, customer: Customer, scan: PosEvent): Promise<Started> {
	return pos.call("pay.start", wishOf(customer, scan));
}

/** The event of this operation's end. */
export function ending(pos: PosClient, operationId: string): Promise<PosEvent> {
	const final = ["settled", "refused"];
	return pos.nextEvent(
		({ type, body }) =>
			type === "operation" && body.operationId === operationId && final.includes(`${body.state}`),
	);
}

/** The event that tells what became of this operation's slip; that a printer stands still in the middle is no end. */
export function printEvent(pos: PosClient, operationId: string): Promise<PosEvent> {
	return pos.nextEvent(
		({ type, body }) => type === "print" && body.operationId === operationId && body.state !== "printing",
	);
}

/** How often things have happened outside the daemon. */
export function counted({ payApi, printer }: Stage) {
	return {
		transactions: payApi.transactions.length,
		paid: payApi.paymentsMade(),
		receipts: printer.receipts.length,
	};
}

/** An ordinary payment: with one transaction, one slip and one print more than there were before. */
export async function payOnce(stage: Stage, customer = newCustomer()): Promise<string> {
	const scan = await show(stage, customer);
	expect(scan.body).toMatchObject({ kind: "payable", canPay: true });
	return payWith(stage, customer, scan);
}

/** The same with a scan that was made before. Resolves with the operation's id. */
export async function payWith(stage: Stage, customer: Customer, scan: PosEvent): Promise<string> {
	const { pos, printer, payApi } = stage;
	const { orderId, totalAmount } = customer.basket;
	const before = counted(stage);
	const { operationId } = await start(pos, customer, scan);
	await ending(pos, operationId);
	await printEvent(pos, operationId);
	const operation = await pos.call("operation.get", { operationId });
	expect(operation).toMatchObject({
		state: "settled",
		moneyMoved: "yes",
		slip: { orderId, totalAmount },
		print: { state: "printed" },
	});
	expect(counted(stage)).toEqual({
		transactions: before.transactions + 1,
		paid: before.paid + 1,
		receipts: before.receipts + 1,
	});
	expect(printer.receipts.at(-1)?.text).toContain(operation.transactionId);
	expect([...payApi.complaints, ...printer.mistakes]).toEqual([]);
	return operationId;
}

/** What kassad says to a request that it refuses. */
export async function refusal(answer: Promise<unknown>): Promise<PosError> {
	const error = await answer.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (error instanceof PosError) return error;
	throw error ?? new Error("kassad has not refused");
}
