import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { FaultError } from "../model/fault.ts";
import type { Secret } from "../model/secret.ts";
import type { PostbackSettings } from "../model/settings/postback.ts";
import type { Tally } from "./tally.ts";

/** PEM texts. */
export type ServerIdentity = { readonly cert: string; readonly key: Secret };

/** What strangers do to the server before their requests can be read. */
export type Knock =
	| "postbacks: too many connections"
	| "postbacks: a connection could not be accepted"
	| "postbacks: TLS failed"
	| "postbacks: not HTTP, or too slow, or headers too large";

const mostHeaderBytes = 8_192;
/** How late a slow sender may be noticed. */
const mostCheckMs = 1_000;

const hints: Readonly<Record<string, string>> = {
	EADDRINUSE: "another program has this port: stop it, or change payApi.postback.port",
	EADDRNOTAVAIL: "this machine has no such address: change payApi.postback.host",
	EACCES: "ports below 1024 are the system's: choose a higher payApi.postback.port",
};

/** An HTTP(S) server on which nobody can hold more than a connection, and that one not for long. */
export function boundedServer(
	settings: PostbackSettings,
	tls: ServerIdentity | undefined,
	knocks: Pick<Tally<Knock>, "count">,
	answer: RequestListener,
): Server {
	const { requestMs, idleMs, mostConnections } = settings;
	const options = {
		maxHeaderSize: mostHeaderBytes,
		headersTimeout: requestMs,
		requestTimeout: requestMs,
		keepAliveTimeout: idleMs,
		connectionsCheckingInterval: Math.min(requestMs, mostCheckMs),
	};
	const server =
		tls === undefined
			? createServer(options, answer)
			: createTlsServer(
					{
						...options,
						...{ cert: tls.cert, key: tls.key.reveal(), minVersion: "TLSv1.2" },
						handshakeTimeout: requestMs,
					},
					answer,
				);
	server.maxConnections = mostConnections;
	server.on("drop", () => knocks.count("postbacks: too many connections"));
	server.on("tlsClientError", (error) => knocks.count("postbacks: TLS failed", { code: codeOf(error) }));
	server.on("clientError", (error, socket) => {
		knocks.count("postbacks: not HTTP, or too slow, or headers too large", { code: codeOf(error) });
		socket.destroy();
	});
	return server;
}

/**
 * Begins to listen.
 * @returns ends the listening and every connection, those in their TLS handshake included.
 * @throws {FaultError} `config-invalid` when the address cannot be had; the detail says what to do.
 */
export async function listenOn(
	server: Server,
	{ host, port }: Pick<PostbackSettings, "host" | "port">,
	knocks: Pick<Tally<Knock>, "count">,
): Promise<() => Promise<void>> {
	const sockets = new Set<Socket>();
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	try {
		server.listen(port, host);
		await once(server, "listening");
	} catch (error) {
		const code = String(codeOf(error));
		const detail = `cannot listen for postbacks on ${host}, port ${port}: ${code}; ${hints[code] ?? "check payApi.postback.host"}`;
		throw new FaultError("config-invalid", detail);
	}
	// Such as too many open files: it must not end the till.
	server.on("error", (error) =>
		knocks.count("postbacks: a connection could not be accepted", { code: codeOf(error) }),
	);
	return async () => {
		const closed = once(server, "close");
		server.close();
		for (const socket of sockets) socket.destroy();
		await closed;
	};
}

/** Of a system's, TLS's or parser's error; its text may quote what a stranger has sent. */
function codeOf(error: unknown): unknown {
	return error instanceof Error && "code" in error ? error.code : undefined;
}
