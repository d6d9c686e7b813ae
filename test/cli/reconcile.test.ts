import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { type MockPayApi, startPayApi } from "../../hardware-mocks/pay-api.ts";
import { systemClock } from "../../src/clock.ts";
import { type Journal, openJournal } from "../../src/journal/journal.ts";
import { kopecks } from "../../src/model/money.ts";
import {
	checkoutBody,
	invoice,
	login,
	openTill,
	password,
	type Till,
} from "../hardware-mocks/pay-api-till.ts";
import { folderSettings, intentOf, refundOf, refused } from "../journal/intents.ts";
import { shipped } from "../settings-file.ts";

const folder = mkdtempSync(join(tmpdir(), "kassad-reconcile-"));
const config = join(folder, "kassad.yaml");
const day = "2026-11-28";
const at = new Date(2026, 10, 28, 12).getTime();

let api: MockPayApi;
let till: Till;
let journal: Journal;
beforeAll(async () => {
	api = await startPayApi({ login, password, script: { accept: 0 } });
	till = openTill(api);
	journal = openJournal(folderSettings(join(folder, "journal")), systemClock);
	writeFileSync(join(folder, "ca.pem"), api.caPem);
	const settings = parse(readFileSync(shipped, "utf8"));
	Object.assign(settings.payApi, { login, caFile: "ca.pem", environment: "test", deadlines: quick });
	settings.payApi.baseUrl.test = api.url;
	settings.payApi.retry = { ...settings.payApi.retry, attempts: 1 };
	// What a reconciliation has no use for may be wrong.
	Object.assign(settings, {
		printers: "none",
		brands: [],
		journal: { ...settings.journal, folder: "journal" },
	});
	writeFileSync(config, stringify(settings));
}, 60_000);
afterAll(async () => {
	journal.close();
	await Promise.all([till.close(), api.close()]);
	rmSync(folder, { recursive: true });
});

const quick = { connectMs: 2_000, startMs: 2_000, answerMs: 3_000 };

/** The real program, with no other secret than the password. */
async function reconcile(
	args: readonly string[],
	env: Record<string, string> = { KASSAD_PAY_PASSWORD: password },
) {
	const whole = ["src/cli.ts", "reconcile", "--config", config, ...args];
	const { PATH = "", TZ } = process.env;
	const child = spawn(process.execPath, whole, {
		cwd: join(import.meta.dirname, "../.."),
		env: { PATH, ...(TZ !== undefined && { TZ }), ...env },
	});
	child.stdin.end();
	const ended = once(child, "close").then(([code]) => code);
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { status: await ended, stdout, stderr };
}

/** Takes a payment at the server, and writes it into the journal as it ended here. */
async function pay(name: string, here: "settled" | "refused" | "unknown", amountThere = 85_900) {
	const { json } = await till.checkout(checkoutBody({ checkoutInvoice: invoice(amountThere) }));
	const transactionId = String(json.transactionId);
	const { operation, ...intent } = intentOf(name);
	const purchase = { ...operation.wish.purchase, totalAmount: kopecks(85_900) };
	journal.begin({
		...intent,
		operation: { ...operation, startedAt: at, wish: { ...operation.wish, purchase } },
	});
	if (here === "settled") journal.finish(operation.id, { kind: here, transactionId }, { eventBody: {} });
	if (here === "refused") journal.finish(operation.id, { ...refused, transactionId }, { eventBody: {} });
	if (here === "unknown")
		journal.tell(operation.id, { kind: here, fault: "server-silent", transactionId }, {});
	return transactionId;
}

/** Gives some of a payment back at the server, and into the journal when the till knows of it. */
async function giveBack(transactionId: string, name: string, isKnown: boolean) {
	const [{ checkout } = { checkout: undefined }] = api.transactions.filter(
		(one) => one.transactionId === transactionId,
	);
	const { storeId, terminalId, checkoutInvoice } = checkout ?? {};
	const { json } = await till.post("transaction/refund", {
		...{ requestId: crypto.randomUUID(), transactionId, storeId, terminalId, refundAmount: 85_900 },
		items: checkoutInvoice?.items,
	});
	if (!isKnown) return;
	const { operation, ...intent } = refundOf(transactionId, name, 85_900);
	journal.begin({ ...intent, operation: { ...operation, startedAt: at } });
	const refTransactionId = String(json.refTransactionId);
	journal.finish(operation.id, { kind: "settled", transactionId, refTransactionId }, { eventBody: {} });
}

