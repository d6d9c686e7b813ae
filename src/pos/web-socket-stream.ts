import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { FaultError } from "../model/fault.ts";

/** RFC 6455, section 7.4.1. */
const normalClosure = 1_000;

type Done = (error?: Error | null) => void;

/**
 * A WebSocket as a stream, so that a session holds back, counts and ends it as it does a socket. Read it and each chunk
 * is one message; write to it a line, and that is one message without its line feed. What has been written counts as
 * unread until the system has taken it.
 */
export class WebSocketStream extends Duplex {
	readonly #webSocket: WebSocket;
	readonly #socket: Socket;
	#broken: Error | null = null;

	/**
	 * @param socket carries the WebSocket.
	 * @param writableHighWaterMark bytes that may wait before the other side should read.
	 */
	constructor(webSocket: WebSocket, socket: Socket, writableHighWaterMark: number) {
		super({ readableObjectMode: true, readableHighWaterMark: 1, writableHighWaterMark });
		this.#webSocket = webSocket;
		this.#socket = socket;
		webSocket.on("message", (message: Buffer) => {
			if (!this.push(message)) webSocket.pause();
		});
		// The library says why and closes; the end of that is told below.
		webSocket.on("error", (error) => {
			this.#broken = faultOf(error);
		});
		webSocket.on("close", () => void this.destroy(this.#broken ?? undefined));
	}

	override _read(): void {
		if (this.#webSocket.isPaused) this.#webSocket.resume();
	}

	override _write(line: Buffer, _: BufferEncoding, done: Done): void {
		this.#say(line, done);
	}

	override _writev(lines: { readonly chunk: Buffer }[], done: Done): void {
		this.#socket.cork();
		for (const { chunk } of lines.slice(0, -1)) this.#say(chunk, () => undefined);
		this.#say(lines.at(-1)?.chunk ?? Buffer.alloc(0), done);
		this.#socket.uncork();
	}

	override _final(done: Done): void {
		if (this.#webSocket.readyState === this.#webSocket.CLOSED) done();
		else this.#webSocket.once("close", () => done()).close(normalClosure);
	}

	override _destroy(error: Error | null, done: Done): void {
		this.#webSocket.terminate();
		done(error);
	}

	#say(line: Buffer, done: Done): void {
		this.#webSocket.send(line.subarray(0, -1), { binary: false }, done);
	}
}

/** Why the library ended the connection, as the log tells it. */
function faultOf(error: Error & { readonly code?: unknown }): Error {
	if (error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") return new FaultError("message-too-large");
	return new FaultError("request-invalid", `no WebSocket: ${error.code ?? error.name}`);
}
