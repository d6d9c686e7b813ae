import { createServer, type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { Log } from "../model/log.ts";
import type { SocketSettings, WebSocketSettings } from "../model/settings/socket.ts";
import { wordless } from "./errors.ts";
import { sayGoodbye } from "./goodbye.ts";
import { lineOf } from "./lines.ts";
import type { Reception } from "./reception.ts";
import { refusedPage } from "./web-socket-door.ts";
import { WebSocketStream } from "./web-socket-stream.ts";

const mostHeaderBytes = 8_192;
/** Of what a stranger has said, in the log. */
const mostSaidCharacters = 128;

/**
 * What a client may make the library keep besides the bytes of its message: the pieces that it is cut into
 * (GHSA-96hv-2xvq-fx4p), and answers to pings that it has not taken yet.
 */
const mostKept = { maxFragments: 1_024, maxBufferedChunks: 16_384, maxPendingAutoPongs: 16 } as const;

/** Each frame is a message; the library has counted its bytes. */
const frames = {
	*push(frame: Buffer) {
		yield lineOf(frame);
	},
};

/**
 * A server of WebSockets (RFC 6455): whoever may connect by Origin and Host has to say a token, as over TCP. It listens
 * when it is told to.
 */
export function webSocketServer(
	own: WebSocketSettings,
	limits: SocketSettings & { readonly highWaterMark: number },
	reception: Reception,
	log: Log,
): Server {
	const server = createServer({ maxHeaderSize: mostHeaderBytes, highWaterMark: limits.highWaterMark });
	const sockets = protocol(limits.mostMessageBytes);
	const strangers = watched(server, reception, log);
	server.on("request", (request, response) => {
		const status = refusedPage(request, own)?.status ?? 426;
		response
			.writeHead(status, { connection: "close", ...(status === 426 && { upgrade: "websocket" }) })
			.end();
	});
	server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
		const refused = refusedPage(request, own);
		if (refused !== undefined) {
			const { status, why, said } = refused;
			log.warn(
				{ transport: "web-socket", why, said: said?.slice(0, mostSaidCharacters) },
				"a page was refused",
			);
			sayGoodbye(
				socket,
				Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`),
			);
			return;
		}
		sockets.handleUpgrade(request, socket, head, (webSocket) => {
			strangers.get(socket)?.();
			const stream = new WebSocketStream(webSocket, socket, limits.highWaterMark);
			reception.meet({ transport: "web-socket", stream, cutter: frames });
		});
	});
	return server;
}

function protocol(maxPayload: number): WebSocketServer {
	// A small compressed message could become one of any size.
	return new WebSocketServer({
		noServer: true,
		clientTracking: false,
		perMessageDeflate: false,
		maxPayload,
		...mostKept,
	});
}

/** A connection is a stranger's from its first byte, also while it speaks HTTP. @returns what ends that. */
function watched(server: Server, reception: Reception, log: Log): WeakMap<Socket, () => void> {
	const strangers = new WeakMap<Socket, () => void>();
	server.on("connection", (socket: Socket) => {
		const leave = reception.watch((why) => {
			log.warn({ transport: "web-socket", why }, "connection ended");
			socket.destroy();
		});
		strangers.set(socket, leave);
		socket.on("error", (error) => log.debug({ error: wordless(error) }, "connection broken"));
		socket.once("close", leave);
	});
	return strangers;
}
