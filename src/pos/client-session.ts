import type { Socket } from "node:net";
import { fromEvent, type Observable, Subscription } from "rxjs";
import { FaultError } from "../model/fault.ts";
import type { SocketSettings } from "../model/settings/socket.ts";
import { rpcError, wordless } from "./errors.ts";
import { hangUpSoon, sayGoodbye } from "./goodbye.ts";
import { Intake } from "./intake.ts";
import type { Line } from "./lines.ts";
import { checkedCalls, type Methods } from "./methods.ts";
import { answerTo, type Request, type RequestTools, refusalOf } from "./requests.ts";
import { answerLine, errorLine, type Message, notificationLine, readMessage, rpcCodes } from "./rpc.ts";
import { type EventFeed, type EventLine, follow, type Outlet, startOf } from "./subscription.ts";

/** What all clients share. */
export type Shared = Omit<RequestTools, "calls"> & {
	readonly methods: Methods;
	readonly settings: SocketSettings;
	readonly feed: EventFeed;
	readonly live$: Observable<EventLine>;
};

/** So many unreadable lines without a readable one between them, and the other side speaks no JSON-RPC. */
const mostUnreadableInARow = 16;

type Unreadable = Extract<Message, { kind: "unreadable" }>;

/** One client from its first byte to its last. Requests are answered in the order in which they finish. */
export class ClientSession {
	readonly #socket: Socket;
	/** Its number in the log. */
	readonly #client: number;
	readonly #shared: Shared;
	readonly #intake: Intake;
	readonly #tools: RequestTools;
	readonly #gone = new AbortController();
	#events = Subscription.EMPTY;
	#pending = 0;
	#unreadableInARow = 0;

	constructor(socket: Socket, client: number, shared: Shared) {
		this.#socket = socket;
		this.#client = client;
		this.#shared = shared;
		const notify = (method: string, params: object) => this.#send(notificationLine(method, params));
		const calls = checkedCalls(shared.methods, { notify, gone: this.#gone.signal });
		this.#tools = { ...shared, calls };
		this.#intake = new Intake(socket, shared.settings.mostMessageBytes, {
			hasRoom: () => this.#pending < shared.settings.mostPending,
			take: (line) => this.#take(line),
			end: () => this.#stopListening(),
		});
		socket.on("error", (error) => shared.log.debug({ client, error: wordless(error) }, "connection broken"));
		socket.on("close", () => {
			this.#events.unsubscribe();
			this.#gone.abort();
		});
	}

	/** Answers what is on its way and closes. */
	close(): void {
		this.#stopListening();
		hangUpSoon(this.#socket);
	}

	#take(line: Line): void {
		if (line.kind === "too-long") {
			const { mostMessageBytes } = this.#shared.settings;
			const detail = `a message has at most ${mostMessageBytes} bytes; the connection is closed`;
			this.#dismiss("message too large", this.#complaint(new FaultError("message-too-large", detail)));
			return;
		}
		const message = line.kind === "text" ? readMessage(line.text) : notText;
		if (message.kind === "unreadable") {
			this.#refuseUnreadable(message);
			return;
		}
		this.#unreadableInARow = 0;
		if (message.kind === "notification") {
			this.#shared.log.debug({ client: this.#client }, "notification ignored");
		} else if (message.method === "events.subscribe") {
			this.#subscribe(message);
		} else {
			void this.#serve(message);
		}
	}

	async #serve(request: Request): Promise<void> {
		this.#pending += 1;
		this.#send(await answerTo(request, this.#tools));
		this.#pending -= 1;
		if (this.#intake.stopped) this.#endWhenAnswered();
		else this.#intake.goOn();
	}

	/** A second subscription takes the place of the first. The answer leaves before the first event. */
	#subscribe(request: Request): void {
		const { feed, live$ } = this.#shared;
		try {
			const { seq, since } = startOf(feed, request.params);
			this.#events.unsubscribe();
			this.#send(answerLine(request.id, { seq }));
			this.#events = follow(feed, live$, since, this.#outlet());
		} catch (error) {
			this.#send(refusalOf(error, request, this.#tools));
		}
	}

	#outlet(): Outlet {
		const socket = this.#socket;
		return {
			send: (line) => this.#send(line),
			isFull: () => !socket.writable || socket.writableNeedDrain,
			drained$: fromEvent(socket, "drain"),
			cutOff: (why, error) => this.#cutOff(why, error),
			mostUnreadBytes: this.#shared.settings.mostUnreadBytes,
		};
	}

	#send(line: Buffer): void {
		if (!this.#socket.writable) return;
		this.#gather();
		this.#socket.write(line);
		if (this.#socket.writableLength > this.#shared.settings.mostUnreadBytes) this.#cutOff("it does not read");
	}

	/**
	 * What is said in one turn leaves after it, as one write. A request to the server that begins in the turn leaves
	 * first: undici hands it over at the turn's end, and here that end is asked for last.
	 */
	#gather(): void {
		if (this.#socket.writableCorked > 0) return;
		this.#socket.cork();
		process.nextTick(() => setImmediate(() => this.#socket.uncork()));
	}

	#cutOff(why: string, error?: unknown): void {
		const cause = error === undefined ? {} : { error: wordless(error) };
		this.#shared.log.warn({ client: this.#client, why, ...cause }, "client cut off");
		this.#socket.destroy();
	}

	#refuseUnreadable({ id, code, detail }: Unreadable): void {
		this.#unreadableInARow += 1;
		if (this.#unreadableInARow < mostUnreadableInARow) {
			this.#send(this.#complaint(new FaultError("request-invalid", detail), id, code));
			return;
		}
		const last = `${detail}; ${mostUnreadableInARow} such lines in a row, the connection is closed`;
		this.#dismiss(
			"too many unreadable lines",
			this.#complaint(new FaultError("request-invalid", last), id, code),
		);
	}

	#complaint(fault: FaultError, id: Unreadable["id"] = null, code?: number): Buffer {
		return errorLine(id, rpcError(fault, this.#shared.explain, code));
	}

	#dismiss(why: string, lastLine: Buffer): void {
		this.#shared.log.warn({ client: this.#client }, why);
		this.#intake.stop();
		sayGoodbye(this.#socket, lastLine);
	}

	#stopListening(): void {
		this.#intake.stop();
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
