import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { PosError } from "../../src/client/pos-error.ts";
import { descriptions } from "../../src/pos/describe-methods.ts";
import { notifications } from "../../src/pos/notifications.ts";
import { invoice } from "../pos/counter.ts";
import { against, againstOpenRpc, described, type OpenRpc } from "../pos/described.ts";
import { ending, newCustomer, openShop, printEvent, settingsFile, show, wishOf } from "./shop.ts";

type Answer = Readonly<Record<string, unknown>>;
type Method = keyof typeof descriptions;

let stage: Stage;
let document: OpenRpc;
let by: ReturnType<typeof described>;
beforeAll(async () => {
	stage = await openShop();
	document = (await stage.pos.ask("rpc.discover")) as OpenRpc;
	by = described(document);
}, 60_000);
afterAll(() => stage.strike());

/** What a request can always meet is said once for all methods. */
const anyFaults = ["request-invalid", "internal-failure"];

/** Asks as a POS program does, and holds the answer against the document: it fits, and nothing is in it unsaid. */
async function asked(method: Method, params: object = {}): Promise<Answer> {
	expect(against(by.params.get(method), params)).toBeUndefined();
	const answer = await stage.pos.ask(method, params).catch((error: unknown) => error);
	if (answer instanceof PosError) {
		expect(against(by.errorData, answer.data)).toBeUndefined();
		const { errors = [] } = document.methods.find(({ name }) => name === method) ?? {};
		const faults = errors.flatMap(({ data }) => data?.faults ?? []);
		expect([...anyFaults, ...faults]).toContain(answer.data.fault);
		return { refused: answer.data.fault };
	}
	expect(against(by.result.get(method), answer)).toBeUndefined();
	expect(descriptions[method].result.parse(answer)).toEqual(answer);
	return answer as Answer;
}

test("the daemon serves a document that is OpenRPC", () => {
	expect(againstOpenRpc(document)).toBeUndefined();
});

test("a day at the till: every answer, event and offer is as the document says", async () => {
	const { pos, scanner } = stage;
	const heard: object[] = [];
	const offered: object[] = [];
	pos.events$.subscribe((event) => heard.push(event));
	pos.offers$.subscribe((offer) => offered.push(offer));
	await asked("hello", { client: "a story" });
	expect(await asked("shift.open", { key: "morning" })).toMatchObject({ number: 1 });
	await asked("events.subscribe", { since: 0 });
	await asked("scans.accept");

	const customer = newCustomer();
	const scan = await show(stage, customer);
	const { scanId } = scan.body;
	expect(await asked("scan.take", { scanId })).toMatchObject({ kind: "payable" });
	await asked("scan.acknowledge", { scanId });
	const { key: _, paymentTypes: _types, ...question } = wishOf(customer, scan);
	await asked("pay.providers", question);
	const { operationId } = await asked("pay.start", wishOf(customer, scan));
	await ending(pos, `${operationId}`);
	const { printId } = (await printEvent(pos, `${operationId}`)).body;
	expect(await asked("operation.get", { operationId })).toMatchObject({ state: "settled" });
	expect(await asked("pay.cancel", { operationId })).toEqual({ refused: "too-late-to-cancel" });
	expect(await asked("pay.start", { ...wishOf(customer, scan), key: "k" })).toHaveProperty("refused");

	const refund = await asked("refund.start", { key: "return", operationId });
	await ending(pos, `${refund.operationId}`);
	await printEvent(pos, `${refund.operationId}`);
	expect(await asked("operation.get", { orderId: customer.basket.orderId })).toHaveProperty("refunds");
	const { totalAmount, orderId, items } = customer.basket;
	const receipt = { ...invoice, totalAmount, orderId, items, receiptType: "debit" };
	expect(await asked("receipt.send", { key: "receipt", operationId, invoice: receipt })).toHaveProperty(
		"state",
	);
	await asked("operation.get", { key: "receipt" });

	expect(await asked("print.get", { printId })).toMatchObject({ state: "printed" });
	await asked("print.hold", { printer: "receipt" });
	const again = await asked("print.again", { key: "again", printId });
	await asked("print.document", { key: "sheet", document: "self-test" });
	await asked("print.list");
	await asked("printer.status");
	await asked("print.cancel", { printId: again.printId });
	await asked("print.release", { printer: "receipt" });
	expect(await asked("print.resolve", { printId, onPaper: true })).toHaveProperty("refused");

	const { scanners, printers } = await asked("device.list");
	expect([scanners, printers]).toMatchObject([[{ state: "ready" }], [{ state: "ready" }]]);
	expect(await asked("config.get")).toMatchObject({ environment: "test" });
	const day = await asked("report.read");
	expect(day).toMatchObject({ rows: [{ shift: 1 }, { shift: 1 }], sums: { net: 0, unknown: 0 } });
	expect(await asked("shift.close", { key: "evening" })).toMatchObject({ rows: day.rows, sums: day.sums });
	const paper = await asked("print.document", { key: "paper", document: "shift-report", shift: "last" });
	expect(await asked("print.get", { printId: paper.printId })).toMatchObject({ shift: 1 });
	expect(await asked("shift.list")).toMatchObject({ shifts: [{ number: 1 }] });
	expect(await asked("shift.close", { key: "night" })).toEqual({ refused: "shift-not-open" });
	expect(await asked("report.read", { shift: 7 })).toEqual({ refused: "shift-not-found" });

	await asked("scanner.pause");
	await asked("scanner.resume", { scanner: "front" });
	for (const deed of ["scanner.beep", "scanner.trigger", "scanner.picture"] as const) {
		await asked(deed, { scanner: "front" });
	}
	await scanner.show("]E0", "4006381333931");
	const foreign = await pos.nextEvent(({ type, body }) => type === "scan" && body.kind === "foreign");
	expect(await asked("scan.take", { scanId: foreign.body.scanId })).toMatchObject({ text: "4006381333931" });

	expect(new Set(heard.map((event) => (event as { type: string }).type))).toContain("printer");
	expect(offered.length).toBeGreaterThan(0);
	for (const [name, all] of [
		["event", heard],
		["scan.offer", offered],
	] as const) {
		for (const one of all) {
			expect(against(by.unasked.get(name), one)).toBeUndefined();
			expect(notifications[name].params.parse(one)).toEqual(one);
		}
	}
});

test("kassad rpc asks the same daemon, with nothing but its settings", async () => {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const args = [program, "rpc", "rpc.discover", "--config", settingsFile(stage)];
	const running = spawn(process.execPath, args, { env: {}, stdio: ["ignore", "pipe", "inherit"] });
	const [out, [code]] = await Promise.all([text(running.stdout), once(running, "close")]);
	expect([code, JSON.parse(out)]).toEqual([0, document]);
});
