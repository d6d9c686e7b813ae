import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import type { ToldOperation } from "../../src/journal/stories.ts";
import { stepNames } from "../../src/model/step.ts";
import { begin, endOf, pay, refund } from "./flow-kit.ts";
import { type LogLine, logLine, stepLines } from "./log-lines.ts";
import { ending, newCustomer, openShop, settingsFile } from "./shop.ts";

const root = join(import.meta.dirname, "../..");
let stage: Stage;
beforeAll(async () => {
	stage = await openShop();
});
afterAll(() => stage.strike());

type Told = Pick<ToldOperation, "attempts" | "doubts" | "prints"> & { readonly operationId: string };

/** The operation as `kassad story` tells it, to a program. */
async function storyOf(operationId: string): Promise<Told> {
	const args = ["story", operationId, "--json", "--config", settingsFile(stage)];
	const child = spawn(process.execPath, [join(root, "src/cli.ts"), ...args]);
	const { operations } = JSON.parse(await text(child.stdout));
	return operations.find((one: Told) => one.operationId === operationId);
}

/** The lines of an operation's steps, when the last event of it, its paper's or its outcome's, has been told. */
async function linesOf(operationId: string, outcome: string): Promise<LogLine[]> {
	await logLine(stage.daemon, "event told", { operation: operationId, outcome });
	return stepLines(stage.daemon, operationId);
}

/** Steps by their names, each request with its call. */
const namesOf = (lines: readonly LogLine[]) =>
	lines.map(({ step, call, outcome }) => [step, ...(call ? [call] : []), outcome].join(" "));

const requestsIn = (lines: readonly LogLine[]) => lines.filter(({ step }) => step === "call");

/** What the log says of requests must be what the story says; a line may stand for several polls. */
function expectSameRequests(lines: readonly LogLine[], { attempts }: Told): void {
	const calls = requestsIn(lines);
	const stoodFor = calls.reduce((sum, { times = 1 }) => sum + Number(times), 0);
	expect(stoodFor).toBe(attempts.length);
	const byId = (requestId: unknown, call: unknown) =>
		attempts.filter((one) => one.requestId === requestId && one.call === call);
	for (const { requestId, call, summary, outcome } of calls) {
		const result = outcome === "refused" ? "answered" : outcome;
		expect(byId(requestId, call)).toContainEqual(expect.objectContaining({ result, summary }));
	}
	const places = calls.map(({ requestId }) => attempts.findIndex((one) => one.requestId === requestId));
	expect(places).toEqual(places.toSorted((one, other) => one - other));
}

test("the log's lines tell a payment in order, from the wish to the paper, and agree with its story", async () => {
	const customer = newCustomer();
	const operationId = await begin(stage, { accept: 6 }, customer);
	const { seq } = await ending(stage.pos, operationId);
	const lines = await linesOf(operationId, "printed");
	expect(namesOf(lines)).toEqual([
		...["wish in-progress", "call checkout answered"],
		...["call status answered", "call status answered", "call status answered"],
		...["outcome settled", "told settled"],
		...["print-queued queued", "print-begun printing", "print-judged printed", "told printed"],
	]);
	const { orderId, totalAmount: amount } = customer.basket;
	for (const line of lines) expect(line).toMatchObject({ level: "info", operation: operationId, orderId });
	const [wish, checkout, first, rest, last, outcome, told] = lines;
	expect(wish).toMatchObject({ msg: "payment begun", amount, ms: expect.any(Number) });
	expect(checkout).toMatchObject({ httpStatus: 200, attempt: 1, ms: expect.any(Number) });
	expect(first).toMatchObject({ attempt: 1, summary: rest?.summary });
	expect(rest).toMatchObject({ attempt: 5, times: 4 });
	expect(last).toMatchObject({ attempt: 6, summary: expect.stringContaining("accepted") });
	expect(outcome).toMatchObject({
		msg: "payment judged",
		transactionId: expect.any(String),
		ms: expect.any(Number),
	});
	expect(told).toMatchObject({ event: seq });
	const story = await storyOf(operationId);
	expectSameRequests(lines, story);
	const [print] = story.prints;
	const judged = lines.find(({ step }) => step === "print-judged");
	expect(judged).toMatchObject({ print: print?.id, printer: print?.printer, evidence: print?.evidence });
});

