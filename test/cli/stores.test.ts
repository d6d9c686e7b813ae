import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { spawn as spawnPty } from "@lydell/node-pty";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { type MockStoreApi, startStoreApi } from "../../hardware-mocks/store-api.ts";
import { shipped } from "../settings-file.ts";
import { csvOf, rowOf, storeApi } from "../stores/kit.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "kassad-stores-"));
const [config, stores] = [join(folder, "kassad.yaml"), join(folder, "stores.csv")];
/** Nothing else: neither the Pay API's password nor a brand's key. */
const env = { PATH: process.env.PATH ?? "", KASSAD_STORE_PASSWORD: "swordfish" };

let server: MockStoreApi;
beforeEach(async () => {
	server = await startStoreApi({ login: storeApi.login, password: "swordfish" });
	writeFileSync(join(folder, "ca.pem"), server.caPem);
	const settings = parse(readFileSync(shipped, "utf8"));
	Object.assign(settings.storeApi, { baseUrl: server.url, caFile: "ca.pem", mostPerRequest: 2 });
	settings.storeApi.deadlines.answerMs = 2_000;
	writeFileSync(config, stringify(settings));
	writeFileSync(stores, csvOf(rowOf("17"), rowOf("18"), rowOf("19")));
});
afterEach(() => server.close());

/** The real program, without a terminal. */
async function kassad(...args: string[]) {
	const child = spawn(process.execPath, ["src/cli.ts", "stores", ...args, "--config", config], {
		cwd: root,
		env,
	});
	child.stdin.end();
	const status = new Promise((resolve) => child.once("close", resolve));
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { status: await status, stdout, stderr };
}

/** The real program at a terminal of 120 columns, with a person who answers its question. */
function atTerminal(answer: string, ...args: string[]): Promise<{ status: number; screen: string }> {
	const whole = ["src/cli.ts", "stores", ...args, "--config", config];
	const terminal = spawnPty(process.execPath, whole, { cwd: root, env, cols: 120 });
	let screen = "";
	terminal.onData((data) => {
		const asked = screen.includes("[y/N]");
		screen += data;
		if (!asked && screen.includes("[y/N]")) terminal.write(answer);
	});
	return new Promise((resolve) => terminal.onExit(({ exitCode: status }) => resolve({ status, screen })));
}

test("stores are added, listed and updated, in requests of the settings' size", async () => {
	const added = await kassad("add", stores, "--yes");
	expect(added).toMatchObject({ status: 0, stderr: expect.stringContaining("2 of 3 stores: 2 accepted\n") });
	expect(added.stdout).toMatch(/3 accepted\.\n$/);
	expect(server.requests.map(({ method }) => method)).toEqual(["POST", "POST"]);
	writeFileSync(stores, csvOf(rowOf("18", { city: "Омск" })));
	expect(await kassad("update", stores, "--yes")).toMatchObject({ status: 0 });
	const { status, stdout } = await kassad("list", "--json");
	expect([status, JSON.parse(stdout)]).toMatchObject([0, [{ city: "Москва" }, { city: "Омск" }, {}]]);
});

test("a brand without stores says so", async () => {
	expect(await kassad("list")).toMatchObject({
		status: 0,
		stdout: "The server knows no stores of this brand.\n",
	});
});

test("a dry run shows what would be sent and sends nothing", async () => {
	const { status, stdout, stderr } = await kassad("add", stores, "--dry-run");
	expect(status).toBe(0);
	expect(stdout).toMatch(/│ 2 .*│ 17 /);
	expect(stderr).toMatch(/^It would add 3 stores to brand .*, in 2 requests\. Nothing was sent\.\n$/);
	expect(server.requests).toEqual([]);
});

test("when one row is wrong all that is wrong is listed, nothing is sent, and the exit code is 2", async () => {
	writeFileSync(stores, csvOf(rowOf("17"), rowOf("18", { zip: "?", phone: "?" }), rowOf("17")));
	const { status, stdout, stderr } = await kassad("add", stores, "--yes");
	expect([status, stdout]).toEqual([2, ""]);
	expect(stderr.split("\n")).toMatchObject([
		expect.stringContaining(`${stores}, line 3: phone: expected`),
		expect.stringContaining(`${stores}, line 3: zip: expected`),
		expect.stringContaining(`${stores}, line 4: storeNumber: expected each store once`),
		"Nothing was sent.",
		"",
	]);
	expect(server.requests).toEqual([]);
});

test("a lost answer leaves its stores unknown, the rest not sent, and the exit code is 1", async () => {
	server.disturb({ lost: "cut" });
	const { status, stdout } = await kassad("add", stores, "--yes", "--json");
	expect(status).toBe(1);
	expect(JSON.parse(stdout)).toMatchObject([
		{ line: 2, storeNumber: "17", outcome: "unknown", fault: "server-silent" },
		{ line: 3, storeNumber: "18", outcome: "unknown" },
		{ line: 4, storeNumber: "19", outcome: "not-sent" },
	]);
	expect(server.requests).toHaveLength(1);
});

test.each([
	["no FILE", ["add"]],
	["a FILE of another kind", ["add", "stores.xls", "--yes"]],
	["nobody to ask and no --yes", ["add", stores]],
])("%s is wrong usage", async (_, args) => {
	const { status, stdout, stderr } = await kassad(...args);
	expect([status, stdout]).toEqual([2, ""]);
	expect(stderr).toMatch(/^error: .*\n\nkassad stores add --help/);
	expect(server.requests).toEqual([]);
});

test("a server that refuses to list is told by its fault, and the password by nobody", async () => {
	server.disturb({ answer: 403 });
	const { status, stdout, stderr } = await kassad("list");
	expect([status, stdout, stderr]).toEqual([1, "", "kassad: credentials-refused: HTTP 403\n"]);
});

describe("at a terminal", () => {
	test("a yes sends, and a bar shows how far it is", async () => {
		const { status, screen } = await atTerminal("y\r", "add", stores);
		expect(status).toBe(0);
		expect(screen).toMatch(/Add 3 stores to brand .* in 2 requests\? \[y\/N\]/);
		expect(screen).toContain(`${"█".repeat(20)}${"░".repeat(10)}  2 of 3 stores  2 accepted`);
		expect(screen).toMatch(/3 accepted\.\r\n$/);
	});

	test.each(["\r", "no\r", "\u0004", "\u0003"])("%j sends nothing", async (answer) => {
		const { status, screen } = await atTerminal(answer, "add", stores);
		expect(status).toBe(1);
		expect(screen).toContain("Nothing was sent.");
		expect(server.requests).toEqual([]);
	});
});
