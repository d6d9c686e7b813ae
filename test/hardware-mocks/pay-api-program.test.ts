import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import type { MockPayApi } from "../../hardware-mocks/pay-api.ts";
import { payApiSettings } from "../../src/model/settings/pay-api.ts";
import { openTill } from "./pay-api-till.ts";

const root = join(import.meta.dirname, "../..");

let folder: string;
let children: ChildProcess[];

beforeEach(() => {
	children = [];
	folder = mkdtempSync(join(tmpdir(), "kassad-simulator-"));
});

afterEach(() => {
	for (const child of children) child.kill("SIGKILL");
	rmSync(folder, { recursive: true, force: true });
});

/** The program with free ports: what it has said so far, and a wait for words of its. */
function run(...flags: string[]) {
	const caFile = join(folder, "new", "ca.pem");
	const ports = ["--port", "0", "--control-port", "0", "--ca-file", caFile];
	const program = spawn(process.execPath, ["hardware-mocks/pay-api.ts", ...ports, ...flags], { cwd: root });
	children.push(program);
	let said = "";
	let heard = (): void => undefined;
	program.stdout.setEncoding("utf8").on("data", (words: string) => {
		said += words;
		heard();
	});
	const until = (pattern: RegExp) =>
		new Promise<RegExpExecArray>((resolve) => {
			heard = () => {
				const found = pattern.exec(said);
				if (found !== null) resolve(found);
			};
			heard();
		});
	return { caFile, program, until, said: () => said };
}

/** A till with what the program has said about itself. */
async function tillOf({ caFile, until }: ReturnType<typeof run>, settings: ReturnType<typeof parse>) {
	await until(/Every call/);
	const api = { url: settings.payApi.baseUrl.test, caPem: readFileSync(caFile, "utf8") };
	return openTill(api as MockPayApi);
}

/** The indented YAML after its title. */
const settingsIn = (said: string) =>
	parse(said.slice(said.indexOf("  payApi:"), said.indexOf("In the shell")));

test("what it prints for kassad.yaml is understood by kassad, and a till that follows it is served", async () => {
	const postback = ["--postback-url", "http://127.0.0.1:8081/postback"];
	const running = run(...postback, "--login", "till-7", "--password", "пароль", "--accept-after", "0");
	await running.until(/Every call/);
	const told = settingsIn(running.said());
	const { payApi: shipped } = parse(readFileSync(join(root, "config/kassad.yaml"), "utf8"));
	const baseUrl = { ...shipped.baseUrl, ...told.payApi.baseUrl };
	const settings = payApiSettings.parse({ ...shipped, ...told.payApi, baseUrl });
	expect(settings).toMatchObject({ login: "till-7", caFile: running.caFile, postback: { port: 8081 } });
	expect(running.said()).toContain("export KASSAD_PAY_PASSWORD='пароль'");
	const till = await tillOf(running, told);
	const { transactionId } = (await till.checkout()).json;
	const short = `${transactionId}`.slice(0, 8);
	await running.until(new RegExp(`checkout +order 42, 1234\\.56 RUB, SBP +-> 200 accepted: ${short}\\n`));
	await running.until(new RegExp(`postback +${short} accepted +<- not delivered: ECONNREFUSED\\n`));
	await till.cancel(`${transactionId}`);
	await running.until(new RegExp(`cancel +${short} +-> 422 WRONG_TRANSACTION_STATE_CHANGE\\n`));
	await till.close();
	running.program.kill("SIGINT");
	expect(await once(running.program, "exit")).toEqual([0, null]);
	expect(running.said()).toContain("Payments made: 1. Requests against the document: 0.");
});

test("its control is where it says, and a trouble is drawn beside its call", async () => {
	const running = run("--login", "till-7", "--password", "пароль");
	const [, control = ""] = await running.until(/control, on (\S+) /);
	const till = await tillOf(running, settingsIn(running.said()));
	const body = JSON.stringify({ on: "checkout", closeAfterProcessing: true });
	expect((await fetch(`${control}/trouble`, { method: "POST", body })).status).toBe(200);
	await expect(till.checkout()).rejects.toThrow();
	await running.until(/-> connection cut +! closeAfterProcessing\n/);
	await till.close();
});

test.each([
	[["--port", "70000"], /65535/],
	[["--chaos", "much"], /whole number/],
	[["--postback-url", "ftp://till"], /http:\/\/127\.0\.0\.1/],
	[["--postback-url", "http://127.0.0.1:1/", "--postback-ca", "/nowhere.pem"], /nowhere/],
])("%j is refused with what is wrong", async (flags, words) => {
	const { program } = run(...flags);
	const [said, [code]] = await Promise.all([text(program.stderr), once(program, "exit")]);
	expect(said).toMatch(words);
	expect(code).toBe(1);
});

test("a port that another program has is named", async () => {
	const first = run();
	await first.until(/Every call/);
	const { port } = new URL(settingsIn(first.said()).payApi.baseUrl.test);
	const second = run("--port", port);
	const [said, [code]] = await Promise.all([text(second.program.stderr), once(second.program, "exit")]);
	expect(said).toContain(`port ${port} is taken`);
	expect(code).toBe(1);
	first.program.kill("SIGTERM");
	expect(await once(first.program, "exit")).toEqual([0, null]);
});
