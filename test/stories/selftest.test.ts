import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { makeCertificate } from "../../hardware-mocks/pay-api/certificate.ts";
import { prove } from "./selftest-kit.ts";
import { brisk, type Change, changed, openShop, settingsFile, withSettings } from "./shop.ts";

let stage: Stage;
const servers: Server[] = [];

beforeAll(async () => {
	stage = await openShop({}, { ...brisk, selfTest: { stepMs: 8_000 } });
}, 60_000);

afterAll(async () => {
	for (const server of servers) {
		server.close();
		server.closeAllConnections();
	}
	await stage.strike();
});

const symbols = ["qr", "datamatrix", "pdf417", "code128"];
const loop = ["sheet:receipt", "look:receipt", ...symbols.map((symbol) => `read:front:receipt:${symbol}`)];
const money = ["password", "payment", "agreement", "slip", "result"];
const machine = [
	"folders",
	"modes",
	"devices",
	"texts",
	"disk",
	"journal",
	"server",
	"certificate",
	"clock",
	"daemon",
];
const around = ["printer:receipt", "scanner:front", "verifier:example"];

test("what the printer printed is what the scanner reads, and the whole loop is green, payment and journal included", async () => {
	const before = stage.payApi.transactions.length;
	const { code, by, checks, screen } = await prove(stage, []);
	expect(by).toEqual({ green: [...machine, ...around, ...loop, ...money], red: [], skipped: [] });
	expect(code).toBe(0);
	expect(screen.split("\n").at(-1)).toBe("All is well: 24 checks.");
	// One payment of the amount in the settings, and no complaint of the server's or the printer's.
	expect(stage.payApi.transactions.length - before).toBe(1);
	const paid = checks.find(({ check }) => check === "payment")?.remarks[0]?.facts;
	expect(paid).toEqual({ amount: "10,00", transactionId: stage.payApi.transactions.at(-1)?.transactionId });
	expect([...stage.payApi.complaints, ...stage.printer.mistakes]).toEqual([]);
	// The sheet, the slip of the payment, and the result.
	const [slip, result] = stage.printer.receipts.slice(-2).map(({ text }) => text);
	expect(slip).toContain("10,00 руб.");
	for (const line of ["САМОПРОВЕРКА КАССЫ", "Всё в порядке", "+ front читает PDF417", "+ Тестовая оплата"]) {
		expect(result).toContain(line);
	}
	// Nothing that could pay is told, neither on the screen nor in the result.
	expect(JSON.stringify(checks) + screen + result).not.toMatch(/77[0-9]{13}[A-Z0-9]{6}\d{3}/);
}, 120_000);

test("without a daemon one is started for the test and stopped after it", async () => {
	await stage.pos.close();
	await stage.daemon.stop();
	const { code, by } = await prove(stage, ["--yes", "--no-payment"]);
	expect(by).toEqual({
		green: [...machine, ...around, "sheet:receipt", ...loop.slice(2), "password", "result"],
		red: [],
		skipped: ["look:receipt", "payment", "agreement", "slip"],
	});
	expect(code).toBe(0);
	expect(existsSync(join(stage.folder, "kassad.sock"))).toBe(false);
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
}, 120_000);

test("no paper is exactly one red line", async () => {
	stage.printer.paperOut();
	await stage.pos.nextEvent(({ type, body }) => type === "printer" && body.paper === "out");
	const { code, by, checks, screen } = await prove(stage, ["--yes", "--no-payment"]);
	stage.printer.reload();
	await stage.pos.nextEvent(({ type, body }) => type === "printer" && body.paper === "enough");
	expect([code, by.red]).toEqual([1, ["printer:receipt"]]);
	expect(checks.find(({ state }) => state === "red")?.remarks[0]?.code).toBe("printer-paper-out");
	expect(screen).toContain("Do: Put in a new roll");
}, 120_000);

test("a scanner that is away is exactly one red line", async () => {
	await stage.scanner.unplug();
	const { code, by, screen } = await prove(stage, ["--yes", "--no-payment"]);
	stage.scanner.replug();
	expect([code, by.red]).toEqual([1, ["scanner:front"]]);
	expect(by.skipped).toEqual(expect.arrayContaining(loop.slice(2)));
	expect(screen).toContain("Do: Plug it in.");
}, 120_000);

