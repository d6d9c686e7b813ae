import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer as createPlainServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { SecureVersion } from "node:tls";
import { generate } from "selfsigned";

/** A request as it came in over the wire. */
type Heard = {
	readonly method: string | undefined;
	readonly path: string | undefined;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** Which connection it came on: 1 is the first. */
	readonly connection: number;
};

export type ScriptedServer = AsyncDisposable & {
	readonly url: string;
	readonly ca: string;
	readonly heard: readonly Heard[];
	/** Connections that have been opened. */
	connections(): number;
	/** Ends all of them, as a restarting server does. */
	cutConnections(): void;
};

export type Play = (response: ServerResponse, heard: Heard) => void;

/** An HTTPS server on this machine that plays what a test wants it to. */
export async function scriptedServer(
	play: Play,
	options: { readonly hostName?: string; readonly plain?: boolean; readonly tlsVersion?: SecureVersion } = {},
): Promise<ScriptedServer> {
	const { hostName = "localhost", plain = false, tlsVersion } = options;
	const certificate = await certificateFor(hostName);
	const heard: Heard[] = [];
	const sockets: Socket[] = [];
	const numbers = new WeakMap<Socket, number>();
	const server = plain
		? createPlainServer()
		: createServer({ key: certificate.private, cert: certificate.cert, ...only(tlsVersion) });
	server.keepAliveTimeout = 60_000;
	server.on(plain ? "connection" : "secureConnection", (socket: Socket) => {
		sockets.push(socket);
		numbers.set(socket, sockets.length);
		socket.on("error", () => socket.destroy());
	});
	server.on("request", async (request, response) => {
		const chunks: Uint8Array[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const { method, url, headers, socket } = request;
		const body = Buffer.concat(chunks).toString();
		const one: Heard = { method, path: url, headers, body, connection: numbers.get(socket) ?? 0 };
		heard.push(one);
		play(response, one);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	const cutConnections = () => {
		for (const socket of sockets) socket.destroy();
	};
	return {
		url: `${plain ? "http" : "https"}://localhost:${port}`,
		ca: certificate.cert,
		heard,
		connections: () => sockets.length,
		cutConnections,
		[Symbol.asyncDispose]: async () => {
			const closed = once(server, "close");
			server.close();
			cutConnections();
			await closed;
		},
	};
}

/** Answers 200 with JSON, as a good server does. */
export const json =
	(body: unknown, status = 200): Play =>
	(response) =>
		response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

/** The options of a server that speaks one version of TLS alone; OpenSSL has the old ones at level 0 only. */
function only(version: SecureVersion | undefined) {
	return version && { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
}

async function certificateFor(hostName: string) {
	// A name of its own for each, or an authority would be taken for another one.
	return generate([{ name: "commonName", value: `${hostName} ${randomUUID()}` }], {
		keyType: "ec",
		curve: "P-256",
		algorithm: "sha256",
		extensions: [
			{ name: "basicConstraints", cA: true, critical: true },
			{ name: "subjectAltName", altNames: [{ type: 2, value: hostName }] },
		],
	});
}
