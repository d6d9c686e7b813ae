import { once } from "node:events";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { logLine } from "./log-lines.ts";
import {
	type Change,
	changed,
	ending,
	newCustomer,
	openShop,
	payOnce,
	printEvent,
	refusal,
	settingsFile,
	show,
	start,
	startAnother,
	withSettings,
} from "./shop.ts";
import { postbackAddress, wholeShop } from "./whole-shop.ts";

let stage: Stage;

beforeEach(async () => {
	stage = await openShop();
}, 60_000);

afterEach(() => stage.strike());

const fiscal = {
	...{ receiptId: "1", merchantName: "Лавка", merchantAddress: "Москва", inn: "001234567890" },
	...{ dateTime: "2026-11-24T12:00:00+03:00", shift: "1", cashier: "Иванова", receiptType: "debit" },
};

/** SIGTERM, and the daemon's own end of it: the database closed, so that nothing waits in its log. */
async function stopInOrder(): Promise<void> {
	const { daemon, folder } = stage;
	await daemon.stop();
	expect([daemon.process.exitCode, daemon.process.signalCode]).toEqual([0, null]);
	expect(existsSync(join(folder, "journal/journal.db-wal"))).toBe(false);
}

/** Begins an operation; resolves when its call has arrived at a server that keeps the answer. */
async function untilHeld(call: "checkout" | "status" | "cancel" | "refund" | "receipt"): Promise<string> {
	const { pos, payApi } = stage;
	const customer = newCustomer();
	const paid = call === "refund" || call === "receipt" ? await payOnce(stage, customer) : "";
	payApi.disturb({ on: call, late: 60_000 });
	const arrival = payApi.arrival(call);
	if (call === "cancel") payApi.next({ pending: true });
	const { paymentTypes: _, ...purchase } = customer.basket;
	const key = `${call} in the middle`;
	const begin = {
		refund: () => pos.call("refund.start", { key, operationId: paid }),
		receipt: () =>
			pos.call("receipt.send", {
				...{ key, operationId: paid },
				invoice: { ...purchase, ...fiscal },
			}),
		payment: async () => start(pos, customer, await show(stage, customer)),
	};
	const { operationId } = await begin[call === "refund" || call === "receipt" ? call : "payment"]();
	if (call === "cancel") await pos.call("pay.cancel", { operationId, by: "customer" });
	await arrival;
	return operationId;
}

test.each([
	["checkout", "settled"],
	["status", "settled"],
	["cancel", "refused"],
	["refund", "settled"],
	["receipt", "settled"],
] as const)("told to stop in the middle of a %s it stops, and the next run ends it", async (call, state) => {
	const operationId = await untilHeld(call);
	await stopInOrder();
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
	expect((await ending(stage.pos, operationId)).body).toMatchObject({ state });
	expect(stage.payApi.complaints).toEqual([]);
});

test("told to stop in the middle of a question for ways to pay it says that they are not known, and stops", async () => {
	const { pos, payApi } = stage;
	const customer = newCustomer();
	const scan = await show(stage, customer);
	const { paymentTypes: _, ...purchase } = customer.basket;
	payApi.disturb({ on: "providers", late: 60_000 });
	const arrival = payApi.arrival("providers");
	const told = refusal(pos.call("pay.providers", { scanId: `${scan.body.scanId}`, ...purchase }));
	await arrival;
	await stopInOrder();
	expect((await told).data).toMatchObject({ fault: "providers-unknown", moneyMoved: "no" });
});

test("told to stop while a printer without paper keeps its word, it does not wait for it", async () => {
	const { pos, printer, payApi } = stage;
	const customer = newCustomer();
	printer.paperOut(3);
	payApi.next({ accept: 0 });
	const { operationId } = await start(pos, customer, await show(stage, customer));
	const printing = async () => {
		const { print } = await pos.call("operation.get", { operationId });
		return print?.state === "printing";
	};
	while (!(await printing()));
	const { daemon } = stage;
	await daemon.stop();
	expect(daemon.process.exitCode).toBe(0);
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
	expect((await printEvent(stage.pos, operationId)).body).toMatchObject({ reason: "print-interrupted" });
});

/** Processes whose command line has this word. */
function processesWith(word: string): string[] {
	return globSync("/proc/[0-9]*/cmdline").filter((file) => {
		try {
			return readFileSync(file, "latin1").includes(word);
		} catch {
			// It has ended meanwhile.
			return false;
		}
	});
}

test("told to stop while its wrapper program keeps an answer and a stranger half a postback, it leaves no program behind", async () => {
	const mark = `mark-${process.pid}`;
	await withSettings(stage, await wholeShop(stage, "silent-bridge.ts", mark), async () => {
		await logLine(stage.daemon, "the verifier's bridge is ready");
		expect(processesWith(mark)).toHaveLength(1);
		const half = connect(postbackAddress(stage).port, "127.0.0.1").on("error", () => undefined);
		await once(half, "connect");
		half.write("POST /postback HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
		await stage.scanner.showCard({ ...newCustomer().card, key: stage.brandKey });
		await stopInOrder();
		expect(processesWith(mark)).toEqual([]);
		half.destroy();
	});
});

test("a wrapper program that is not there costs the payments of its brand, and nothing else", async () => {
	const whole = await wholeShop(stage, "silent-bridge.ts");
	const missing: Change = (settings) => {
		whole(settings);
		settings.bridge.command = "/nowhere/passcode-bridge";
	};
	await withSettings(stage, missing, async () => {
		const down = await logLine(stage.daemon, "the verifier's bridge is down: cards of this brand cannot pay");
		expect(down).toMatchObject({
			level: "warn",
			why: expect.stringContaining("/nowhere/passcode-bridge ENOENT"),
		});
		const customer = newCustomer();
		const scan = await show(stage, customer);
		expect(scan.body).toMatchObject({ canPay: false, fault: "password-unchecked" });
		const { data } = await refusal(start(stage.pos, customer, scan));
		expect(data).toMatchObject({ fault: "password-unchecked", moneyMoved: "no" });
		expect(await stage.pos.call("scan.take", { scanId: `${scan.body.scanId}` })).toMatchObject({
			cardNumber: customer.card.number,
		});
	});
	await payOnce(stage);
});

test("a port of postbacks that is taken, or a socket, ends a start with code 2, what to do, and no program left", async () => {
	const taken = createServer().listen(0, "127.0.0.1");
	await once(taken, "listening");
	const { port } = taken.address() as AddressInfo;
	const mark = `second-${process.pid}`;
	const whole = await wholeShop(stage, "silent-bridge.ts", mark);
	const file = join(stage.folder, "second.yaml");
	const second = async (change: Change) => {
		const apart: Change = (settings) => {
			whole(settings);
			settings.journal.folder = join(stage.folder, "second-journal");
			change(settings);
		};
		writeFileSync(file, changed(readFileSync(settingsFile(stage), "utf8"), apart));
		return startAnother(stage, file);
	};
	const portTaken = await second(({ payApi, socket }) => {
		payApi.postback.port = port;
		socket.path = join(stage.folder, "second.sock");
	});
	expect(portTaken).toMatchObject({ code: 2, words: expect.stringContaining("EADDRINUSE; another program") });
	expect(portTaken.words).toContain(`port ${port}`);
	const socketTaken = await second(() => undefined);
	expect(socketTaken).toMatchObject({ code: 2, words: expect.stringContaining("another program has") });
	expect(processesWith(mark)).toEqual([]);
	taken.close();
	await payOnce(stage);
});
