import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import { plugMagellan } from "../../hardware-mocks/scanner/magellan.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import { symbolPng } from "../scan/pictures/drawing.ts";
import { brisk, newCustomer, openShop, payWith, refusal } from "./shop.ts";

const folder = mkdtempSync(join(tmpdir(), "kassad-asked-"));
const magellan = plugMagellan(join(folder, "magellan"));
const zebra = plugScanner(join(folder, "zebra"));
const plain = plugScanner(join(folder, "plain"));

let stage: Stage;
beforeAll(async () => {
	const shipped = parse(readFileSync(join(import.meta.dirname, "../../config/kassad.yaml"), "utf8"));
	const named = (name: string, driver: string) => {
		return { ...shipped.scanners[0], name, driver, path: join(folder, name) };
	};
	const scanners = [
		named("magellan", "datalogic-serial"),
		named("zebra", "zebra-ssi"),
		named("plain", "serial-generic"),
	];
	stage = await openShop({}, { ...brisk, scanners });
	for (const { name } of scanners) {
		await stage.pos.nextEvent(({ body }) => body.scanner === name && body.state === "back");
	}
}, 60_000);
afterAll(async () => {
	await stage.strike();
	await Promise.all([magellan, zebra, plain].map((scanner) => scanner.close()));
	rmSync(folder, { recursive: true });
});

const ask = (scanner: string) => stage.pos.call("scanner.picture", { scanner });

test("a Magellan gives a picture when a program asks, and the card in it pays", async () => {
	const customer = newCustomer();
	magellan.layDown(await symbolPng("qrcode", cardText({ ...customer.card, key: stage.brandKey }), 3));
	expect(await ask("magellan")).toEqual({ scanner: "magellan" });
	const scan = await stage.pos.nextEvent(({ type }) => type === "scan", 20_000);
	expect(scan.body).toMatchObject({
		...{ kind: "payable", canPay: true, scanner: "magellan" },
		...{ symbology: "qr", card: customer.masked },
	});
	await payWith(stage, customer, scan);
});

test("a scanner that gives no picture when asked says so", async () => {
	for (const scanner of ["zebra", "plain"]) {
		const { data } = await refusal(ask(scanner));
		expect(data).toMatchObject({
			...{ fault: "scanner-cannot", moneyMoved: "no" },
			detail: "its family knows no picture",
		});
	}
});

test("a scanner that is not there is away", async () => {
	await magellan.close();
	await stage.pos.nextEvent(({ type, body }) => type === "device" && body.state === "away", 20_000);
	expect((await refusal(ask("magellan"))).data.fault).toBe("scanner-away");
	expect((await refusal(ask("side"))).data.fault).toBe("scanner-unknown");
});
