import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { json, scriptedServer } from "./server.ts";
import { shopSettings } from "./settings.ts";
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
		deadlines: { connectMs: 100, startMs: 4_000, answerMs: 8_000 },
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

test("a server that speaks nothing newer than TLS 1.1 is refused, though the process would allow it", async () => {
	allowOldTls();
	const server = await scriptedServer(json({}), { tlsVersion: "TLSv1.1" });
	onTestFinished(() => server[Symbol.asyncDispose]());
	expect(await versionSpokenWith(server)).toBe("TLSv1.1");
	const { client } = clientOf(server.url, server.ca);
	expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "not-sent" });
	expect(server.heard).toEqual([]);
});

test("an own authority is trusted besides the usual ones, not instead of them", async () => {
	const usual = await scriptedServer(json({}));
	const own = await scriptedServer(json({}));
	onTestFinished(() => usual[Symbol.asyncDispose]());
	onTestFinished(() => own[Symbol.asyncDispose]());
	const before = tls.getCACertificates("default");
	onTestFinished(() => tls.setDefaultCACertificates(before));
	tls.setDefaultCACertificates([usual.ca]);
	for (const { url } of [usual, own]) {
		const { client } = clientOf(url, own.ca);
		expect(await client.call("checkout", {}, {})).toMatchObject({ kind: "answer" });
	}
});

test("besides an own authority those of the system are trusted", async () => {
	const [server, own] = [await scriptedServer(json({})), await scriptedServer(json({}))];
	onTestFinished(() => server[Symbol.asyncDispose]());
	onTestFinished(() => own[Symbol.asyncDispose]());
	const folder = mkdtempSync(join(tmpdir(), "kassad-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const system = join(folder, "system.pem");
	writeFileSync(system, server.ca);
	// The list of the system is read once in a process, so another one is needed.
	const asking = `
		import { openClients } from ${JSON.stringify(import.meta.resolve("../../src/pay/connection.ts"))};
		const [url, settings, ca] = process.argv.slice(1);
		const [client] = openClients(url, JSON.parse(settings), ca);
		const { statusCode } = await client.request({ method: "GET", path: "/" });
		console.log(statusCode);
		await client.destroy();`;
	const { stdout } = await promisify(execFile)(
		process.execPath,
		["--input-type=module", "--eval", asking, server.url, JSON.stringify(shopSettings), own.ca],
		{ env: { SSL_CERT_FILE: system, SSL_CERT_DIR: folder } },
	);
	expect(stdout.trim()).toBe("200");
});

/** Lets this process speak TLS 1.1 wherever a connection does not forbid it itself. */
function allowOldTls(): void {
	const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
	onTestFinished(() => void Object.assign(tls, { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS }));
	Object.assign(tls, { DEFAULT_MIN_VERSION: "TLSv1.1", DEFAULT_CIPHERS: "DEFAULT@SECLEVEL=0" });
}

async function versionSpokenWith({ url, ca }: { url: string; ca: string }): Promise<string | null> {
	const socket = tls.connect({ host: "localhost", port: Number(new URL(url).port), ca });
	await once(socket, "secureConnect");
	const version = socket.getProtocol();
	socket.destroy();
	return version;
}
