import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { json, scriptedServer } from "./server.ts";
import { clientOf } from "./shop.ts";

test("a connection reset before TLS is up means that nothing was sent", async () => {
	const raw = createServer((socket) => socket.resetAndDestroy());
	await new Promise<void>((resolve) => void raw.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void raw.close());
	const { port } = raw.address() as { port: number };
	const { client } = clientOf(`https://localhost:${port}`, undefined);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("a server that takes the connection and never speaks TLS is left after the time to connect", async () => {
	const raw = createServer((socket) => void socket.on("error", () => socket.destroy()).resume());
	await new Promise<void>((resolve) => void raw.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void raw.close());
	const { port } = raw.address() as { port: number };
	const { client } = clientOf(`https://localhost:${port}`, undefined, {
		deadlines: { connectMs: 100, answerMs: 8_000 },
	});
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("a refused connection means that nothing was sent", async () => {
	const server = await scriptedServer(json({}));
	await server[Symbol.asyncDispose]();
	const { client } = clientOf(server.url, server.ca);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("a host that is not found means that nothing was sent", async () => {
	const { client } = clientOf("https://kassad.invalid", undefined);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-unreachable",
	});
});

test("a certificate for another host is refused before anything is sent", async () => {
	const server = await scriptedServer(json({}), { hostName: "other.example" });
	onTestFinished(() => server[Symbol.asyncDispose]());
	const { client } = clientOf(server.url, server.ca);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-certificate",
	});
	expect(server.heard).toEqual([]);
});

test("a certificate that nobody vouches for is refused before anything is sent", async () => {
	const server = await scriptedServer(json({}));
	onTestFinished(() => server[Symbol.asyncDispose]());
	const { client } = clientOf(server.url, undefined);
	expect(await client.call("checkout", {}, {})).toMatchObject({
		kind: "not-sent",
		fault: "server-certificate",
	});
	expect(server.heard).toEqual([]);
});

test("plain http reaches a server on this machine", async () => {
	const server = await scriptedServer(json({ status: "new" }), { plain: true });
	onTestFinished(() => server[Symbol.asyncDispose]());
	const { client } = clientOf(server.url, undefined);
	expect(await client.call("status", {}, {})).toMatchObject({ kind: "answer" });
});
