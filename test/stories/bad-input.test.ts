import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { startPayApi } from "../../hardware-mocks/pay-api.ts";
import { cardText } from "../../hardware-mocks/scanner/barcodes.ts";
import { logLine } from "./log-lines.ts";
import { connectRaw } from "./raw-client.ts";
import {
	type Change,
	changed,
	counted,
	ending,
	newCustomer,
	openShop,
	payOnce,
	payWith,
	printEvent,
	refusal,
	settingsFile,
	show,
	start,
	startAnother,
	withSettings,
} from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop();
}, 60_000);

afterAll(() => stage.strike());

test("10 MB without an end from the scanner are told by their length, and the next card pays", async () => {
	const length = 10_000_000;
	await stage.scanner.send(Buffer.alloc(length, "7"));
	const told = await logLine(stage.daemon, "bytes discarded", { why: "too-long" });
	expect(told).toMatchObject({ level: "warn", scanner: "front" });
	await stage.scanner.send(Buffer.from("\r"));
	await logLine(stage.daemon, "bytes discarded", { why: "too-long", length: length - Number(told.length) });
	await payOnce(stage);
});

test("half a read before the cable is pulled is no read, and the replugged scanner reads a card", async () => {
	// A whole read in the same bytes: when it is heard, the half behind it has arrived, too.
	await stage.scanner.send(Buffer.from("]E04006381333931\r]Q177123"));
	await stage.pos.nextEvent(({ body }) => body.symbology === "ean13");
	await stage.scanner.unplug();
	const away = await stage.pos.nextEvent(({ body }) => body.state === "away");
	expect(away.body).toMatchObject({ scanner: "front", cashier: { title: "Сканер не отвечает" } });
	await logLine(stage.daemon, "bytes discarded", { why: "unfinished", length: "]Q177123".length });
	stage.scanner.replug();
	await stage.pos.nextEvent(({ seq, body }) => seq > away.seq && body.state === "back");
	await payOnce(stage);
});

test("a card whose password has letters is a foreign scan, byte for byte, and pays nothing", async () => {
	const customer = newCustomer();
	const content = `77${customer.card.number}${customer.card.session}1x2`;
	await stage.scanner.show("]Q1", content);
	const scan = await stage.pos.nextEvent(({ body }) => body.length === content.length);
	expect(scan.body).toMatchObject({ kind: "foreign", symbology: "qr" });
	const { bytes, text } = await stage.pos.ask("scan.take", { scanId: scan.body.scanId });
	expect([bytes, text]).toEqual([Buffer.from(content).toString("base64"), content]);
	const { data } = await refusal(start(stage.pos, customer, scan));
	expect(data).toMatchObject({ fault: "card-cannot-pay", moneyMoved: "no", detail: "the scan is foreign" });
	await payOnce(stage);
});

test("a wrong password is told with the scan, cannot pay, and nothing of it leaves", async () => {
	const customer = newCustomer();
	const before = counted(stage);
	await stage.scanner.show("]Q1", withWrongPassword(customer.card));
	const scan = await stage.pos.nextEvent(({ body }) => body.card === customer.masked);
	const told = { fault: "password-wrong", cashier: { title: "Код карты не подошёл" } };
	expect(scan.body).toMatchObject({ kind: "payable", canPay: false, ...told });
	const { data } = await refusal(start(stage.pos, customer, scan));
	expect(data).toMatchObject({ ...told, moneyMoved: "no", next: "scan-again" });
	expect(counted(stage)).toEqual(before);
	await payOnce(stage, customer);
});

/** A barcode whose password is good at no moment near now. */
function withWrongPassword(card: { prefix: string; number: string; session: string }): string {
	const near = [-90, -60, -30, 0, 30, 60, 90].map((seconds) =>
		cardText({ ...card, key: stage.brandKey, at: Date.now() + seconds * 1_000 }).slice(-3),
	);
	const wrong = Array.from({ length: 10 }, (_, digit) => `00${digit}`).find((word) => !near.includes(word));
	return `${card.prefix}${card.number}${card.session}${wrong}`;
}

