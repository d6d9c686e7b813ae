import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";
import { freePort } from "./free-port.ts";
import { brisk, openShop, payOnce } from "./shop.ts";

const program = join(import.meta.dirname, "../../hardware-mocks/pos-client/client.py");
const source = readFileSync(program, "utf8");
/** The example is written for 3.8; a machine may have none at all, and then only its text can be looked at. */
const hasPython =
	spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0;

const token = "0123456789abcdef0123456789abcdef";
let stage: Stage;
let port: number;
beforeAll(async () => {
	port = await freePort();
	vi.stubEnv("KASSAD_PYTHON_TOKEN", token);
	const tokens = [{ name: "python", token: { env: "KASSAD_PYTHON_TOKEN" } }];
	stage = await openShop({}, { ...brisk, socket: { tcp: { host: "127.0.0.1", port }, tokens } });
}, 60_000);
afterAll(() => stage.strike());

/** Runs the example until it ends, or has printed this many lines. */
async function run(args: readonly string[], env: object = {}, mostLines = Number.POSITIVE_INFINITY) {
	const child = spawn("python3", [program, ...args], { env: { ...process.env, ...env } });
	const stderr = text(child.stderr);
	const exited = once(child, "close");
	let stdout = "";
	child.stdout.setEncoding("utf8").on("data", (piece: string) => {
		stdout += piece;
		if (stdout.split("\n").length > mostLines) child.kill();
	});
	const [code] = await exited;
	return { code, lines: stdout.trimEnd().split("\n"), stderr: await stderr };
}

test("the Python example is short, and needs nothing but Python", () => {
	expect(source.trimEnd().split("\n").length).toBeLessThan(80);
	const imported = [...source.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);
	expect(imported.toSorted()).toEqual(["json", "os", "socket", "sys"]);
});

test("where Python is, the example asks, is refused and hears events, over the Unix socket and over TCP", async () => {
	const socket = join(stage.folder, "kassad.sock");
	const tcp = `127.0.0.1:${port}`;
	if (!hasPython) {
		expect(source).toMatch(/^class Kassad:$/m);
		return;
	}
	const operationId = await payOnce(stage);
	for (const [where, env] of [
		[socket, {}],
		[tcp, { KASSAD_TOKEN: token }],
	] as const) {
		const hello = await run([where, "hello", '{"client": "касса"}'], env);
		expect([hello.code, JSON.parse(hello.lines[0] ?? "")]).toMatchObject([
			0,
			{ name: "kassad", protocol: 1 },
		]);
		const found = await run([where, "operation.get", JSON.stringify({ operationId })], env);
		expect(JSON.parse(found.lines[0] ?? "")).toMatchObject({ operationId, state: "settled" });
		const refused = await run([where, "operation.get", '{"orderId": "none"}'], env);
		expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("operation-not-found")]);
		const { lines } = await run([where, "events.subscribe", '{"since": 0}'], env, 4);
		const heard = lines.slice(1).map((line) => JSON.parse(line).seq);
		expect(heard).toEqual(heard.toSorted((a, b) => a - b));
	}
	const guess = await run([tcp, "hello", "{}"], { KASSAD_TOKEN: `${token}0` });
	expect([guess.code, guess.stderr]).toEqual([1, expect.stringContaining("not-allowed")]);
});
