import type { IncomingMessage } from "node:http";
import type { Server } from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

/** A request that has arrived whole. */
export type Arrival = {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingMessage["headers"];
	readonly body: Uint8Array;
	/** The client's TCP port: the same for all requests of one connection. */
	readonly connection: number;
	/** Wall-clock ms when it was whole. */
	readonly at: number;
	/** Monotonic ns (`process.hrtime.bigint()`) when its first decrypted byte was there, before any of it was parsed. */
	readonly firstByteAt: bigint;
	/** After so many bytes of the body the connection is to be cut: the rest was not read. */
	readonly cutAt?: number;
};

/** Bodies of tills are a few KB. */
const mostBytes = 1_048_576;

/**
 * Watches a server's connections, and reads requests with the time of their first byte.
 * @returns reads one request; undefined when it broke off or was too large.
 */
export function watchArrivals(
	server: Server,
): (request: IncomingMessage, cutAt?: number) => Promise<Arrival | undefined> {
	const firstBytes = new WeakMap<Socket, bigint>();
	server.on("secureConnection", (socket: TLSSocket) => {
		// The HTTP parser takes the bytes below JavaScript until somebody else listens by `on`.
		socket.on("data", () => undefined);
		socket.prependListener("data", () => {
			if (!firstBytes.has(socket)) firstBytes.set(socket, process.hrtime.bigint());
		});
	});
	return async (request, cutAt) => {
		// A socket that is cut does not know its ports any more.
		const connection = request.socket.remotePort ?? 0;
		const body = await readBody(request, cutAt);
		const firstByteAt = firstBytes.get(request.socket) ?? process.hrtime.bigint();
		firstBytes.delete(request.socket);
		if (body === undefined) return undefined;
		const { method = "", url = "", headers } = request;
		return {
			method,
			path: url,
			headers,
			body,
			connection,
			at: Date.now(),
			firstByteAt,
			...(cutAt !== undefined && { cutAt }),
		};
	};
}

async function readBody(
	request: IncomingMessage,
	cutAt = Number.POSITIVE_INFINITY,
): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		if (cutAt === 0) return new Uint8Array();
		for await (const chunk of request) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= cutAt) break;
			if (length > mostBytes) return undefined;
		}
	} catch {
		// The client went away in the middle.
		return undefined;
	}
	return Buffer.concat(chunks).subarray(0, cutAt);
}
