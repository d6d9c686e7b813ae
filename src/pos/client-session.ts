import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import { fromEvent, type Observable, Subscription } from "rxjs";
import { FaultError } from "../model/fault.ts";
import type { SocketSettings } from "../model/settings/socket.ts";
import { check } from "./check.ts";
import { type Explain, type Holes, rpcError, wordless } from "./errors.ts";
import { hangUpSoon, sayGoodbye } from "./goodbye.ts";
import { type Line, LineCutter } from "./lines.ts";
import type { Calls } from "./methods.ts";
import { answerLine, errorLine, type Message, readMessage, rpcCodes } from "./rpc.ts";
import { subscribeParams } from "./schema.ts";
import { type EventFeed, type EventLine, follow, type Outlet } from "./subscription.ts";

/** What all clients share. */
export type Shared = {
	readonly settings: SocketSettings;
	readonly calls: Calls;
	readonly feed: EventFeed;
	readonly live$: Observable<EventLine>;
	readonly explain: Explain;
	readonly log: Logger;
};

type Request = Extract<Message, { kind: "request" }>;

/** One client from its first byte to its last. Requests are answered in the order in which they finish. */
export class ClientSession {
	readonly #socket: Socket;
	readonly #shared: Shared;
	readonly #log: Logger;
	readonly #cutter: LineCutter;
	readonly #outlet: Outlet;
	#events = Subscription.EMPTY;
	#pending = 0;
	/** Until the client has hung up, or kassad is about to; what still arrives is thrown away. */
	#listening = true;

	constructor(socket: Socket, client: number, shared: Shared) {
		this.#socket = socket;
		this.#shared = shared;
		this.#log = shared.log.child({ client });
		this.#cutter = new LineCutter(shared.settings.mostMessageBytes);
		this.#outlet = {
			send: (line) => this.#send(line),
			isFull: () => !socket.writable || socket.writableNeedDrain,
			drained$: fromEvent(socket, "drain"),
			cutOff: (why, error) => this.#cutOff(why, error),
			mostUnreadBytes: shared.settings.mostUnreadBytes,
		};
		socket.on("data", (chunk) => this.#read(chunk));
		socket.on("end", () => this.#stopListening());
		socket.on("error", (error) => this.#log.debug({ error: wordless(error) }, "connection broken"));
		socket.on("close", () => this.#events.unsubscribe());
	}

	/** Answers what is on its way and closes. */
	close(): void {
		this.#stopListening();
		hangUpSoon(this.#socket);
	}

	#read(chunk: Buffer): void {
		for (const line of this.#cutter.push(chunk)) {
			if (!this.#listening || !this.#socket.writable) return;
			this.#take(line);
		}
	}

	#take(line: Line): void {
		if (line.kind === "too-long") {
			this.#dismissForLength();
			return;
		}
		const message = line.kind === "text" ? readMessage(line.text) : notText;
		if (message.kind === "request") {
			void this.#serve(message);
		} else if (message.kind === "notification") {
			this.#log.debug("notification ignored");
		} else {
			const fault = new FaultError("request-invalid", message.detail);
			this.#send(errorLine(message.id, rpcError(fault, {}, this.#shared.explain, message.code)));
		}
	}

	async #serve(request: Request): Promise<void> {
		this.#pending += 1;
		try {
			if (request.method === "events.subscribe") this.#subscribe(request);
			else this.#send(answerLine(request.id, await this.#call(request)));
		} catch (error) {
			const fault = this.#faultFrom(error, request);
			const holes = holesFrom(request.params);
			this.#send(errorLine(request.id, rpcError(fault, holes, this.#shared.explain)));
		}
		this.#pending -= 1;
		if (!this.#listening) this.#endWhenAnswered();
	}

	#call({ method, params }: Request): Promise<object> {
		const { calls, settings } = this.#shared;
		if (this.#pending > settings.mostPending) {
			throw new FaultError("too-many-requests-pending", `at most ${settings.mostPending} may be unanswered`);
		}
		const call = calls.get(method);
		if (call === undefined) {
			const known = [...calls.keys(), "events.subscribe"].join(", ");
			throw new FaultError("method-unknown", `the methods are ${known}`);
		}
		return call(params);
	}

	#subscribe({ id, params }: Request): void {
		const { feed, live$ } = this.#shared;
		const seq = feed.lastSeq();
		const { since = seq } = check(subscribeParams, params);
		if (since > seq) {
			// Its number is of another journal; waiting for it would keep the client deaf.
			throw new FaultError("request-invalid", `since: the newest event is ${seq}, ${since} was never sent`);
		}
		this.#events.unsubscribe();
		this.#send(answerLine(id, { seq }));
		this.#events = follow(feed, live$, since, this.#outlet);
	}

	/** A failure without a row in the table stays in the log, under a reference that the technician can name. */
	#faultFrom(error: unknown, { method }: Request): FaultError {
		if (error instanceof FaultError) return error;
		const reference = randomUUID().slice(0, 8);
		this.#log.error({ reference, method, error: wordless(error) }, "unexpected failure");
		return new FaultError("internal-failure", `in the log of kassad as ${reference}`);
	}

	#send(line: Buffer): void {
		if (!this.#socket.writable) return;
		this.#socket.write(line);
		if (this.#socket.writableLength > this.#shared.settings.mostUnreadBytes) this.#cutOff("it does not read");
	}

	#cutOff(why: string, error?: unknown): void {
		this.#log.warn({ why, ...(error === undefined ? {} : { error: wordless(error) }) }, "client cut off");
		this.#socket.destroy();
	}

	#dismissForLength(): void {
		const { settings, explain } = this.#shared;
		const detail = `a message has at most ${settings.mostMessageBytes} bytes; the connection is closed`;
		this.#log.warn("message too large");
		this.#listening = false;
		sayGoodbye(
			this.#socket,
			errorLine(null, rpcError(new FaultError("message-too-large", detail), {}, explain)),
		);
	}

	#stopListening(): void {
		this.#listening = false;
		this.#endWhenAnswered();
	}

	#endWhenAnswered(): void {
		if (this.#pending === 0) this.#socket.end();
	}
}

const notText: Message = {
	kind: "unreadable",
	id: null,
	code: rpcCodes.parseError,
	detail: "the line is not UTF-8",
};

/** What a request itself tells for the cashier's message about it. */
function holesFrom(params: unknown): Holes {
	const told =
		typeof params === "object" && params !== null && "orderId" in params ? params.orderId : undefined;
	return typeof told === "string" && told.length <= 36 ? { orderId: told } : {};
}