test("a refused payment says in its line which of the server's codes it was, and under which HTTP status", async () => {
	const operationId = await begin(stage, { refuse: "UNKNOWN_SESSION_ID" });
	await endOf(stage, operationId);
	const lines = await linesOf(operationId, "refused");
	expect(namesOf(lines)).toEqual([
		...["wish in-progress", "call checkout refused", "outcome refused", "told refused"],
	]);
	const why = { fault: "session-unknown", wireCode: "UNKNOWN_SESSION_ID" };
	expect(lines[1]).toMatchObject({ ...why, httpStatus: 422 });
	expect(lines[2]).toMatchObject(why);
	expectSameRequests(lines, await storyOf(operationId));
});

test("who wanted a payment cancelled has a line before the cancel", async () => {
	const operationId = await begin(stage, { pending: true });
	await stage.pos.call("pay.cancel", { operationId, by: "customer" });
	await endOf(stage, operationId);
	const lines = await linesOf(operationId, "refused");
	const names = namesOf(lines);
	expect(names.indexOf("cancel-wanted customer")).toBeGreaterThan(names.indexOf("wish in-progress"));
	expect(names.indexOf("call cancel answered")).toBeGreaterThan(names.indexOf("cancel-wanted customer"));
	expectSameRequests(lines, await storyOf(operationId));
});

test("a payment that the daemon's death has left open begins again in the log with the line that says so", async () => {
	const customer = newCustomer();
	const operationId = await begin(stage, { pending: true }, customer);
	await logLine(stage.daemon, "pay api call", { operation: operationId, call: "checkout" });
	await stage.daemon.kill();
	await stage.restart();
	await stage.pos.call("events.subscribe", { since: 0 });
	await stage.pos.call("pay.cancel", { operationId, by: "cashier" });
	const lines = await linesOf(operationId, "refused");
	expect(lines[0]).toMatchObject({
		step: "resumed",
		orderId: customer.basket.orderId,
		ms: expect.any(Number),
	});
	const names = namesOf(lines);
	expect(names.slice(-2)).toEqual(["outcome refused", "told refused"]);
	expect(names.filter((name) => name.startsWith("wish"))).toEqual([]);
});

test("a refund has its lines, and the copy of its slip those of a print", async () => {
	const { operationId: paid } = await pay(stage);
	const body = await refund(stage, { operationId: paid });
	const operationId = String(body.operationId);
	const before = await linesOf(operationId, "printed");
	expect(before.at(0)).toMatchObject({ msg: "refund begun", step: "wish" });
	expectSameRequests(before, await storyOf(operationId));
	const printId = Number(before.find(({ step }) => step === "print-judged")?.print);
	const copy = await stage.pos.call("print.again", { key: "copy-of-refund", printId });
	await logLine(stage.daemon, "event told", { operation: operationId, print: copy.printId });
	const after = stepLines(stage.daemon, operationId).slice(before.length);
	expect(namesOf(after)).toEqual([
		...["print-queued queued", "print-begun printing", "print-judged printed", "told printed"],
	]);
	expect(after[0]).toMatchObject({ print: copy.printId, mark: "copy", document: "refund" });
	const { prints } = await storyOf(operationId);
	expect(prints.map(({ id }) => id)).toEqual([printId, copy.printId]);
});

test("every field of these lines is in README's table, and every step", () => {
	const [, section = ""] = readFileSync(join(root, "README.md"), "utf8").split("## What the log says\n");
	const listed = new Set(
		[...(section.split("\n## ")[0] ?? "").matchAll(/^\| `([^|]*)` \|/gm)].flatMap(([, names = ""]) =>
			names.split("`, `"),
		),
	);
	const lines = stage.daemon.log
		.filter((line) => line.includes('"step":'))
		.map((line): LogLine => JSON.parse(line));
	const fields = new Set(lines.flatMap((line) => Object.keys(line)));
	expect([...fields].filter((field) => !listed.has(field))).toEqual([]);
	expect(stepNames.filter((step) => !listed.has(step))).toEqual([]);
	expect(lines.map(({ step }) => step).filter((step) => !stepNames.some((name) => name === step))).toEqual(
		[],
	);
});
