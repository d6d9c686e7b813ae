import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { reachDaemon } from "../../src/cli/daemon-line.ts";
import { systemClock } from "../../src/clock.ts";
import { openCounter, rawClient, temporaryFolder } from "../pos/counter.ts";

const soon = { connectMs: 5_000, answerMs: 50 };
const patient = { connectMs: 5_000, answerMs: 20_000 };

async function line(path: string, deadlines = patient) {
	const reached = await reachDaemon(path, deadlines, systemClock);
	if (typeof reached === "string") throw new Error(reached);
	onTestFinished(() => reached.close());
	return reached;
}

test("an answer that does not come is waited for no longer than the deadline", async () => {
	const { path } = await openCounter({ hello: () => new Promise(() => undefined) });
	const said = await (await line(path, soon)).ask("hello", { client: "me" });
	expect(said).toMatchObject({ kind: "over", why: expect.stringContaining("no answer in time") });
});

test("answers find their questions in whatever order they come", async () => {
	const { promise, resolve } = Promise.withResolvers<{ leaseMs: number }>();
	const { path } = await openCounter({ "scans.accept": () => promise });
	const daemon = await line(path);
	const first = daemon.ask("scans.accept", {});
	expect(await daemon.ask("scanner.pause", {})).toMatchObject({ result: { paused: ["front"] } });
	resolve({ leaseMs: 7 });
	expect(await first).toMatchObject({ kind: "answer", result: { leaseMs: 7 } });
});

test("a refusal of the connection as such answers what is asked", async () => {
	const { path } = await openCounter({}, { mostClients: 1 });
	const first = await rawClient(path);
	first.ask(1, "hello", { client: "first" });
	await first.next();
	const said = await (await line(path)).ask("hello", { client: "second" });
	expect(said).toMatchObject({ refusal: { message: expect.stringContaining("too-many-clients") } });
});

test("a daemon that hangs up answers with that, also what is asked afterwards", async () => {
	const path = join(temporaryFolder(), "rude.sock");
	const rude = createServer((socket) => socket.destroy()).listen(path);
	onTestFinished(() => void rude.close());
	await once(rude, "listening");
	const daemon = await line(path);
	const why = expect.stringContaining("closed the connection");
	expect(await daemon.ask("hello", {})).toMatchObject({ kind: "over", why });
	expect(await daemon.ask("hello", {})).toMatchObject({ kind: "over", why });
});

test("a line without end is not taken in", async () => {
	const path = join(temporaryFolder(), "endless.sock");
	const piece = Buffer.alloc(1_048_576, "x");
	const endless = createServer((socket) => {
		const pour = () => {
			while (socket.writable && socket.write(piece));
		};
		socket.on("error", () => undefined).on("drain", pour);
		pour();
	}).listen(path);
	onTestFinished(() => void endless.close());
	await once(endless, "listening");
	const said = await (await line(path)).ask("hello", {});
	expect(said).toMatchObject({ kind: "over", why: expect.stringContaining("does not speak as kassad does") });
});

test("the words tell a socket that is not there from one at which nobody answers", async () => {
	const folder = temporaryFolder();
	const dead = join(folder, "dead.sock");
	writeFileSync(dead, "");
	expect(await reachDaemon(dead, patient, systemClock)).toContain(`nobody answers at ${dead}`);
	expect(await reachDaemon(join(folder, "none"), patient, systemClock)).toContain("there is no");
});