test("a card shown twice is good once: the copy cannot pay, the first still can", async () => {
	const customer = newCustomer();
	const bytes = await stage.scanner.showCard({ ...customer.card, key: stage.brandKey });
	const first = await stage.pos.nextEvent(({ body }) => body.card === customer.masked);
	// Something else in between: the same code at once would be the same scan.
	await stage.scanner.show("]E0", "4601234567893");
	await stage.scanner.send(bytes);
	const copy = await stage.pos.nextEvent(({ body }) => body.card === customer.masked);
	const told = { fault: "password-replayed", cashier: { title: "Этот код уже показывали" } };
	expect(copy.body).toMatchObject({ canPay: false, ...told });
	const { data } = await refusal(start(stage.pos, customer, copy));
	expect(data).toMatchObject({ ...told, moneyMoved: "no" });
	await payWith(stage, customer, first);
});

/** Two answers in a row: one more than the shop repeats in silence. */
test.each([
	["a page of HTML", { html: true, times: 2 }],
	["5 MB of JSON", { oversize: true, times: 2 }],
] as const)(
	"%s instead of an answer: the cashier reads unknown, and the till finds out by itself",
	async (_, trouble) => {
		const customer = newCustomer();
		const before = counted(stage);
		stage.payApi.next({ accept: 1, ...trouble });
		const { operationId } = await start(stage.pos, customer, await show(stage, customer));
		const unknown = await stage.pos.nextEvent(({ body }) => body.state === "unknown");
		expect(unknown.body).toMatchObject({
			operationId,
			fault: "server-answer-unreadable",
			moneyMoved: "unknown",
			cashier: { title: "Ответ сервера не прочесть" },
		});
		const { body } = await ending(stage.pos, operationId);
		expect(body).toMatchObject({ state: "refused", fault: "payment-timed-out", moneyMoved: "no" });
		expect(counted(stage)).toEqual({ ...before, transactions: before.transactions + 1 });
		await payOnce(stage);
	},
);

test("a refusal that no document names is shown with its code, and never taken for paid", async () => {
	const customer = newCustomer();
	stage.payApi.next({ refuse: "SHOP_IS_HAUNTED" });
	const { operationId } = await start(stage.pos, customer, await show(stage, customer));
	const { body } = await ending(stage.pos, operationId);
	expect(body).toMatchObject({ state: "refused", fault: "unlisted-refusal", moneyMoved: "unknown" });
	expect(body.cashier).toMatchObject({ text: expect.stringContaining("SHOP_IS_HAUNTED") });
	await payOnce(stage);
});

test("a server whose certificate is for another name gets no payment, and no money has moved", async () => {
	const impostor = await startPayApi({ login: "", password: "", certificateFor: "elsewhere.example" });
	const caFile = join(stage.folder, "impostor.pem");
	writeFileSync(caFile, impostor.caPem);
	const change: Change = ({ payApi }) => {
		payApi.caFile = caFile;
		payApi.baseUrl.test = impostor.url;
	};
	await withSettings(stage, change, async () => {
		const silent = await logLine(stage.daemon, "the Pay API does not answer");
		expect(silent.detail).toMatch(/elsewhere\.example/);
		const customer = newCustomer();
		const { operationId } = await start(stage.pos, customer, await show(stage, customer));
		const { body } = await ending(stage.pos, operationId);
		const cashier = { title: "Сервер оплаты не подтвердил себя" };
		expect(body).toMatchObject({ state: "refused", fault: "server-certificate", moneyMoved: "no", cashier });
		expect(impostor.requests).toEqual([]);
	});
	await impostor.close();
	await payOnce(stage);
});

