import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { checks, targetOf, verdictOf } from "../../src/cli/doctor-run.ts";
import { startVictim } from "./doctor-victim.ts";
import { freePort } from "./free-port.ts";
import { openShop, payOnce, settingsFile } from "./shop.ts";

type Found = {
	readonly name: string;
	readonly state: string;
	readonly seen: string;
	readonly advice?: string[];
};

/** Runs the command as a technician does. No secret is in its environment. */
async function doctor(config: string, ...flags: readonly string[]) {
	const program = join(import.meta.dirname, "../../src/cli.ts");
	const child = spawn(process.execPath, [program, "doctor", "--config", config, ...flags], {
		env: { PATH: process.env.PATH },
	});
	const [out, err, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, "close"),
	]);
	return { out, err, code };
}

/** By name, what came of each check. */
async function examined(config: string): Promise<{ code: number; safe: boolean; found: Map<string, Found> }> {
	const { out, code } = await doctor(config, "--json");
	const { safe, checks: found } = JSON.parse(out) as { safe: boolean; checks: Found[] };
	return { code, safe, found: new Map(found.map((each) => [each.name, each])) };
}

const names = ["running", ...checks.map(({ name }) => name)];
/** A machine without a network has nothing to be reached by. */
const isAlone = !Object.values(networkInterfaces()).some((cards) => cards?.some(({ internal }) => !internal));
const outside = isAlone ? "skipped" : "green";

test("the real daemon withstands every attack, works on, and its till is called safe", async () => {
	const host = "127.0.0.1";
	const [tcp, webSocket] = [await freePort(), await freePort()];
	const folder = mkdtempSync(join(tmpdir(), "kassad-doctor-"));
	const token = join(folder, "token");
	writeFileSync(token, "0123456789abcdef0123456789abcdef", { mode: 0o600 });
	const stage = await openShop(
		{},
		{
			socket: {
				...{ tcp: { host, port: tcp }, authMs: 200 },
				webSocket: { host, port: webSocket, path: "/kassad", origins: ["http://till.example"] },
				tokens: [{ name: "till-3", token: { file: token } }],
			},
		},
	);
	onTestFinished(() => stage.strike());
	const { code, safe, found } = await examined(settingsFile(stage));
	const states = Object.fromEntries([...found].map(([name, { state }]) => [name, state]));
	expect(states).toEqual(
		Object.fromEntries(names.map((name) => [name, name === "other-machines" ? outside : "green"])),
	);
	expect([code, safe]).toEqual([0, true]);
	await payOnce(stage);
	const { out, code: drawn } = await doctor(settingsFile(stage));
	expect(drawn).toBe(0);
	expect(out).toMatch(/This till is safe, as far as \d+ checks can tell\./);
	expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
}, 120_000);

/** Settings of a shop where nobody takes care, with a daemon that lets everything through. */
async function carelessShop() {
	const folder = mkdtempSync(join(tmpdir(), "kassad-careless-"));
	const path = join(folder, "run/kassad.sock");
	for (const name of ["run", "journal"]) mkdirSync(join(folder, name));
	const victim = await startVictim(path);
	onTestFinished(() => victim.close());
	const settings = parse(readFileSync(join(import.meta.dirname, "../../config/kassad.yaml"), "utf8"));
	settings.journal.folder = "journal";
	settings.payApi.password = { file: "pay.secret" };
	Object.assign(settings.socket, {
		...{ path, mode: "0600", authMs: 200, tokens: [{ name: "till-3", token: { file: "pay.secret" } }] },
		tcp: { host: "127.0.0.1", port: victim.tcp },
		webSocket: {
			host: "127.0.0.1",
			port: victim.webSocket,
			path: "/kassad",
			origins: ["http://till.example"],
		},
	});
	const file = join(folder, "kassad.yaml");
	writeFileSync(file, stringify(settings));
	for (const name of ["pay.secret", "journal/journal.db", "journal/lock.db"]) {
		writeFileSync(join(folder, name), "");
		chmodSync(join(folder, name), 0o644);
	}
	for (const name of ["run", "kassad.yaml"]) chmodSync(join(folder, name), 0o777);
	chmodSync(path, 0o777);
	return file;
}

/** Not of this victim: who may write to the checkout is another's care, and a server's file is always taken. */
const notCareless = ["program", "second-socket"];

test("a daemon that lets everything through is red wherever it does, with what to do", async () => {
	const target = await targetOf(await carelessShop());
	// All at once: this daemon cannot be confused, and each of them waits in vain for it to defend itself.
	const found = await Promise.all(
		checks.map(async (check) => ({ ...check, ...(await verdictOf(check, target)) })),
	);
	const notRed = found.filter(({ state }) => state !== "red").map(({ name }) => name);
	expect(notRed).toEqual([...(isAlone ? ["other-machines"] : []), ...notCareless]);
	for (const { name, state, seen, advice = [] } of found) {
		expect([name, seen]).toEqual([name, expect.not.stringContaining("could not be tried")]);
		if (state === "red") expect([name, advice.length]).not.toEqual([name, 0]);
	}
	expect(found.find(({ name }) => name === "settings")?.advice).toContain(`chmod o-w ${target.file}`);
}, 60_000);

test("where no daemon runs the files are looked at all the same, and the doctor says to start it", async () => {
	const folder = mkdtempSync(join(tmpdir(), "kassad-asleep-"));
	const settings = parse(readFileSync(join(import.meta.dirname, "../../config/kassad.yaml"), "utf8"));
	settings.journal.folder = "journal";
	settings.socket.path = "kassad.sock";
	writeFileSync(join(folder, "kassad.yaml"), stringify(settings));
	const { code, found } = await examined(join(folder, "kassad.yaml"));
	expect(code).toBe(1);
	const { out } = await doctor(join(folder, "kassad.yaml"));
	expect(out).toMatch(/✗ kassad runs, and can be attacked.*do: Start kassad.*ATTENTION: 1 of \d+ is red/s);
	expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
	expect(found.get("running")).toMatchObject({
		state: "red",
		advice: [expect.stringMatching(/^Start kassad/)],
	});
	const attacks = new Set(checks.filter(({ attacks }) => attacks).map(({ name }) => name));
	for (const { name, state } of found.values()) {
		if (name !== "running") expect([name, state]).toEqual([name, attacks.has(name) ? "skipped" : "green"]);
	}
}, 30_000);
