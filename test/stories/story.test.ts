import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import { newCustomer, openShop, payOnce, settingsFile } from "./shop.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openShop();
});
afterAll(() => stage.strike());

async function kassad(...args: string[]) {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const child = spawn(process.execPath, [program, ...args, "--config", settingsFile(stage)]);
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { stdout, stderr };
}

test("while the daemon runs, the story of a payment is told from the scan to the paper, and none of its secrets", async () => {
	const customer = newCustomer();
	const operationId = await payOnce(stage, customer);
	const { stdout, stderr } = await kassad("story", customer.basket.orderId);
	expect(stderr).toBe("");
	const steps = [
		`Оплата, заказ ${customer.basket.orderId}`,
		`операция ${operationId}`,
		`прочёл карту ${customer.masked}`,
		"Запрос «оплатить (checkout)»: ответ через",
		"Деньги списаны.",
		"paymentType SBP",
		"на бумаге. Доказательство:",
	];
	const places = steps.map((step) => stdout.replace(/\s+/g, " ").indexOf(step));
	expect(places.every((place) => place >= 0)).toBe(true);
	expect(places).toEqual(places.toSorted((one, other) => one - other));
	const { number, session } = customer.card;
	const [, password = ""] = stage.credentials.split(":");
	const whole = `${stdout}${(await kassad("story", customer.basket.orderId, "--json")).stdout}`;
	const shown = cardText({ ...customer.card, key: stage.brandKey });
	for (const secret of [number, session, password, stage.brandKey, shown])
		expect(whole).not.toContain(secret);
});
