import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listenOn } from "../../src/pos/listen.ts";
import { rawClient, temporaryFolder } from "./counter.ts";

const newServer = (): Server => {
	const server = createServer((socket) => socket.on("error", () => undefined).end());
	onTestFinished(() => void server.close());
	return server;
};
const refused = (detail: string) =>
	expect.objectContaining({ code: "config-invalid", detail: expect.stringContaining(detail) });

/** A socket file as a killed process leaves it. */
async function leaveStaleSocket(path: string): Promise<void> {
	const program = join(temporaryFolder(), "leaver.mjs");
	writeFileSync(
		program,
		'import { createServer } from "node:net"; createServer().listen(process.argv[2], () => process.send("up"));',
	);
	const child = fork(program, [path]);
	await once(child, "message");
	child.kill("SIGKILL");
	await once(child, "exit");
}

test.each(["0600", "0660", "0666"])("the file has mode %s", async (mode) => {
	const path = join(temporaryFolder(), "pos.sock");
	await listenOn(newServer(), path, mode);
	expect((statSync(path).mode & 0o7777).toString(8)).toBe(mode.slice(1));
});

test("the umask is what it was, whether listening worked or not", async () => {
	const before = process.umask();
	const folder = temporaryFolder();
	await listenOn(newServer(), join(folder, "pos.sock"), "0600");
	await expect(listenOn(newServer(), join(folder, "no", "pos.sock"), "0600")).rejects.toThrow();
	expect(process.umask()).toBe(before);
});

test("a socket that a killed process left behind is replaced", async () => {
	const path = join(temporaryFolder(), "pos.sock");
	await leaveStaleSocket(path);
	expect(statSync(path).isSocket()).toBe(true);
	await listenOn(newServer(), path, "0600");
	await (await rawClient(path)).closed;
});

test("a socket on which someone answers is left alone", async () => {
	const path = join(temporaryFolder(), "pos.sock");
	await listenOn(newServer(), path, "0600");
	await expect(listenOn(newServer(), path, "0600")).rejects.toEqual(refused(`another program has ${path}`));
	await (await rawClient(path)).closed;
	expect(existsSync(path)).toBe(true);
});

test("what is not a socket is left alone", async () => {
	const folder = temporaryFolder();
	const file = join(folder, "notes.txt");
	writeFileSync(file, "mine");
	const link = join(folder, "link");
	symlinkSync(file, link);
	const directory = join(folder, "directory");
	mkdirSync(directory);
	for (const path of [file, link, directory]) {
		await expect(listenOn(newServer(), path, "0600")).rejects.toEqual(refused("is not a socket"));
	}
	expect(readFileSync(link, "utf8")).toBe("mine");
});

test("a folder that is not there is named, with what to look at", async () => {
	const path = join(temporaryFolder(), "no", "pos.sock");
	await expect(listenOn(newServer(), path, "0600")).rejects.toEqual(refused(path));
	await expect(listenOn(newServer(), path, "0600")).rejects.toEqual(refused("does its folder exist"));
});

test("a named pipe has no mode, and one that another program has is not taken", async () => {
	const path = join(temporaryFolder(), "pipe");
	await listenOn(newServer(), path, "0666", "win32");
	expect(statSync(path).mode & 0o777).toBe(0o600);
	await expect(listenOn(newServer(), path, "0666", "win32")).rejects.toEqual(
		refused("EADDRINUSE; has another program this pipe?"),
	);
});
