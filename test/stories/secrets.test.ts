import { randomUUID } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { type Stage, setStage } from "../../hardware-mocks/demo/stage.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import type { PosEvent } from "../../src/model/event.ts";
import { logLine } from "./log-lines.ts";
import { ending, newCustomer, printEvent, refusal, show, start, withSettings } from "./shop.ts";
import { post, postback, wholeShop } from "./whole-shop.ts";

/** Marked like dye: nothing else on the machine looks like these. */
const card = { prefix: "77", number: "8067305918246", session: "ZQ7XW9" } as const;
const customer = { ...newCustomer(), card, masked: "80*******8246" };
const other = { prefix: "77", number: "8067305918253", session: "KW3YT8" } as const;
/** At the password of postbacks, by a stranger. */
const guess = "amber-heron-77-kettle";

let stage: Stage;
const events: PosEvent[] = [];
const answers: unknown[] = [];
const log: string[] = [];
let password = "";
/** What the wrapper program shows to everybody on the machine, and what it inherits. */
let childFacts = "";
const tokens = new Set<string>();

beforeAll(async () => {
	stage = await setStage(
		{ ...scenarios.accepted, server: { accept: 1, silent: true, times: 1 } },
		() => undefined,
		{ log: { level: "trace" }, payApi: { deadlines: { answerMs: 400 }, retry: { firstWaitMs: 50 } } },
	);
	stage.pos.events$.subscribe((event) => events.push(event));
	await stage.pos.call("events.subscribe", { since: 0 });
	password = cardText({ ...card, key: stage.brandKey }).slice(-3);
	await useTheCardInEveryWay();
	log.push(...stage.daemon.log);
	let { daemon } = stage;
	await withSettings(stage, await wholeShop(stage, "leaky-bridge.ts"), async () => {
		({ daemon } = stage);
		await useWhatIsNew();
	});
	log.push(...daemon.log);
	for (const { headers } of stage.payApi.requests)
		if (headers.token !== undefined) tokens.add(`${headers.token}`);
}, 120_000);
afterAll(() => stage.strike());

/** Paid, killed in the middle, shown again, paid with again, damaged, wrong, old, and in nonsense requests. */
async function useTheCardInEveryWay(): Promise<void> {
	const scan = await show(stage, customer);
	const arrival = stage.payApi.arrival("checkout");
	const { operationId } = await start(stage.pos, customer, scan);
	await arrival;
	await stage.daemon.kill();
	log.push(...stage.daemon.log);
	expect(filesWith(card.session)).toEqual([]);
	await stage.restart();
	stage.pos.events$.subscribe((event) => events.push(event));
	await stage.pos.call("events.subscribe", { since: 0 });
	await ending(stage.pos, operationId);
	await printEvent(stage.pos, operationId);
	answers.push(await stage.pos.call("operation.get", { operationId }));
	const { pos, scanner } = stage;
	const again = await show(stage, customer);
	// Something else in between: the same code at once would be the same scan.
	await scanner.show("]E0", "4601234567893");
	await pos.nextEvent(({ body }) => body.kind === "foreign");
	const twice = { ...newCustomer(), card };
	for (const { body } of [again, await show(stage, customer)]) {
		const wish = { key: `again-${String(body.scanId)}`, scanId: `${body.scanId}`, ...twice.basket };
		answers.push(await stage.pos.call("pay.start", wish).catch((error: unknown) => error));
	}
	for (const tail of ["9X7", "999", ""]) {
		await scanner.show("]Q1", `${card.prefix}${card.number}${tail === "" ? "" : card.session}${tail}`);
		await pos.nextEvent(({ type }) => type === "scan");
	}
	for (const params of [{ scanId: card.number, key: card.session }, { operationId: card.number }]) {
		for (const method of ["pay.start", "operation.get", "pay.cancel"]) {
			answers.push((await refusal(pos.ask(method, params))).data.cashier);
		}
	}
}

/** Asked for ways to pay, paid, posted about, paid back, with its receipt in the app; and the wrapper dies. */
async function useWhatIsNew(): Promise<void> {
	const { pos, daemon } = stage;
	pos.events$.subscribe((event) => events.push(event));
	await logLine(daemon, "the verifier's bridge is ready");
	const buyer = { ...newCustomer(), card: other, masked: "80*******8253" };
	const scan = await show(stage, buyer);
	expect(scan.body).toMatchObject({ canPay: true });
	const { paymentTypes: _, ...purchase } = buyer.basket;
	answers.push(await pos.call("pay.providers", { scanId: `${scan.body.scanId}`, ...purchase }));
	const { operationId } = await start(pos, buyer, scan);
	const { body } = await ending(pos, operationId);
	const { transactionId } = body;
	answers.push(
		await post(stage, JSON.stringify({ status: "accepted", transactionId })),
		await post(stage, JSON.stringify({ status: "accepted", transactionId: randomUUID() })),
		await post(stage, JSON.stringify({ status: "accepted", transactionId }), guess),
		await post(stage, JSON.stringify({ password: guess })),
	);
	const refund = await pos.call("refund.start", { key: "back", operationId });
	answers.push(await ending(pos, refund.operationId), await printEvent(pos, refund.operationId));
	const wish = { key: "app", operationId, invoice: { ...purchase, ...fiscal }, meta: { shop: "Молоко" } };
	const receipt = await pos.call("receipt.send", wish);
	answers.push(await ending(pos, receipt.operationId), await pos.call("operation.get", { operationId }));
	for (const lost of [other.number, other.session]) {
		answers.push((await refusal(pos.call("refund.start", { key: lost, transactionId: lost }))).data.cashier);
	}
	await loseTheWrapper();
}