test("a day on which till and server agree has no difference, and both have the same sums", async () => {
	await pay("a", "settled");
	await giveBack(await pay("b", "settled"), "b back", true);
	const { status, stdout, stderr } = await reconcile(["--day", day]);
	expect([status, stderr]).toEqual([0, "3 of 3 payments and refunds\n"]);
	expect(stdout).toContain("The server answered for 3 of 3 payments and refunds.\n");
	expect(stdout).toMatch(/│ payment │ 2 +│ 1\s718,00 │ 2 +│ 1\s718,00 +│/);
	expect(stdout).toMatch(/│ net +│ +│ +859,00 │ +│ +859,00 +│/);
	expect(stdout).toMatch(/\nNo difference\.\n$/);
	expect(api.complaints).toEqual([]);
});

test("what differs is listed, whatever it is, as JSON and as CSV", async () => {
	await pay("amount", "settled", 90_000);
	await pay("lost", "refused");
	await pay("silent", "unknown");
	await giveBack(await pay("elsewhere", "settled"), "", false);
	const { operation, ...intent } = intentOf("never there");
	journal.begin({ ...intent, operation: { ...operation, startedAt: at } });
	const transactionId = "00000000-0000-4000-8000-000000000000";
	journal.finish(operation.id, { kind: "settled", transactionId }, { eventBody: {} });
	const { status, stdout } = await reconcile(["--day", day, "--format", "json"]);
	const { differences, here, there, count, answered } = JSON.parse(stdout);
	expect([status, count, answered]).toEqual([1, 8, 8]);
	expect(
		differences.map(({ kind, row }: { kind: string; row: { orderId: string } }) => [row.orderId, kind]),
	).toEqual([
		["order amount", "amount-differs"],
		["order lost", "only-there"],
		["order silent", "unknown-here"],
		["order elsewhere", "refunded-there"],
		["order never there", "not-known-there"],
	]);
	expect(differences[0]).toMatchObject({ there: "accepted", amountThere: 90_000, row: { amount: 85_900 } });
	expect([here.payment, there.payment]).toEqual([
		{ count: 5, sum: 5 * 85_900 },
		{ count: 6, sum: 5 * 85_900 + 90_000 },
	]);
	const csv = await reconcile(["--day", day, "--format", "csv"]);
	expect(csv.status).toBe(1);
	expect(csv.stdout.split("\r\n")[1]).toMatch(
		/^28\.11\.2026 12:00:00;payment;the amount differs;settled;accepted;859,00;900,00;order amount;/,
	);
	expect(csv.stderr).toContain("\n5 differences:\n");
});

test("nothing is changed, here or there", async () => {
	const before = [journal.chain.head(), api.requests.filter(({ call }) => call !== "status").length];
	await reconcile(["--day", day]);
	expect([journal.chain.head(), api.requests.filter(({ call }) => call !== "status").length]).toEqual(before);
});

test("a day without anything asks nothing", async () => {
	const asked = api.requests.length;
	const { status, stdout, stderr } = await reconcile(["--day", "2026-11-27"]);
	expect([status, stderr, api.requests.length]).toEqual([0, "", asked]);
	expect(stdout).toContain("The server answered for 0 of 0");
});

test("a server that is away is told: nothing could be asked, and that is exit code 1", async () => {
	await api.down();
	const { status, stdout } = await reconcile(["--day", day, "--format", "json"]);
	await api.up();
	const { differences, answered } = JSON.parse(stdout);
	expect([status, answered]).toEqual([1, 0]);
	const whys = differences.map(({ kind, there }: { kind: string; there: string }) => `${kind}: ${there}`);
	expect(whys[0]).toMatch(/^not-asked: server-unreachable: /);
	expect(whys[7]).toBe("not-asked: the server does not answer");
});

test("a password that is wrong is told at once, one that is missing before anything is asked", async () => {
	const wrong = await reconcile(["--day", day], { KASSAD_PAY_PASSWORD: "wrong" });
	expect([wrong.status, wrong.stdout]).toEqual([1, ""]);
	expect(wrong.stderr).toMatch(/kassad: credentials-refused: HTTP 401\n$/);
	const missing = await reconcile(["--day", day], {});
	expect([missing.status, missing.stderr]).toEqual([
		2,
		"environment variable KASSAD_PAY_PASSWORD is not set: set it for kassad's process, or name a file instead\n",
	]);
});

test.each([
	[["--day", "2026-02-30"], "Expected a day"],
	[["--from", "2026-11-29", "--to", "2026-11-27"], "after its beginning"],
	[["--format", "xlsx"], "Allowed choices"],
])("%j is wrong usage", async (args, words) => {
	const { status, stderr } = await reconcile(args);
	expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
});

test("the page of the command fits 80 columns", async () => {
	const { stdout } = await reconcile(["--help"]);
	expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
