import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { WebSocketServer } from "ws";
import { connectPos } from "../../src/client/pos-client.ts";
import { openCounter, temporaryFolder, token } from "../pos/counter.ts";
import { freePort } from "../stories/free-port.ts";

const host = "127.0.0.1" as const;

test("over TCP the token is said first, and a wrong one is refused for good", async () => {
	const port = await freePort();
	const { logged } = await openCounter({}, { tcp: { host, port } });
	const client = await connectPos({ host, port, token }, { name: "till 3" });
	expect(await client.call("scanner.pause")).toEqual({ paused: ["front"] });
	await client.close();
	expect(logged.join()).toContain('"program":"till 3"');
	const refused = { name: "PosError", data: { fault: "not-allowed", moneyMoved: "no" } };
	const guess = connectPos({ host, port, token: `${token}0` }, { reconnect: true });
	await expect(guess).rejects.toMatchObject(refused);
});

test("where nobody listens it is the operating system's error", async () => {
	const port = await freePort();
	await expect(connectPos({ host, port, token })).rejects.toMatchObject({ code: "ECONNREFUSED" });
	await expect(connectPos({ url: `ws://${host}:${port}/`, token })).rejects.toMatchObject({
		code: "ECONNREFUSED",
	});
	await expect(connectPos({ path: `${temporaryFolder()}/none` })).rejects.toMatchObject({ code: "ENOENT" });
});

/** A WebSocket that says these frames to whoever greets it. */
async function saying(...frames: readonly (string | Buffer)[]): Promise<string> {
	const server = new WebSocketServer({ host, port: 0 });
	onTestFinished(() => void server.close());
	server.on("connection", (socket) => {
		socket.on("error", () => undefined);
		socket.once("message", () => {
			for (const frame of frames) socket.send(frame);
		});
	});
	await once(server, "listening");
	return `ws://${host}:${(server.address() as AddressInfo).port}/`;
}

const greeted = '{"jsonrpc":"2.0","id":1,"result":{}}';

test.each([
	["a frame of bytes", [Buffer.from(greeted)]],
	["a frame that is too long", ["x".repeat(16_777_217)]],
	["two messages in a frame", [`${greeted}\n${greeted}`]],
])("%s is not taken in", async (_, frames) => {
	const url = await saying(...frames);
	await expect(connectPos({ url, token })).rejects.toMatchObject({ name: "NoAnswer", why: "unreadable" });
});

test("frames are messages, and what comes after the end is nobody's", async () => {
	const client = await connectPos({
		url: await saying(greeted, "nonsense", '{"method":"event","params":{}}'),
		token,
	});
	expect(await client.closed).toMatchObject({ why: "unreadable" });
});

test("a web server that is no kassad is told as what it answers", async () => {
	const server = createServer((_, response) => response.writeHead(403).end()).listen(0, host);
	onTestFinished(() => void server.close());
	await once(server, "listening");
	const url = `ws://${host}:${(server.address() as AddressInfo).port}/`;
	await expect(connectPos({ url, token })).rejects.toThrow("Unexpected server response: 403");
});