test("a symbology that the scanner does not read is exactly one red line", async () => {
	const { code, by, screen } = await prove(stage, ["--only", "interactive", "--yes", "--no-payment"], {
		hold: async (symbol, text, scanner) => {
			const aim = { qr: "]Q1", pdf417: "]L0", code128: "]C0", datamatrix: "" }[symbol];
			if (aim !== "") await scanner.show(aim, text);
		},
	});
	expect([code, by.red]).toEqual([1, ["read:front:receipt:datamatrix"]]);
	expect(screen).toContain("Scanner front read no DataMatrix within 8 s.");
}, 120_000);

test("cards that were made with another key of the brand are exactly one red line: the password", async () => {
	const aims = { qr: "]Q1", pdf417: "]L0", code128: "]C0", datamatrix: "]d1" };
	const { code, by, checks } = await prove(stage, ["--only", "interactive", "--yes"], {
		// Another key makes other passwords: each digit one further.
		hold: (symbol, text, scanner) =>
			scanner.show(
				aims[symbol],
				text.slice(0, -3) + text.slice(-3).replace(/\d/g, (digit) => `${(+digit + 1) % 10}`),
			),
	});
	expect([code, by.red]).toEqual([1, ["password"]]);
	expect(checks.find(({ state }) => state === "red")?.remarks[0]?.facts).toEqual({ fault: "password-wrong" });
	expect(by.skipped).toEqual(expect.arrayContaining(["payment", "agreement", "slip"]));
}, 120_000);

test(
	"a wrong code page is seen by the technician, and is exactly one red line",
	() =>
		withSettings(
			stage,
			({ printers }) => {
				// Text for one page, and the number of another.
				printers[0].tuning.codePage = { encoding: "cp866", number: 46 };
			},
			async () => {
				const { code, by } = await prove(stage, ["--only", "interactive", "--no-payment"], {
					look: (paper) => (paper.includes("Съешь ещё этих мягких") ? "y" : "n"),
				});
				expect([code, by.red]).toEqual([1, ["look:receipt"]]);
			},
		),
	180_000,
);

test("a payment that the server refuses clearly proves the way there and back", async () => {
	stage.payApi.next({ reject: "NOT_ENOUGH_LIMIT_TO_PAY" });
	const { code, by, checks } = await prove(stage, ["--only", "interactive", "--yes"]);
	expect([code, by.red]).toEqual([0, []]);
	const payment = checks.find(({ check }) => check === "payment");
	expect(payment?.remarks).toEqual([
		{
			code: "payment-answered",
			facts: { fault: "limit-not-enough", wireCode: "NOT_ENOUGH_LIMIT_TO_PAY", words: expect.any(String) },
		},
	]);
	expect(by.skipped).toEqual(["look:receipt", "slip"]);
}, 120_000);

/** The internal checks alone, with other settings, beside the till. */
async function proveMachine(name: string, change: Change) {
	const folder = join(stage.folder, name);
	mkdirSync(folder);
	const file = join(folder, "kassad.yaml");
	const own: Change = (settings) => {
		settings.socket.path = join(folder, "kassad.sock");
		settings.journal.folder = join(folder, "journal");
		change(settings);
	};
	writeFileSync(file, changed(readFileSync(settingsFile(stage), "utf8"), own));
	const proof = await prove(stage, ["--only", "internal", "--config", file]);
	expect(proof.checks.map(({ check }) => check)).toEqual(machine);
	return { red: proof.by.red, ...proof };
}

/** A server that answers everything and has its own time and certificate; what the settings say to trust it. */
async function serverWith(
	{ key, cert, caPem }: { readonly key: string; readonly cert: string; readonly caPem: string },
	date = () => new Date(),
): Promise<Change> {
	const server = createServer({ key, cert }, (_, response) => {
		response.setHeader("date", date().toUTCString()).end();
	}).listen(0, "localhost");
	servers.push(server);
	await once(server, "listening");
	const caFile = join(stage.folder, `authority-${servers.length}.pem`);
	writeFileSync(caFile, caPem);
	return ({ payApi }) => {
		payApi.caFile = caFile;
		payApi.baseUrl.test = `https://localhost:${(server.address() as AddressInfo).port}/shop`;
	};
}

const hour = 3_600_000;

