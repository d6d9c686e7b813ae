import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandFacts } from "../../src/cli/commands.ts";
import { begin } from "./canary-commands.ts";
import { misuseCards, wholePurchase } from "./canary-day.ts";
import { escapedCanaries } from "./canary-search.ts";
import { type CanaryTill, guess, openCanaryTill, token } from "./canary-till.ts";
import { changed, settingsFile } from "./shop.ts";

let till: CanaryTill;
/** An order that was paid for. */
let order = "";

beforeAll(async () => {
	till = await openCanaryTill("info", {
		// Nobody is there: what goes to it is not to leave this machine.
		storeApi: { baseUrl: "https://localhost:9/", retry: { attempts: 1 }, deadlines: { connectMs: 100 } },
	});
	await till.listen();
	await misuseCards(till);
	const operationId = await wholePurchase(till);
	({ orderId: order = "" } = (await till.stage.pos.call("operation.get", { operationId })) as {
		orderId?: string;
	});
}, 60_000);
afterAll(() => till.strike());

const nothingEscaped = () => expect(escapedCanaries(till.canaries(), till.writings())).toEqual([]);
const stores = "stores.csv";

/** Beside the daemon, command by command. */
const beside: Readonly<Record<string, readonly string[][]>> = {
	"config check": [[]],
	devices: [[], ["--json"]],
	"print preview": ["payment", "self-test"].map((document) => [document, "--out", `${document}.png`]),
	"journal verify": [[], ["--json"]],
	"journal backup": [
		["--out", "copy"],
		["--out", "whole-copy", "--with-key"],
	],
	"journal export": [["--out", "rows.jsonl"]],
	report: [[], ...["csv", "xlsx", "json"].map((format) => ["--out", `day.${format}`])],
	reconcile: [[], ["--format", "json"]],
	story: [["ORDER"], ["ORDER", "--json"], ["ORDER", "--language", "en"]],
	rpc: ["config.get", "device.list", "print.list", "report.read", "rpc.discover"].map((method) => [method]),
	selftest: [["--only", "internal", "--yes", "--json"]],
	doctor: [[], ["--json"]],
	"stores add": [
		[stores, "--dry-run"],
		[stores, "--yes"],
	],
	"stores update": [[stores, "--yes", "--json"]],
	"stores list": [[], ["--json"]],
	replay: [
		[join(import.meta.dirname, "../../hardware-mocks/recordings/serial-generic.jsonl"), "--speed", "100"],
	],
};

/** When the daemon is stopped. */
const alone = {
	scan: ["--quiet"],
	record: ["--scanner", "front", "--out", "odd.jsonl", "--seconds", "2"],
	"print test": ["--json"],
};

/** `run` is the daemon of every story here; the others have nothing to do with a till's secrets. */
const elsewhere = ["run", "completion", "print codepages", "print setup"];

test("every command is tried here", () => {
	const tried = [...Object.keys(beside), ...Object.keys(alone), ...elsewhere];
	expect(Object.keys(commandFacts).filter((command) => !tried.includes(command))).toEqual([]);
});

test("no command that is given all secrets writes one, beside the daemon", async () => {
	await begin(till, ["config", "check"]).ended;
	const head = "storeNumber;legalId;city;address;phone;zip;paymentMethods\n";
	const row = "17;2f00d067-3d92-48cb-8973-cee7821035da;Москва;Тверская, 1;+7 495 123-45-67;101000;SBP\n";
	writeFileSync(join(till.root, "work", stores), head + row);
	for (const [command, calls] of Object.entries(beside)) {
		for (const args of calls) {
			const words = args.map((word) => (word === "ORDER" ? order : word));
			const code = await begin(till, [...command.split(" "), ...words]).ended;
			expect([command, code]).toEqual([command, expect.toSatisfy((ended) => ended === 0 || ended === 1)]);
		}
	}
	nothingEscaped();
	const written = till.writings().map(({ place }) => place);
	for (const file of ["day.csv", "day.xlsx", "day.json", "rows.jsonl", "payment.png"]) {
		expect(written).toContain(join("work", file));
	}
}, 600_000);

test("a technician who watches and records cards, and tries the printer, is shown no secret", async () => {
	await till.stage.pos.close();
	await till.stage.daemon.stop();
	const scan = begin(till, ["scan", ...alone.scan]);
	await scan.writes();
	for (const aim of ["]Q1", "]C0"]) {
		await till.stage.scanner.show(aim, till.codeOf(till.newCard()));
		await scan.writes();
	}
	scan.interrupt();
	expect(await scan.ended).toBe(0);
	const record = begin(till, ["record", ...alone.record]);
	await record.writes();
	for (const aim of ["]Q1", "]C0"]) await till.stage.scanner.show(aim, till.codeOf(till.newCard()));
	expect(await record.ended).toBe(0);
	expect(readFileSync(join(till.root, "work/odd.jsonl"), "utf8")).toContain("kassadRecording");
	expect(await begin(till, ["print", "test", ...alone["print test"]]).ended).toBe(0);
	await begin(till, ["replay", "odd.jsonl", "--speed", "100"]).ended;
	nothingEscaped();
}, 240_000);

type Mistake = Parameters<typeof changed>[1];
/** Where people write secrets instead of their places. */
const mistakes: readonly Mistake[] = [
	(settings) => (settings.payApi.password = guess),
	(settings) => (settings.payApi.password = { env: guess }),
	(settings) => (settings.payApi.login = `me:${guess}`),
	(settings) => (settings.payApi.baseUrl.test = `https://me:${guess}@localhost/`),
	(settings) => (settings.storeApi.password = [guess]),
	(settings) => (settings.brands[0].key = till.stage.brandKey),
	(settings) => (settings.brands[0].key = { file: "open.secret" }),
	(settings) => (settings.payApi.password = { file: "two-lines.secret" }),
	(settings) => (settings.socket.tokens = [token]),
	(settings) => (settings.socket.tokens = [{ name: "till-3", token }]),
	(settings) => (settings.socket.tokens[0].token = { file: "short.secret" }),
];

test("settings in which secrets stand where they should not are refused without showing them", async () => {
	const file = settingsFile(till.stage);
	const usual = readFileSync(file, "utf8");
	const put = (name: string, text: string, mode: number) => {
		writeFileSync(join(till.stage.folder, name), text);
		chmodSync(join(till.stage.folder, name), mode);
	};
	put("open.secret", till.stage.brandKey, 0o644);
	put("two-lines.secret", `${guess}\n${token}`, 0o600);
	put("short.secret", guess, 0o600);
	const wrong = [
		...mistakes.map((mistake) => changed(usual, mistake)),
		usual.replace("password:", `password: "${guess}\n`),
		`${usual}\n*${guess}`,
	];
	for (const [index, text] of wrong.entries()) {
		// Its name keeps the file itself out of the search.
		writeFileSync(join(till.stage.folder, "wrong.secret"), text);
		const command = index === 0 ? ["run"] : ["config", "check"];
		const { ended } = begin(till, command, join(till.stage.folder, "wrong.secret"));
		expect([index, await ended]).toEqual([index, 2]);
	}
	nothingEscaped();
}, 120_000);