test("a second scanner and a printer that are not there are told, and the till pays all the same", async () => {
	const change: Change = ({ scanners, printers }) => {
		scanners.push({ ...scanners[0], name: "back", path: join(stage.folder, "no-such-scanner") });
		// Nobody listens there: it needs the rights of root.
		printers[0].connection.port = 1;
	};
	await withSettings(stage, change, async () => {
		const away = await stage.pos.nextEvent(({ body }) => body.scanner === "back");
		expect(away.body).toMatchObject({ state: "away", cashier: { title: "Сканер не отвечает" } });
		expect(away.body.detail).toMatch(/no-such-scanner: .*plug it in/);
		const customer = newCustomer();
		const { operationId } = await start(stage.pos, customer, await show(stage, customer));
		expect((await ending(stage.pos, operationId)).body).toMatchObject({
			state: "settled",
			moneyMoved: "yes",
		});
		const cashier = { title: "Нет связи с принтером" };
		const { body } = await printEvent(stage.pos, operationId);
		expect(body).toMatchObject({ state: "not-printed", reason: "printer-unreachable", cashier });
		const judged = await logLine(stage.daemon, "print judged", { operation: operationId });
		expect(judged.detail).toMatch(/127\.0\.0\.1:1: .*nothing listens on this port/);
	});
	await payOnce(stage);
});

test("broken JSON is answered as such, and the connection goes on", async () => {
	const client = await connectRaw(stage);
	await client.send('{"jsonrpc": "2.0", "id": 1, "method": \n');
	expect(await client.answer()).toMatchObject({
		id: null,
		error: {
			code: -32_700,
			data: { fault: "request-invalid", moneyMoved: "no", detail: "the line is not JSON" },
		},
	});
	await client.send('{"jsonrpc": "2.0", "id": 2, "method": "hello", "params": {"client": "raw"}}\n');
	expect(await client.answer()).toMatchObject({ id: 2, result: { name: "kassad" } });
	client.close();
	await payOnce(stage);
});

test("300 MB on one line are refused at the limit and never held, and the others are served meanwhile", async () => {
	const client = await connectRaw(stage);
	const before = peakMegabytes();
	const answer = client.answer();
	const flood = client.sendOver(Buffer.alloc(1_000_000, "["), 300);
	expect(await stage.pos.call("hello", { client: "the other" })).toMatchObject({ name: "kassad" });
	expect(await answer).toMatchObject({
		id: null,
		error: { data: { fault: "message-too-large", detail: expect.stringContaining("1048576 bytes") } },
	});
	await flood;
	await expect(client.answer()).rejects.toThrow("closed the connection");
	client.close();
	await logLine(stage.daemon, "client dismissed", { fault: "message-too-large" });
	// What is thrown away waits for the garbage collector: up to 100 MB, however much comes.
	expect(peakMegabytes() - before).toBeLessThan(150);
	await payOnce(stage);
});

/** The most memory that the daemon has ever held. */
function peakMegabytes(): number {
	const status = readFileSync(`/proc/${stage.daemon.process.pid}/status`, "utf8");
	return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1_000;
}

test("a program that asks and never reads is cut off at the limit, and costs the others nothing", async () => {
	const client = await connectRaw(stage);
	const request = '{"jsonrpc": "2.0", "id": 1, "method": "operation.get", "params": {"key": "never"}}\n';
	await client.sendOver(request.repeat(100), 200);
	await logLine(stage.daemon, "client cut off", { why: "it does not read" });
	client.close();
	await payOnce(stage);
});

test("settings with an unknown key stop a start with exit code 2 and say where, and the till goes on", async () => {
	const file = join(stage.folder, "mistyped.yaml");
	const mistype: Change = ({ payApi }) => {
		payApi.retires = 3;
	};
	writeFileSync(file, changed(readFileSync(settingsFile(stage), "utf8"), mistype));
	const { code, words } = await startAnother(stage, file);
	expect(code).toBe(2);
	expect(words).toMatch(/^\S+mistyped\.yaml: payApi\.retires: expected no such key here \(line \d+\)\n$/);
	await payOnce(stage);
});
