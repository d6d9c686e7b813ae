import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PosError } from "../../src/client/pos-error.ts";
import type { PosEvent } from "../../src/model/event.ts";
import type { PrintedReceipt } from "../printer.ts";
import { type Scenario, type ScenarioName, scenarios } from "./scenarios.ts";
import type { Stage } from "./stage.ts";

type Facts = Readonly<Record<string, unknown>>;

/** What came of one scenario, as `--json` prints it. Times are ms. */
export type Performance = {
	/** What the POS program heard of the scan. */
	readonly scan: Facts;
	/** The operation as `operation.get` answers at the end; null when the till refused to begin one. */
	readonly operation: Facts | null;
	readonly outcome: Facts;
	readonly slip: Facts | null;
	readonly print: Facts | null;
	/** The paper as lines of text, null when nothing was printed. */
	readonly receiptText: string | null;
	/** Path of the picture of the paper. */
	readonly receiptPng: string | null;
	/** How often things happened outside the daemon: the facts that must never be two. */
	readonly counted: { readonly transactions: number; readonly paid: number; readonly receipts: number };
	readonly timings: { readonly scanToEventMs: number; readonly keyToWireMs: number | null };
	/** The receipt for the terminal; not part of the JSON. */
	readonly receipt: PrintedReceipt | undefined;
};

const purchase = {
	orderId: "2026-11-24-0042",
	totalAmount: 123_456,
	items: [
		{
			name: "Кофе в зёрнах, 1 кг",
			article: "4600123456789",
			price: 98_456,
			quantity: 1,
			totalAmount: 98_456,
			tax: "vat120",
		},
		{
			name: "Молоко, 1 л",
			article: "4600987654321",
			price: 12_500,
			quantity: 2,
			totalAmount: 25_000,
			tax: "vat110",
		},
	],
	paymentTypes: ["SBP"],
} as const;

const card = { prefix: "77", number: "1234567890123" } as const;

/** A POS program waits this long for what must come; the server's own patience is 30 s. */
const patienceMs = 45_000;

const now = () => process.hrtime.bigint();
const msBetween = (from: bigint, to: bigint) => Number(to - from) / 1e6;

/**
 * Plays one scenario on a stage that is set: the scan, the key press, the end.
 * @param tell is called with each step as it begins.
 */
export async function play(stage: Stage, name: ScenarioName, tell: Tell): Promise<Performance> {
	const scenario: Scenario = scenarios[name];
	await stage.pos.call("events.subscribe", { since: 0 });
	tell("The customer shows a card");
	const shownAt = now();
	await stage.scanner.showCard(
		scenario.card === "old" ? card : { ...card, session: "A1G97N", key: stage.brandKey },
	);
	const scan = await stage.pos.nextEvent((event) => event.type === "scan", patienceMs);
	const scanToEventMs = msBetween(shownAt, now());
	tell(`kassad says: ${String(scan.body.kind)} card ${String(scan.body.card)}`);
	const { keyToWireMs, ...paid } = await pay(stage, scenario, scan, tell);
	const last = scenario.refund ? await giveBack(stage, tell) : paid;
	const receipt = stage.printer.receipts.at(-1);
	return {
		scan: scan.body,
		...last,
		receiptText: receipt?.text ?? null,
		receiptPng: receipt === undefined ? null : savePng(receipt, name),
		counted: {
			transactions: stage.payApi.transactions.length,
			paid: stage.payApi.paymentsMade(),
			receipts: stage.printer.receipts.length,
		},
		timings: { scanToEventMs, keyToWireMs },
		receipt,
	};
}

type Paid = Pick<Performance, "operation" | "outcome" | "slip" | "print"> & { keyToWireMs: number | null };
type Tell = (step: string) => void;

/** The key of the sale: whoever asks again with it gets the same operation. */
const key = "sale-42";

async function pay(stage: Stage, scenario: Scenario, scan: PosEvent, tell: Tell): Promise<Paid> {
	tell("The cashier presses the key: pay 1 234,56 руб.");
	const pressedAt = now();
	const arrival = stage.payApi.arrival("checkout");
	const refusal = stage.pos.call("pay.start", { key, scanId: `${scan.body.scanId}`, ...purchase }).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (scenario.kill) await killAndRestart(stage, arrival, tell);
	else {
		const error = await refusal;
		if (error instanceof PosError) return refused(error);
		if (error !== undefined) throw error;
	}
	const keyToWireMs = msBetween(pressedAt, (await arrival).firstByteAt);
	tell("The checkout is on its way; waiting for the customer");
	return { ...(await theEnd(stage, key, tell)), keyToWireMs };
}

/** The customer brings a bottle back: the till reckons what it cost, and no card is scanned. */
async function giveBack(stage: Stage, tell: Tell): Promise<Omit<Paid, "keyToWireMs">> {
	tell("The customer brings one bottle of milk back; the cashier presses: refund 125,00 руб.");
	const refund = { key: "return-42", orderId: purchase.orderId, parts: [{ position: 1, quantity: 1 }] };
	await stage.pos.call("refund.start", refund);
	tell("The refund is on its way; waiting for the bank");
	return theEnd(stage, refund.key, tell);
}

/** Waits for the last word on a wish, and for its paper. */
async function theEnd({ pos }: Stage, wish: string, tell: Tell): Promise<Omit<Paid, "keyToWireMs">> {
	const { body } = await pos.nextEvent(isFinal, patienceMs);
	tell(`The ${body.kind} has ended`);
	if (body.state === "settled") {
		tell("Waiting for the printer's word");
		await pos.nextEvent(({ type, body }) => type === "print" && body.state !== "printing", patienceMs);
	}
	return ended(await pos.call("operation.get", { key: wish }));
}

function ended(operation: Facts): Omit<Paid, "keyToWireMs"> {
	const { state, fault, moneyMoved, cashier, slip, print } = operation;
	return {
		operation,
		outcome: { state, fault, moneyMoved, cashier },
		slip: (slip as Facts | undefined) ?? null,
		print: (print as Facts | undefined) ?? null,
	};
}

const isFinal = ({ type, body }: PosEvent) =>
	type === "operation" && (body.state === "settled" || body.state === "refused");

async function killAndRestart(stage: Stage, arrival: Promise<unknown>, tell: Tell): Promise<void> {
	await arrival;
	tell("SIGKILL: the checkout has arrived at the server, its answer has not left");
	await stage.daemon.kill();
	tell("Start kassad again on the same journal");
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
}

function refused({ data }: PosError): Paid {
	const { fault, moneyMoved, cashier } = data;
	return {
		operation: null,
		outcome: { state: "refused", fault, moneyMoved, cashier },
		slip: null,
		print: null,
		keyToWireMs: null,
	};
}

function savePng(receipt: PrintedReceipt, name: ScenarioName): string {
	const folder = join(import.meta.dirname, "../../out");
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `receipt-${name}.png`);
	writeFileSync(path, receipt.png);
	return path;
}
