import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openLog } from "../src/log.ts";
import { FaultError } from "../src/model/fault.ts";
import type { Log } from "../src/model/log.ts";
import { Secret } from "../src/model/secret.ts";

/** What the log writes during a deed, line by line as JSON. */
function written(deed: (log: Log) => void, level: Parameters<typeof openLog>[0] = "trace") {
	const lines: string[] = [];
	deed(openLog(level, { write: (line) => lines.push(line) }));
	return lines.map((line) => JSON.parse(line));
}

test("a line is JSON with level in words, time in ISO 8601, facts and message", () => {
	const [line] = written((log) => log.info({ scanner: "front" }, "the scanner is back"));
	expect(line).toEqual({
		level: "info",
		time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		scanner: "front",
		msg: "the scanner is back",
	});
});

test("what is below the level is not written", () => {
	const lines = written((log) => {
		for (const level of ["trace", "debug", "info", "warn", "error"] as const) log[level]({}, level);
	}, "warn");
	expect(lines.map((line) => line.level)).toEqual(["warn", "error"]);
});

test("a failure is written with its words and, when it has one, its row of the fault table", () => {
	const [line] = written((log) => log.error({ error: new FaultError("till-busy", "since 9 s") }, "refused"));
	expect(line.error).toMatchObject({ type: "FaultError", code: "till-busy", detail: "since 9 s" });
});

describe.each([
	"password",
	"key",
	"token",
	"cardSession",
	"cardsession",
	"cardNumber",
	"loyaltyId",
	"authorization",
	"Authorization",
	"fullBarcode",
	"cashFingerPrint",
])("a plain value under %s", (name) => {
	test.each([
		["at the root", { [name]: "swordfish" }],
		["one deep", { a: { [name]: "swordfish" } }],
		["two deep", { a: { b: { [name]: "swordfish" } } }],
		["three deep", { a: { b: { c: { [name]: "swordfish" } } } }],
		["nine deep", { a: { b: { c: { d: { e: { f: { g: { h: { [name]: "swordfish" } } } } } } } } }],
		["in a list", { list: [{ [name]: "swordfish" }] }],
		["on an error", { error: Object.assign(new TypeError("no"), { [name]: "swordfish" }) }],
		[
			"on an error of an error",
			{ why: { cause: Object.assign(new TypeError("no"), { [name]: "swordfish" }) } },
		],
	])("is hidden %s", (_, facts) => {
		expect(JSON.stringify(written((log) => log.info(facts, "a request")))).not.toContain("swordfish");
	});
});

test("a secret hides itself at any depth and under any name", () => {
	const secret = new Secret("swordfish");
	const facts = { secret, a: { b: { c: { d: { e: [secret] } } } } };
	const [line] = written((log) => log.info(facts, `card ${secret}`));
	expect(JSON.stringify(line)).not.toContain("swordfish");
	expect(line).toMatchObject({ secret: "[hidden]", msg: "card [hidden]" });
});

test("hiding a value in the log leaves the object itself as it was", () => {
	const facts = { headers: { authorization: "Basic eA==" } };
	written((log) => log.info(facts, "a request"));
	expect(facts.headers.authorization).toBe("Basic eA==");
});

test("what refers to itself is cut short", () => {
	const facts: Record<string, unknown> = { till: 1 };
	facts.itself = facts;
	const [line] = written((log) => log.info(facts, "a loop"));
	expect(line).toMatchObject({ till: 1, itself: { till: 1, itself: { till: 1 } } });
	expect(JSON.stringify(line)).toContain('"[deep]"');
});

describe("without another place the lines go to the standard output", () => {
	const run = (program: string) => {
		const opened = `import fs from "node:fs"; import { openLog } from "./src/log.ts"; const log = openLog("info"); ${program}`;
		const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", opened], {
			cwd: join(import.meta.dirname, ".."),
			encoding: "utf8",
		});
		const lines = stdout.split("\n").filter((line) => line !== "");
		return { lines: lines.map((line) => JSON.parse(line)), stderr };
	};

	test("one after the other", () => {
		const { lines, stderr } = run(
			'log.info({ till: 1 }, "hello"); setTimeout(() => log.info({}, "bye"), 1);',
		);
		expect(lines).toMatchObject([{ till: 1, msg: "hello" }, { msg: "bye" }]);
		expect(stderr).toBe("");
	});

	test("those of one turn as one write", () => {
		const counting =
			"let writes = 0; const { write } = fs; fs.write = (...all) => { writes += 1; write(...all); };";
		const { lines, stderr } = run(
			`${counting} for (const word of ["a", "b", "c"]) log.info({}, word); process.on("exit", () => console.error(writes));`,
		);
		expect(lines).toMatchObject([{ msg: "a" }, { msg: "b" }, { msg: "c" }]);
		expect(stderr).toBe("1\n");
	});

	test.each([
		["ends itself", "process.exit(3);"],
		["fails", 'throw new RangeError("no");'],
	])("also the last when the process %s", (_, end) => {
		const { lines } = run(`log.warn({}, "soon"); log.error({}, "last"); ${end}`);
		expect(lines).toMatchObject([{ msg: "soon" }, { msg: "last" }]);
	});
});
