import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scenarios } from "../../hardware-mocks/demo/scenarios.ts";
import { type Stage, setStage } from "../../hardware-mocks/demo/stage.ts";
import { systemClock } from "../../src/clock.ts";
import { serverPayment } from "../sim/bank.ts";
import { type Books, disagreements, journalOf } from "../sim/books.ts";
import type { Told } from "../sim/pos.ts";
import { type Random, random } from "../sim/random.ts";
import { brisk, ending, newCustomer, printEvent, show, start } from "./shop.ts";

const deaths = 100;
/** A payment, its slip and a refund take less; so a death can meet every part of them, or nothing at all. */
const longestLifeMs = 1_200;

const stage: Stage = await setStage({ ...scenarios.accepted, server: { accept: 1 } }, () => undefined, brisk);
afterAll(() => stage.strike());

/** What the POS program has heard of operations, in all lives of the daemon. */
const told: Told[] = [];

function listen(): Promise<unknown> {
	stage.pos.events$.subscribe(({ type, body }) => {
		if (type === "operation") told.push(body as unknown as Told);
	});
	return stage.pos.call("events.subscribe", { since: 0 });
}

/** What was paid, for those who bring it back. */
const paid: string[] = [];

/** A customer who pays, and perhaps brings everything back at once. It ends with the life of the daemon. */
async function serve(chance: Random): Promise<void> {
	const { pos } = stage;
	const back = chance.chance(0.5) ? paid.pop() : undefined;
	if (back !== undefined) await giveBack(back);
	const customer = newCustomer();
	const { operationId } = await start(pos, customer, await show(stage, customer));
	const { body } = await ending(pos, operationId);
	if (body.state !== "settled") return;
	paid.push(operationId);
	if (chance.chance(0.3)) await giveBack(operationId);
}

async function giveBack(payment: string): Promise<void> {
	const params = { key: `refund of ${payment}`, operationId: payment };
	const { operationId } = await stage.pos.call("refund.start", params);
	await ending(stage.pos, operationId);
}

/** All that came out of the printer, piece by piece, without the spaces that wrapping brings. */
function paper(): string[] {
	stage.printer.tear();
	return stage.printer.receipts.map(({ text }) => text.replace(/\s/g, ""));
}

/** Waits until nothing is open, and every slip has its verdict. */
async function quiet(): Promise<void> {
	for (const { id, kind, outcome } of journalOf(join(stage.folder, "journal"))) {
		if (kind === "providers") continue;
		if (outcome !== "settled" && outcome !== "refused") await ending(stage.pos, id);
		const { state } = await stage.pos.call("operation.get", { operationId: id });
		if (state === "settled") await printEvent(stage.pos, id);
	}
}

test(`${deaths} deaths at random moments cost nobody a kopeck or a slip`, { timeout: 600_000 }, async () => {
	const chance = random(1_917);
	for (let death = 0; death < deaths; death += 1) {
		await listen();
		// Whatever a death interrupts, or a busy till refuses, is nobody's loss: that is what is proven here.
		const served = serve(chance).catch(() => undefined);
		await systemClock.sleep(chance.between(0, longestLifeMs));
		await stage.daemon.kill();
		await served;
		await stage.restart();
	}
	await listen();
	await quiet();
	const books: Books = {
		folder: join(stage.folder, "journal"),
		payments: stage.payApi.transactions.map(serverPayment),
		complaints: stage.payApi.complaints,
		paper: paper(),
		told,
	};
	expect(disagreements(books)).toEqual([]);
});
