import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { FaultError } from "../../src/model/fault.ts";
import { descriptions } from "../../src/pos/describe-methods.ts";
import { memoryFeed, openCounter, rawClient, temporaryFolder } from "../pos/counter.ts";

const program = join(import.meta.dirname, "../../src/cli.ts");

/** The real program; no secret is in its environment. */
function begin(...args: readonly string[]) {
	const running = spawn(process.execPath, [program, "rpc", ...args], { env: { PATH: process.env.PATH } });
	onTestFinished(() => void running.kill("SIGKILL"));
	const ended = once(running, "close").then(([code]) => code as number | null);
	const heard = { out: "" };
	const waiting = new Set<() => void>();
	running.stdout.setEncoding("utf8").on("data", (piece: string) => {
		heard.out += piece;
		for (const look of waiting) look();
	});
	const err = text(running.stderr);
	return {
		says: (words: string) =>
			new Promise<void>((resolve) => {
				const look = () => {
					if (heard.out.includes(words)) resolve();
				};
				waiting.add(look);
				look();
			}),
		stop: () => running.kill("SIGINT"),
		ended: async () => ({ code: await ended, out: heard.out, err: await err }),
	};
}

const at = "2026-11-24T12:00:00+03:00";
/** A code that a scanner has read. */
const scanned = (scanner: string) => ({ kind: "foreign", scanner });

const rpc = (...args: readonly string[]) => begin(...args).ended();

test("an answer is printed as indented JSON, and all is well", async () => {
	const { path } = await openCounter();
	const { code, out, err } = await rpc("hello", '{"client":"me"}', "--socket", path);
	const hello = { name: "kassad", version: "1.2.3", protocol: 1, language: "ru", seq: 0 };
	expect({ code, out, err }).toEqual({ code: 0, out: `${JSON.stringify(hello, undefined, 2)}\n`, err: "" });
});

test("without parameters none are sent, and the socket's own document comes whole", async () => {
	const { path } = await openCounter();
	const { code, out } = await rpc("rpc.discover", "--socket", path);
	expect(code).toBe(0);
	expect(JSON.parse(out)).toMatchObject({ openrpc: "1.3.2" });
});

test("the settings name the socket, whatever else is wrong in them, and no secret is asked for", async () => {
	const { settings } = await openCounter();
	const file = join(temporaryFolder(), "kassad.yaml");
	writeFileSync(file, stringify({ socket: settings, payApi: "nonsense" }));
	expect(await rpc("printer.status", "--config", file)).toMatchObject({ code: 0, err: "" });
});

test("a refusal tells the fault, the money's fate and what the cashier reads, without a terminal's control", async () => {
	const { path } = await openCounter({
		"pay.cancel": async () => {
			throw new FaultError("too-late-to-cancel", "it is \u001b[31msettled");
		},
	});
	const { code, out, err } = await rpc("pay.cancel", '{"operationId":"o-1"}', "--socket", path);
	expect([code, out]).toEqual([1, ""]);
	expect(err).toBe(
		"kassad: pay.cancel is refused: too-late-to-cancel: it is ?[31msettled\n" +
			"  money moved: unknown; who can act: cashier; next: ask\n" +
			"  the cashier reads: title of too-late-to-cancel. what to do about too-late-to-cancel\n",
	);
});

test("a daemon that has too many clients says so itself", async () => {
	const { path } = await openCounter({}, { mostClients: 1 });
	const first = await rawClient(path);
	first.ask(1, "hello", { client: "first" });
	await first.next();
	const { code, err } = await rpc("hello", '{"client":"second"}', "--socket", path);
	expect(code).toBe(1);
	expect(err).toContain("hello is refused: too-many-clients: at most 1 may be connected");
});

test.each([
	[["hello", "{"], "is not JSON"],
	[["hello", "[1]"], "Expected an object"],
	[["hello", "null"], "Expected an object"],
	[[], "expected a METHOD, or --events"],
	[["hello", "--since", "1"], "--since needs --events"],
	[["--events", "--since", "-1"], "Expected the number of an event"],
	[["hello", "--loud"], "unknown option"],
	[["hello", "{}", "more"], "too many arguments"],
])("%j is wrong usage", async (args, words) => {
	const { code, out, err } = await rpc(...args);
	expect([code, out]).toEqual([2, ""]);
	expect(err).toContain(words);
});

test("where no daemon runs the words say so, and what to do", async () => {
	const folder = temporaryFolder();
	const path = join(folder, "none.sock");
	const { code, err } = await rpc("hello", "--socket", path);
	expect(code).toBe(1);
	expect(err).toContain(`kassad does not run: there is no ${path}.\nStart it with: npm start\n`);
});

test("what does not speak as kassad does is left alone", async () => {
	const path = join(temporaryFolder(), "other.sock");
	const other = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(path);
	onTestFinished(() => void other.close());
	await once(other, "listening");
	const { code, err } = await rpc("hello", "--socket", path);
	expect([code, err]).toEqual([1, "kassad: what answers there does not speak as kassad does\n"]);
});

test("events are printed one to a line, the kept ones first, beside a request's answer, until Ctrl-C", async () => {
	const feed = memoryFeed();
	feed.append(scanned("first\u009b"));
	feed.append(scanned("second"));
	const { path } = await openCounter({}, {}, feed);
	const running = begin("scans.accept", "--events", "--since", "1", "--socket", path);
	await running.says('"leaseMs": 3000');
	feed.append(scanned("third\u009b"));
	await running.says("third");
	running.stop();
	const { code, out, err } = await running.ended();
	expect([code, err]).toEqual([0, ""]);
	const events = out.split("\n").filter((line) => line.startsWith('{"seq"'));
	expect(events).toEqual([
		`{"seq":2,"type":"scan","at":"${at}","body":{"kind":"foreign","scanner":"second"}}`,
		`{"seq":3,"type":"scan","at":"${at}","body":{"kind":"foreign","scanner":"third\\u009b"}}`,
	]);
});

test("a scan that is offered is printed under its name", async () => {
	const { path } = await openCounter({
		"scans.accept": async (_, client) => {
			setImmediate(() => client.notify("scan.offer", { ...scanned("s"), at, offer: 1, leaseMs: 1 }));
			return { leaseMs: 1 };
		},
	});
	const running = begin("scans.accept", "--events", "--socket", path);
	await running.says('{"method":"scan.offer","params":{"kind":"foreign","scanner":"s",');
	running.stop();
	expect(await running.ended()).toMatchObject({ code: 0 });
});

test("a daemon that ends while events are awaited ends the wait", async () => {
	const feed = memoryFeed();
	feed.append(scanned("first"));
	const { path, server } = await openCounter({}, {}, feed);
	const running = begin("--events", "--since", "0", "--socket", path);
	await running.says('"first"');
	await server.close();
	const { code, err } = await running.ended();
	expect([code, err]).toEqual([1, "kassad: kassad has closed the connection; its log may say why\n"]);
});

test("the help names every method that there is, within 80 columns", async () => {
	const { code, out } = await rpc("--help");
	expect(code).toBe(0);
	for (const method of Object.keys(descriptions)) expect(out).toContain(`\n  ${method} `);
	expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
