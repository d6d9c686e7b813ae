import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { type Stage, setStage } from "../../hardware-mocks/demo/stage.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import type { PosEvent } from "../../src/model/event.ts";
import { ending, newCustomer, printEvent, refusal, show, start } from "./shop.ts";

/** Marked like dye: nothing else on the machine looks like these. */
const card = { prefix: "77", number: "8067305918246", session: "ZQ7XW9" } as const;
const customer = { ...newCustomer(), card, masked: "80*******8246" };

let stage: Stage;
const events: PosEvent[] = [];
const answers: unknown[] = [];
const log: string[] = [];
let password = "";
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
}, 60_000);
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
	const again = await show(stage, customer);
	const twice = { ...newCustomer(), card };
	for (const { body } of [again, await show(stage, customer)]) {
		const wish = { key: `again-${String(body.scanId)}`, scanId: body.scanId, ...twice.basket };
		answers.push(await stage.pos.call("pay.start", wish).catch((error: unknown) => error));
	}
	const { pos, scanner } = stage;
	for (const tail of ["9X7", "999", ""]) {
		await scanner.show("]Q1", `${card.prefix}${card.number}${tail === "" ? "" : card.session}${tail}`);
		await pos.nextEvent(({ type }) => type === "scan");
	}
	for (const params of [{ scanId: card.number, key: card.session }, { operationId: card.number }]) {
		for (const method of ["pay.start", "operation.get", "pay.cancel"]) {
			answers.push((await refusal(pos.call(method, params))).data.cashier);
		}
	}
	for (const { headers } of stage.payApi.requests)
		if (headers.token !== undefined) tokens.add(`${headers.token}`);
}

function everySecret(): Record<string, string> {
	const [, apiPassword = ""] = stage.credentials.split(":");
	return {
		"the card number": card.number,
		"the cardSession": card.session,
		"the session with its password": `${card.session}${password}`,
		"the brand's key": stage.brandKey,
		"the Pay API's password": apiPassword,
		"Basic auth": Buffer.from(stage.credentials).toString("base64"),
		...Object.fromEntries([...tokens].map((token, index) => [`token ${index}`, token])),
	};
}

/** Files that kassad wrote and that hold these characters, whatever their encoding around them. */
function filesWith(text: string): string[] {
	return globSync("journal/**", { cwd: stage.folder })
		.map((file) => join(stage.folder, file))
		.filter((file) => statSync(file).isFile() && readFileSync(file).includes(text));
}

test("the card has been used: it was paid with, and the server saw tokens", () => {
	expect(stage.payApi.paymentsMade()).toBe(1);
	expect(tokens.size).toBeGreaterThan(0);
	expect(events.filter(({ type }) => type === "scan").length).toBeGreaterThan(4);
});

test("no secret is in the log, at the most talkative level, nor in a crash", () => {
	const all = [...log, ...stage.daemon.log].join("\n");
	expect(all).toContain("pay api call");
	for (const [name, secret] of Object.entries(everySecret())) expect(all, name).not.toContain(secret);
});

test("no secret is in an event or in an answer that is not scan.take", () => {
	const told = JSON.stringify([events, answers]);
	for (const [name, secret] of Object.entries(everySecret())) expect(told, name).not.toContain(secret);
});

test("no secret is on the disk in clear", () => {
	for (const [name, secret] of Object.entries(everySecret())) expect(filesWith(secret), name).toEqual([]);
});

test("no secret is on paper", () => {
	const paper = stage.printer.receipts.map(({ text }) => text).join("\n");
	expect(paper).toContain("СБП");
	for (const [name, secret] of Object.entries(everySecret())) expect(paper, name).not.toContain(secret);
});
