import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { makeCertificate } from "../../hardware-mocks/pay-api/certificate.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import { cashierReads } from "./flow-kit.ts";
import { logLine } from "./log-lines.ts";
import { type Change, newCustomer, openShop, payOnce, refusal, show, start, withSettings } from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop();
}, 60_000);

afterAll(() => stage.strike());

const wrapper = join(import.meta.dirname, "../../drivers/verifiers/example-bridge.ts");

/** The vendor's library behind a wrapper program; once dead, it stays so for this story. */
const bridged: Change = (settings) => {
	settings.brands[0].verifier = "bridge";
	settings.bridge = {
		...{ command: process.execPath, args: [wrapper] },
		...{ initMs: 10_000, callMs: 2_000, mostLineBytes: 65_536 },
		restart: { firstWaitMs: 60_000, factor: 1, mostWaitMs: 60_000 },
	};
};

/** The wrapper program that this stage's daemon has started. */
function wrapperPid(): number {
	const daemon = stage.daemon.process.pid;
	const children = readFileSync(`/proc/${daemon}/task/${daemon}/children`, "utf8").trim().split(" ");
	const isWrapper = (pid: string) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(wrapper);
	return Number(children.find(isWrapper));
}

test(
	"a brand that the vendor's library checks pays by its verdict and with its token; dead, it leaves loyalty",
	() =>
		withSettings(stage, bridged, async () => {
			const customer = newCustomer();
			await payOnce(stage, customer);

			process.kill(wrapperPid(), "SIGKILL");
			await logLine(stage.daemon, "the verifier's bridge is down: cards of this brand cannot pay");
			const second = newCustomer();
			const scan = await show(stage, second);
			const told = { fault: "password-unchecked", cashier: cashierReads("password-unchecked") };
			expect(scan.body).toMatchObject({ canPay: false, card: second.masked, ...told });
			const { data } = await refusal(start(stage.pos, second, scan));
			expect(data).toMatchObject({ ...told, moneyMoved: "no" });
			const content = await stage.pos.call("scan.take", { scanId: `${scan.body.scanId}` });
			expect(content).toMatchObject({ cardNumber: second.card.number });
		}),
	60_000,
);

test("a till whose clock is an hour wrong says so, instead of blaming the customer's honest code", async () => {
	const hour = 3_600_000;
	const { caPem, ...identity } = await makeCertificate();
	const server = createServer(identity, (_, response) => {
		response.setHeader("date", new Date(Date.now() - hour).toUTCString()).end();
	}).listen(0, "localhost");
	await once(server, "listening");
	const caFile = join(stage.folder, "an-hour-ago.pem");
	writeFileSync(caFile, caPem);
	const change: Change = ({ payApi }) => {
		payApi.caFile = caFile;
		payApi.baseUrl.test = `https://localhost:${(server.address() as AddressInfo).port}/shop`;
	};
	await withSettings(stage, change, async () => {
		const words = "the till's clock is so wrong that honest cards are refused: set it";
		const skew = await logLine(stage.daemon, words);
		expect(Math.round(Number(skew.skewMs) / hour)).toBe(1);
		const { card, masked } = newCustomer();
		const honest = cardText({ ...card, key: stage.brandKey, at: Date.now() - hour });
		await stage.scanner.show("]Q1", honest);
		const { body } = await stage.pos.nextEvent(({ body }) => body.card === masked);
		const told = { fault: "clock-off", cashier: cashierReads("clock-off") };
		expect(body).toMatchObject({ kind: "payable", canPay: false, ...told });
	});
	server.close();
	server.closeAllConnections();
	await payOnce(stage);
}, 60_000);
