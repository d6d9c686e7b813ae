import { once } from "node:events";
import { connect, createServer } from "node:net";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import type { SocketSettings } from "../../src/model/settings/socket.ts";
import { freePort } from "../stories/free-port.ts";
import { openCounter, rawClient, token } from "./counter.ts";

afterEach(() => void vi.useRealTimers());

async function openTcp(changes: Partial<SocketSettings> = {}) {
	const port = await freePort();
	const tcp = { host: "127.0.0.1" as const, port };
	return { ...(await openCounter({}, { tcp, ...changes })), port };
}

const hello = { client: "till 3", token };
const notAllowed = (id: unknown, detail: RegExp) => ({
	id,
	error: {
		data: {
			fault: "not-allowed",
			moneyMoved: "no",
			acts: "technician",
			detail: expect.stringMatching(detail),
		},
	},
});

test("over TCP a token comes first, and then all is as over the Unix socket", async () => {
	const { port, path } = await openTcp();
	const client = await rawClient(port);
	client.ask(1, "hello", hello);
	expect(await client.next()).toMatchObject({ id: 1, result: { name: "kassad" } });
	client.ask(2, "pay.cancel", { operationId: "o" });
	client.ask(3, "events.subscribe", {});
	client.socket.end();
	expect(await client.next()).toMatchObject({ id: 3, result: { seq: 0 } });
	expect(await client.next()).toMatchObject({ id: 2, result: { operationId: "o" } });
	await client.closed;
	const local = await rawClient(path);
	local.ask(1, "pay.cancel", { operationId: "o" });
	expect(await local.next()).toMatchObject({ id: 1, result: {} });
});

test("a stranger's request is refused, nothing that it asks for is done, and the connection ends", async () => {
	const port = await freePort();
	let calls = 0;
	await openCounter(
		{
			"pay.cancel": async ({ operationId }) => {
				calls += 1;
				return { operationId, state: "in-progress" };
			},
		},
		{ tcp: { host: "127.0.0.1", port } },
	);
	const client = await rawClient(port);
	client.ask(1, "pay.cancel", { operationId: "o" });
	client.ask(2, "hello", hello);
	expect(await client.next()).toMatchObject(notAllowed(1, /first message has to be hello/));
	await expect(client.next()).rejects.toThrow("ended");
	await client.closed;
	expect(calls).toBe(0);
});

test("a wrong token and a line that cannot be read are refused at once", async () => {
	const { port } = await openTcp();
	const [wrong, mumbling] = [await rawClient(port), await rawClient(port)];
	wrong.ask(7, "hello", { ...hello, token: token.replace("0", "1") });
	expect(await wrong.next()).toMatchObject(notAllowed(7, /none of socket\.tokens/));
	await wrong.closed;
	mumbling.say("{oops\n");
	expect(await mumbling.next()).toMatchObject(notAllowed(null, /first message has to be hello/));
	await mumbling.closed;
});

test("a connection that says nothing is closed in time; one that has come in is not", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { port } = await openTcp({ authMs: 5_000 });
	const [guest, silent] = [await rawClient(port), await rawClient(port)];
	guest.ask(1, "hello", hello);
	await guest.next();
	await vi.waitUntil(() => vi.getTimerCount() === 1);
	await vi.advanceTimersByTimeAsync(5_000);
	expect(await silent.next()).toMatchObject(notAllowed(null, /no token within 5000 ms/));
	await silent.closed;
	guest.ask(2, "ping");
	expect(await guest.next()).toMatchObject({ id: 2 });
});

test("strangers take no place of those that have come in, and one too many of them sends the oldest away", async () => {
	const { port, path } = await openTcp({ mostClients: 1, mostStrangers: 2 });
	const first = await rawClient(port);
	const others = [await rawClient(port), await rawClient(port)];
	expect(await first.next()).toMatchObject(notAllowed(null, /more than 2 connections have said no token/));
	const [second, third] = others;
	third?.ask(1, "hello", hello);
	expect(await third?.next()).toMatchObject({ id: 1, result: {} });
	second?.ask(2, "hello", hello);
	expect(await second?.next()).toMatchObject({ id: 2, error: { data: { fault: "too-many-clients" } } });
	await second?.closed;
	const local = await rawClient(path);
	expect(await local.next()).toMatchObject({ error: { data: { fault: "too-many-clients" } } });
});

test("who opens connection after connection, and holds on to them, keeps out nobody who speaks at once", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { port } = await openTcp({ mostStrangers: 2 });
	const told: string[] = [];
	for (let count = 0; count < 200; count += 1) {
		const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		onTestFinished(() => void socket.destroy());
		socket.on("error", () => undefined).on("data", (said) => told.push(`${said}`));
		await once(socket, "connect");
	}
	const client = await rawClient(port);
	client.ask(1, "hello", hello);
	expect(await client.next()).toMatchObject({ id: 1, result: {} });
	await vi.waitUntil(() => told.length >= 198);
	expect(told[0]).toContain("more than 2 connections have said no token");
});

test("the log says who came how, and no token", async () => {
	const { port, path, logged } = await openTcp();
	const local = await rawClient(path);
	local.ask(1, "ping");
	await local.next();
	const client = await rawClient(port);
	client.ask(1, "hello", hello);
	await client.next();
	client.socket.end();
	await client.closed;
	const wrong = await rawClient(port);
	wrong.ask(1, "hello", { ...hello, token: `${token}${token}` });
	await wrong.closed;
	const lines = logged.map((line) => JSON.parse(line));
	expect(lines).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ msg: "client let in", client: 1, transport: "unix" }),
			expect.objectContaining({
				...{ msg: "client let in", client: 2, transport: "tcp" },
				...{ tokenName: "till-3", program: "till 3" },
			}),
			expect.objectContaining({ msg: "client gone", client: 2 }),
			expect.objectContaining({ msg: "client dismissed", client: 3, fault: "not-allowed" }),
		]),
	);
	expect(logged.join("")).not.toContain(token);
});

test("when a port cannot be had, nothing stays open", async () => {
	const { port, path, server } = await openTcp();
	await server.close();
	const other = createServer().listen(port, "127.0.0.1");
	await new Promise((resolve) => other.once("listening", resolve));
	await expect(openCounter({}, { path, tcp: { host: "127.0.0.1", port } })).rejects.toMatchObject({
		code: "config-invalid",
	});
	await expect(rawClient(path)).rejects.toMatchObject({ code: "ENOENT" });
	await new Promise((resolve) => other.close(resolve));
});
