import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { codesIn, honest, machine, prove } from "./selftest-kit.ts";
import { brisk, openShop, refusal, withSettings } from "./shop.ts";

let stage: Stage;

beforeAll(async () => {
	stage = await openShop({}, { ...brisk, selfTest: { stepMs: 8_000 } });
}, 60_000);

afterAll(() => stage.strike());

const symbols = ["qr", "datamatrix", "pdf417", "code128"];
const loop = ["sheet:receipt", ...symbols.map((symbol) => `read:front:receipt:${symbol}`)];
const money = ["password", "payment", "agreement", "slip", "look:receipt", "result"];
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
		green: [...machine, ...around, ...loop, "password", "result"],
		red: [],
		skipped: ["payment", "agreement", "slip", "look:receipt"],
	});
	expect(code).toBe(0);
	expect(existsSync(join(stage.folder, "kassad.sock"))).toBe(false);
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
}, 120_000);

test("no paper is exactly one red line", async () => {
	stage.printer.paperOut();
	const out = await stage.pos.nextEvent(({ type, body }) => type === "printer" && body.paper === "out");
	const { code, by, checks, screen } = await prove(stage, ["--yes", "--no-payment"]);
	stage.printer.reload();
	await stage.pos.nextEvent(({ seq, body }) => seq > out.seq && body.paper === "enough");
	expect([code, by.red]).toEqual([1, ["printer:receipt"]]);
	expect(checks.find(({ state }) => state === "red")?.remarks[0]?.code).toBe("printer-paper-out");
	expect(screen).toContain("Do: Put in a new roll");
}, 120_000);

test("a scanner that is away is exactly one red line", async () => {
	await stage.scanner.unplug();
	const { code, by, screen } = await prove(stage, ["--yes", "--no-payment"]);
	stage.scanner.replug();
	expect([code, by.red]).toEqual([1, ["scanner:front"]]);
	expect(by.skipped).toEqual(expect.arrayContaining(loop.slice(1)));
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
	expect(by.skipped).toEqual(["slip", "look:receipt"]);
}, 120_000);

test("a POS program is told how it goes and answers what only eyes can tell; one test runs at a time", async () => {
	const { pos } = stage;
	const heard: Record<string, unknown>[] = [];
	const listening = pos.unasked$.subscribe(({ method, params }) => {
		if (method !== "selftest.news") return;
		const news = params as Record<string, unknown>;
		heard.push(news);
		if (news.type === "asked") void pos.call("selftest.answer", { check: `${news.check}`, yes: true });
		const code = (news.prompt as { code?: string } | undefined)?.code;
		if (code === "scan") void holdAll();
	});
	const holdAll = async () => {
		for (const [symbol, text] of await codesIn(stage.printer.receipts.at(-1)?.png ?? Buffer.alloc(0))) {
			await honest(symbol as "qr", text, stage.scanner);
		}
	};
	const run = pos.call("selftest.run", { only: ["external", "interactive"], payment: false });
	const second = await refusal(pos.call("selftest.run", { only: ["internal"] }));
	expect(second.data).toMatchObject({ fault: "self-test-running", moneyMoved: "no" });
	const { state, checks } = await run;
	listening.unsubscribe();
	expect(state).toBe("skipped");
	expect(checks.filter(({ state }) => state === "red")).toEqual([]);
	expect(checks.find(({ check }) => check === "look:receipt")).toMatchObject({ state: "green" });
	const types = new Set(heard.map(({ type }) => type));
	expect([...types].sort()).toEqual(["asked", "begun", "judged", "told"]);
	expect(heard.every(({ text }) => typeof text === "string" && text !== "")).toBe(true);
	const nothing = await refusal(pos.call("selftest.answer", { check: "look:receipt", yes: true }));
	expect(nothing.data).toMatchObject({ fault: "request-invalid" });
}, 120_000);
