import { createServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { listenAt } from "../../src/pos/tcp.ts";
import { freePort } from "../stories/free-port.ts";
import { rawClient } from "./counter.ts";

const newServer = (): Server => {
	const server = createServer((socket) => socket.end());
	onTestFinished(() => void server.close());
	return server;
};

test.each(["127.0.0.1", "localhost"])("programs of this machine reach %s", async (host) => {
	const port = await freePort();
	const server = newServer();
	await listenAt(server, { host, port }, "socket.tcp");
	expect(server.address()).toMatchObject({ port, address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) });
	if (host === "127.0.0.1") await (await rawClient(port)).closed;
});

test("a port that another program has is named, with what to do", async () => {
	const port = await freePort();
	await listenAt(newServer(), { host: "127.0.0.1", port }, "socket.tcp");
	const detail = `socket.tcp: cannot listen on 127.0.0.1, port ${port}: another program has this port: stop it, or choose another`;
	await expect(listenAt(newServer(), { host: "127.0.0.1", port }, "socket.tcp")).rejects.toMatchObject({
		code: "config-invalid",
		detail,
	});
});

test("a name that turns out to be reachable by others is not listened on", async () => {
	const port = await freePort();
	const server = newServer();
	await expect(listenAt(server, { host: "0.0.0.0", port }, "socket.tcp")).rejects.toMatchObject({
		code: "config-invalid",
		detail: expect.stringContaining("others can reach"),
	});
	expect(server.listening).toBe(false);
});
