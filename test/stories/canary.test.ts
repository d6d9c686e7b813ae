import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectPos } from "../../src/client/pos-client.ts";
import type { PosEvent } from "../../src/model/event.ts";
import { misuseCards, payThroughDeath, showDyed, wholePurchase } from "./canary-day.ts";
import { echoes, startEcho } from "./canary-echo.ts";
import { escapedCanaries } from "./canary-search.ts";
import { type CanaryTill, guess, openCanaryTill, token } from "./canary-till.ts";
import { logLine } from "./log-lines.ts";
import { newCustomer, printEvent, withSettings } from "./shop.ts";
import { post, wholeShop } from "./whole-shop.ts";

let till: CanaryTill;

beforeAll(async () => {
	till = await openCanaryTill("trace");
	await till.listen();
}, 60_000);
afterAll(() => till.strike());

const nothingEscaped = () => expect(escapedCanaries(till.canaries(), till.writings())).toEqual([]);

test("cards that pay, are killed with, misused and brought back leave no secret anywhere", async () => {
	await payThroughDeath(till);
	await misuseCards(till);
	await wholePurchase(till);
	nothingEscaped();
	// Else nothing was proven.
	expect(till.canaries().filter(({ name }) => name.startsWith("a token")).length).toBeGreaterThan(1);
	const places = new Set(till.writings().map(({ place }) => place.replace(/.*\//, "")));
	for (const place of ["the log", "an event", "journal.db", "journal.db-wal, after SIGKILL", "paper 0"]) {
		expect(places).toContain(place);
	}
}, 120_000);

/** Over TCP, and as a page would; what a wrong one or no token gets is collected too. */
async function knock(): Promise<void> {
	const { tcp, webSocket } = till.doors;
	const url = `ws://${webSocket.host}:${webSocket.port}${webSocket.path}`;
	const [origin] = webSocket.origins;
	const rightly = [
		{ ...tcp, token },
		{ url, token, origin: `${origin}` },
	];
	const wrongly = [
		{ ...tcp, token: guess },
		{ url, token: guess, origin: `${origin}` },
		{ url: `${url}?token=${token}`, token, origin: `${origin}` },
		{ url, token, origin: "http://evil.example" },
	];
	for (const where of rightly) {
		const client = await connectPos(where, { name: "a till" });
		till.heard("config.get", await client.ask("config.get"));
		till.heard("device.list", await client.ask("device.list"));
		await client.close();
	}
	for (const where of wrongly) {
		till.heard("a closed door", await connectPos(where, { name: guess }).catch((error) => `${error}`));
	}
}

test("a token that is said, rightly or wrongly, and wherever programs write it, stays secret", async () => {
	await knock();
	const { daemon } = till.stage;
	// The log comes by a way of its own, and may be behind the answers.
	for (const words of ["client let in", "client dismissed"]) await logLine(daemon, words);
	await logLine(daemon, "a page was refused", { said: "http://evil.example" });
	nothingEscaped();
});

/** What a payment has come to as far as anybody knows. */
const known = ({ type, body }: PosEvent, operationId: string) =>
	type === "operation" && body.operationId === operationId && body.state !== "in-progress";

async function payAnEcho(): Promise<void> {
	const { pos } = till.stage;
	const scan = await showDyed(till, till.newCard());
	const { paymentTypes, ...purchase } = newCustomer().basket;
	const scanId = `${scan.body.scanId}`;
	till.heard(
		"pay.providers",
		await pos.call("pay.providers", { scanId, ...purchase }).catch((error) => error),
	);
	const wish = { key: `echo-${scanId}`, scanId, paymentTypes, ...purchase };
	const { operationId } = await pos.call("pay.start", wish);
	const { body } = await pos.nextEvent((event) => known(event, operationId));
	if (body.state !== "settled") return;
	await printEvent(pos, operationId);
	till.heard("operation.get", await pos.call("operation.get", { operationId }));
	const refund = await pos.call("refund.start", { key: `back-${scanId}`, operationId });
	await pos.nextEvent((event) => known(event, refund.operationId));
}

test("a server that writes secrets into its answers brings them no further", async () => {
	const echo = await startEcho();
	writeFileSync(join(till.stage.folder, "echo.pem"), echo.caPem);
	till.keepLog();
	const toEcho = (settings: { payApi: { baseUrl: object; caFile: string; poll: object } }) => {
		// A word that no list has is asked about until the customer's time is over.
		settings.payApi.poll = { ...settings.payApi.poll, giveUpMs: 1_000 };
		settings.payApi.baseUrl = { ...settings.payApi.baseUrl, test: echo.url };
		settings.payApi.caFile = "echo.pem";
	};
	await withSettings(till.stage, toEcho, async () => {
		await till.listen();
		for (const name of Object.keys(echoes)) {
			echo.become(name);
			await payAnEcho();
		}
		till.keepLog();
	});
	echo.close();
	await till.listen();
	nothingEscaped();
}, 120_000);

/** Command line and environment of the wrapper program that the daemon has started. */
function bridgeFacts(): string {
	const facts = (pid: string | number, ...files: string[]) =>
		files.map((file) => readFileSync(`/proc/${pid}/${file}`, "utf8")).join("\n");
	const { pid = 0 } = till.stage.daemon.process;
	const children = facts(pid, `task/${pid}/children`).trim().split(" ");
	const found = children.map((child) => facts(child, "cmdline", "environ"));
	expect(found.join()).toContain("leaky-bridge");
	return found.join();
}

test("neither a library that leaks, nor what is posted, brings a secret any further", async () => {
	till.keepLog();
	await withSettings(till.stage, await wholeShop(till.stage, "leaky-bridge.ts"), async () => {
		await till.listen();
		await logLine(till.stage.daemon, "the verifier's bridge is ready");
		till.heard("what everybody sees of the bridge", bridgeFacts());
		await misuseCards(till);
		const paid = await wholePurchase(till);
		const { transactionId } = await till.stage.pos.call("operation.get", { operationId: paid });
		const { number, session } = till.newCard();
		const slip = { loyaltyId: number, kzo: session };
		for (const posted of [
			{ status: "accepted", transactionId, slip },
			{ status: session, transactionId: number, errorCode: session },
			{ status: "rejected", transactionId, errorCode: number, slip: { [session]: number } },
		]) {
			const body = JSON.stringify(posted);
			till.heard("a postback's answer", await post(till.stage, body));
			till.heard("a postback's answer", await post(till.stage, body, guess));
			till.heard("a postback's answer", await post(till.stage, body.slice(1)));
		}
		till.keepLog();
	});
	await till.listen();
	nothingEscaped();
}, 120_000);