const fiscal = {
	...{ receiptId: "1", merchantName: "Лавка", merchantAddress: "Москва", inn: "001234567890" },
	...{ dateTime: "2026-11-24T12:00:00+03:00", shift: "1", cashier: "Иванова", receiptType: "debit" },
};

async function loseTheWrapper(): Promise<void> {
	const { daemon } = stage;
	const [pid = ""] = children(daemon.process.pid).filter((child) => facts(child).includes("leaky-bridge"));
	childFacts = facts(pid);
	process.kill(Number(pid), "SIGKILL");
	await logLine(daemon, "the verifier's bridge is down: cards of this brand cannot pay");
}

const children = (parent = 0) =>
	readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ");

const facts = (pid: string) =>
	["cmdline", "environ"].map((file) => readFileSync(`/proc/${pid}/${file}`, "utf8")).join("\n");

function everySecret(): Record<string, string> {
	const [, apiPassword = ""] = stage.credentials.split(":");
	return {
		"the card number": card.number,
		"the cardSession": card.session,
		"the session with its password": `${card.session}${password}`,
		"the brand's key": stage.brandKey,
		"the Pay API's password": apiPassword,
		"Basic auth": Buffer.from(stage.credentials).toString("base64"),
		"the other card's number": other.number,
		"the other cardSession": other.session,
		...postbackSecrets(),
		...Object.fromEntries(fingerprintFacts().map((fact) => [`of the fingerprint: ${fact}`, fact])),
		...Object.fromEntries([...tokens].map((token, index) => [`token ${index}`, token])),
	};
}

/** The passwords of postbacks, that of a stranger too: it may be right elsewhere. */
function postbackSecrets(): Record<string, string> {
	const { login, password } = postback;
	const basic = (word: string) => Buffer.from(`${login}:${word}`).toString("base64");
	return {
		"the postbacks' password": password,
		"a guess at it": guess,
		"the postbacks' Basic auth": basic(password),
		"Basic auth of a guess": basic(guess),
	};
}

/** What the header `token` tells of the machine; short words may stand in a log by chance. */
function fingerprintFacts(): string[] {
	const prints = [...tokens].map((token) => Buffer.from(token.slice(0, -3), "base64").toString());
	return [...new Set(prints.flatMap((print) => print.split(/[|,]/)))].filter(({ length }) => length > 8);
}

/** Files that kassad wrote and that hold these characters, whatever their encoding around them. */
function filesWith(text: string): string[] {
	return globSync("journal/**", { cwd: stage.folder })
		.map((file) => join(stage.folder, file))
		.filter((file) => statSync(file).isFile() && readFileSync(file).includes(text));
}

test("the card has been used: it was paid with, and the server saw tokens", () => {
	expect(stage.payApi.transactions).toHaveLength(2);
	expect(tokens.size).toBeGreaterThan(1);
	expect(fingerprintFacts().length).toBeGreaterThan(1);
	expect(answers).toContainEqual({ status: 401, words: "" });
	expect(events.filter(({ type }) => type === "scan").length).toBeGreaterThan(4);
});

test("no secret is in the log, at the most talkative level, nor in a crash", () => {
	const all = [...log, ...stage.daemon.log].join("\n");
	for (const line of ["pay api call", '"postback"', "postback refused", "refund judged", "receipt judged"]) {
		expect(all).toContain(line);
	}
	for (const [name, secret] of Object.entries(everySecret())) expect(all, name).not.toContain(secret);
});

test("no secret is in an event or in an answer that is not scan.take", () => {
	const told = JSON.stringify([events, answers]);
	for (const [name, secret] of Object.entries(everySecret())) expect(told, name).not.toContain(secret);
});

test("no secret is on the disk in clear", () => {
	for (const [name, secret] of Object.entries(everySecret())) expect(filesWith(secret), name).toEqual([]);
});

test("no secret is on the command line of the wrapper program, nor in what it inherits", () => {
	expect(childFacts).toContain("leaky-bridge");
	for (const [name, secret] of Object.entries(everySecret())) expect(childFacts, name).not.toContain(secret);
});

test("no secret is on paper", () => {
	const paper = stage.printer.receipts.map(({ text }) => text).join("\n");
	expect(paper).toContain("СБП");
	for (const [name, secret] of Object.entries(everySecret())) expect(paper, name).not.toContain(secret);
});