test("a clock that is an hour ahead is exactly one red line, and tells how many seconds", async () => {
	const behind = await serverWith(await makeCertificate(), () => new Date(Date.now() - hour));
	const { code, red, checks } = await proveMachine("clock", behind);
	expect([code, red]).toEqual([1, ["clock"]]);
	const [remark] = checks.find(({ state }) => state === "red")?.remarks ?? [];
	expect(remark?.code).toBe("clock-ahead");
	expect(Math.abs(Number(remark?.facts.seconds) - 3_600)).toBeLessThan(60);
}, 60_000);

test("a certificate that has ended is exactly one red line, and tells since when", async () => {
	const [from, until] = [new Date(Date.now() - 48 * hour), new Date(Date.now() - 25 * hour)];
	const own = await generate([{ name: "commonName", value: "localhost" }], {
		...{ keyType: "ec", curve: "P-256", algorithm: "sha256", notBeforeDate: from, notAfterDate: until },
		extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
	});
	const ended = await serverWith({ key: own.private, cert: own.cert, caPem: own.cert });
	const { code, red, checks } = await proveMachine("certificate", ended);
	expect([code, red]).toEqual([1, ["certificate"]]);
	expect(checks.find(({ state }) => state === "red")?.remarks[0]).toMatchObject({
		...{ code: "certificate-expired" },
		facts: { days: "2", until: until.toISOString().slice(0, 10), issuer: "localhost" },
	});
}, 60_000);

test("a server that nobody vouches for, or none, is told as such", async () => {
	const untrusted = await serverWith(await makeCertificate());
	const distrusted = await proveMachine("untrusted", (settings) => {
		untrusted(settings);
		settings.payApi.caFile = null;
	});
	expect(distrusted.red).toEqual(["certificate"]);
	const nobody = await proveMachine("nobody", ({ payApi }) => {
		payApi.baseUrl.test = "https://localhost:1/shop";
	});
	expect(nobody.red).toEqual(["server"]);
	expect(nobody.by.skipped).toEqual(["certificate", "clock"]);
}, 60_000);

test("a disk with too little room is exactly one red line", async () => {
	const { code, red, screen } = await proveMachine("disk", ({ selfTest }) => {
		selfTest.leastFreeBytes = 1_099_511_627_776;
	});
	expect([code, red]).toEqual([1, ["disk"]]);
	expect(screen).toContain("(selfTest.leastFreeBytes)");
}, 60_000);

test("a damaged journal is exactly one red line", async () => {
	const damaged = await proveMachine("damaged", ({ journal }) => {
		mkdirSync(journal.folder, { mode: 0o700 });
		writeFileSync(join(journal.folder, "journal.db"), "no database at all, ".repeat(500), { mode: 0o600 });
	});
	expect(damaged.red).toEqual(["journal"]);
}, 60_000);

test("a journal in which somebody has changed a row is exactly one red line, and the row is named", async () => {
	const { red, checks } = await proveMachine("changed", ({ journal }) => {
		cpSync(join(stage.folder, "journal"), journal.folder, { recursive: true });
		chmodSync(journal.folder, 0o700);
		const file = new DatabaseSync(join(journal.folder, "journal.db"));
		const triggers = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
		for (const { name } of triggers) file.exec(`DROP TRIGGER ${String(name)}`);
		file.exec("UPDATE prints SET printer = 'another' WHERE id = 1");
		file.close();
	});
	expect(red).toEqual(["journal"]);
	const [remark] = checks.find(({ check }) => check === "journal")?.remarks ?? [];
	expect(remark).toMatchObject({
		code: "journal-unsound",
		facts: { detail: expect.stringMatching(/^\d+: /) },
	});
}, 60_000);

test("settings that are wrong are exit code 2, and nothing is checked", async () => {
	const file = join(stage.folder, "wrong.yaml");
	const wrong: Change = (settings) => {
		settings.socket.path = join(stage.folder, "elsewhere.sock");
		settings.payApi.retry.attempts = "three";
	};
	writeFileSync(file, changed(readFileSync(settingsFile(stage), "utf8"), wrong));
	const { code, checks, screen } = await prove(stage, ["--config", file]);
	expect([code, checks]).toEqual([2, []]);
	expect(screen).toContain("payApi.retry.attempts: expected a whole number from 1 to 20");
}, 60_000);
