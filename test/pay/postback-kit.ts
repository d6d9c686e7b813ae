import { once } from "node:events";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { systemClock } from "../../src/clock.ts";
import type { Log } from "../../src/model/log.ts";
import type { PostbackSettings } from "../../src/model/settings/postback.ts";
import type { ServerIdentity } from "../../src/pay/postback-server.ts";
import { type Postbacks, servePostbacks } from "../../src/pay/postbacks.ts";
import { authorization, password, postbackShop } from "./postback-shop.ts";

type Line = { readonly level: string; readonly message: string } & Readonly<Record<string, unknown>>;

/** A log that keeps its lines. */
function keptLog(): { readonly lines: Line[]; readonly log: Log } {
	const lines: Line[] = [];
	const write = (level: string) => (facts: object, message: string) =>
		lines.push({ ...facts, level, message });
	const [trace, debug, info, warn, error] = ["trace", "debug", "info", "warn", "error"].map(write);
	return { lines, log: { trace, debug, info, warn, error } as Log };
}

export type Server = Postbacks & AsyncDisposable & { readonly lines: readonly Line[] };

/** A server of postbacks on a port of the system's choice. */
export async function opened(changes: Partial<PostbackSettings> = {}, tls?: ServerIdentity): Promise<Server> {
	const { lines, log } = keptLog();
	const credentials = { password, ...(tls && { tls }) };
	const server = await servePostbacks({ ...postbackShop, ...changes }, credentials, {
		log,
		clock: systemClock,
	});
	return { ...server, lines, [Symbol.asyncDispose]: server.close };
}

type Sent = {
	readonly method?: string;
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly ca?: string;
};

/** Sends a postback as the Pay API's server does, or with something else about it. */
export async function post(port: number, sent: Sent) {
	const { method = "POST", path = "/postback", headers = {}, body = "", ca } = sent;
	const options = { port, method, path, headers: { authorization: authorization(), ...headers } };
	const request =
		ca === undefined
			? plainRequest({ ...options, host: "127.0.0.1", agent: false })
			: tlsRequest({ ...options, host: "localhost", ca, agent: false });
	request.end(body);
	const [response] = await once(request, "response");
	return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** A connection of somebody who speaks as he likes. */
export async function stranger(port: number, says = ""): Promise<Socket> {
	const socket = connect(port, "127.0.0.1");
	socket.on("error", () => socket.destroy());
	await once(socket, "connect");
	socket.write(says);
	return socket;
}

/** All that is heard until the server ends the connection. */
export async function lastWords(socket: Socket): Promise<string> {
	let heard = "";
	socket.setEncoding("latin1");
	socket.on("data", (chunk: string) => {
		heard += chunk;
	});
	if (!socket.closed) await new Promise<void>((resolve) => socket.once("close", () => resolve()));
	return heard;
}
