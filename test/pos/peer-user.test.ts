import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, openSync } from "node:fs";
import { connect, createServer, Socket } from "node:net";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openPeerUser } from "../../src/pos/peer-user.ts";
import { freePort } from "../stories/free-port.ts";
import { temporaryFolder } from "./counter.ts";

/** The server's end of the next connection to a place. */
async function accepted(where: string | number): Promise<{ next: Promise<Socket> }> {
	const server = createServer().listen(where);
	onTestFinished(() => void server.close());
	await once(server, "listening");
	const next = once(server, "connection").then(([socket]) => {
		onTestFinished(() => void socket.destroy());
		return socket as Socket;
	});
	return { next };
}

test("the system tells who has connected", async () => {
	const path = join(temporaryFolder(), "s.sock");
	const { next } = await accepted(path);
	const client = connect(path);
	onTestFinished(() => void client.destroy());
	const userOf = await openPeerUser();
	expect(userOf(await next)).toBe(userInfo().uid);
});

test("it tells the user of the program that connects, not our own", async () => {
	const path = join(temporaryFolder(), "s.sock");
	const { next } = await accepted(path);
	chmodSync(dirname(path), 0o755);
	chmodSync(path, 0o666);
	const program = `
		if (process.getuid() === 0) process.setuid(65534);
		process.stdout.write(String(process.getuid()));
		require("node:net").connect(${JSON.stringify(path)});`;
	const child = spawn(process.execPath, ["-e", program], { cwd: "/" });
	onTestFinished(() => void child.kill());
	const [uid] = await once(child.stdout, "data");
	const userOf = await openPeerUser();
	expect(userOf(await next)).toBe(Number(uid));
});

test("of what is no Unix socket, and of one that has ended, nobody is told", async () => {
	const userOf = await openPeerUser();
	const port = await freePort();
	const { next } = await accepted(port);
	const client = connect(port, "127.0.0.1");
	onTestFinished(() => void client.destroy());
	const socket = await next;
	// Linux answers for TCP, too, with a number that is no user's.
	expect(userOf(socket)).not.toBe(userInfo().uid);
	socket.destroy();
	await once(socket, "close");
	expect(userOf(socket)).toBeUndefined();
	expect(userOf(new Socket())).toBeUndefined();
	const file = openSync("/dev/null", "r");
	onTestFinished(() => closeSync(file));
	expect(userOf({ _handle: { fd: file } } as unknown as Socket)).toBeUndefined();
});

test.each([
	["platform", "darwin"],
	["arch", "ppc64"],
] as const)("where the system cannot be asked the start fails: %s %s", async (key, value) => {
	const spy = vi.spyOn(process, key, "get").mockReturnValue(value as never);
	onTestFinished(() => spy.mockRestore());
	await expect(openPeerUser()).rejects.toMatchObject({
		code: "config-invalid",
		detail: expect.stringContaining(value),
	});
});
