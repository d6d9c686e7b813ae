import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import {
	type Change,
	type Customer,
	ending,
	newCustomer,
	openShop,
	payWith,
	refusal,
	start,
	withSettings,
} from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop();
}, 60_000);

afterAll(() => stage.strike());

/** A shop that has set everything its own way: reads between STX and ETX, no AIM identifiers, English. */
const ownWay: Change = (settings) => {
	const framing = { by: "marks", start: [2], ends: [[3]], settleMs: 0 };
	Object.assign(settings, { language: "en", waitMinutes: 7 });
	Object.assign(settings.scanners[0], { framing, aim: false });
};

/** One read as this shop's scanner sends it; resolves with what the POS hears of it. */
async function read(content: string) {
	await stage.scanner.send(Buffer.from(`\x02${content}\x03`, "latin1"));
	return stage.pos.nextEvent(({ type }) => type === "scan");
}

function cardOf({ card }: Customer): string {
	return cardText({ ...card, key: stage.brandKey });
}

test("a till with other settings reads, speaks, waits and pays as they say", () =>
	withSettings(stage, ownWay, async () => {
		const { pos, payApi } = stage;
		expect(await pos.call("hello", { client: "the story" })).toMatchObject({ language: "en" });

		// A marking code with line ends inside, and what looks like an AIM identifier in front.
		const marking = "]Q1010460\rABC\r\n\x1d93XYZ";
		const foreign = await read(marking);
		expect(foreign.body).toMatchObject({ kind: "foreign", symbology: "unknown", length: marking.length });
		const content = await pos.call("scan.take", { scanId: `${foreign.body.scanId}` });
		expect(content).toMatchObject({
			bytes: Buffer.from(marking, "latin1").toString("base64"),
			text: marking,
		});

		const old = newCustomer();
		const oldScan = await read(`${old.card.prefix}${old.card.number}`);
		expect(oldScan.body).toMatchObject({ kind: "loyalty", canPay: false, card: old.masked });
		const { data } = await refusal(start(pos, old, oldScan));
		expect(data).toMatchObject({ fault: "card-cannot-pay", cashier: { title: "This code cannot pay" } });

		const unlucky = newCustomer();
		payApi.next({ refuse: "PAYMENT_TRANSACTION_IS_NOT_PAID" });
		const { operationId } = await start(pos, unlucky, await read(cardOf(unlucky)));
		const { body } = await ending(pos, operationId);
		const text = expect.stringContaining(" 7 min.");
		expect(body).toMatchObject({ state: "refused", fault: "transaction-not-paid", cashier: { text } });

		const customer = newCustomer();
		const scan = await read(cardOf(customer));
		expect(scan.body).toMatchObject({ kind: "payable", canPay: true, symbology: "unknown" });
		const paid = await payWith(stage, customer, scan);
		expect(await pos.call("operation.get", { operationId: paid })).toMatchObject({
			cashier: { title: "Paid" },
		});
	}));
