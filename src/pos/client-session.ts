import type { Duplex } from "node:stream";
import { Subscription } from "rxjs";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { OnDisk } from "../model/on-disk.ts";
import type { SocketSettings } from "../model/settings/socket.ts";
import { oneByOne, type Turn } from "../model/turns.ts";
import type { Channel } from "./channel.ts";
import type { Door } from "./door.ts";
import { rpcError, wordless } from "./errors.ts";
import type { EventLines } from "./event-lines.ts";
import { endWithAnswers, hangUpSoon, sayGoodbye } from "./goodbye.ts";
import { Heartbeat } from "./heartbeat.ts";
import { helloCalls, pulse } from "./hello.ts";
import { Intake } from "./intake.ts";
import type { Line } from "./lines.ts";
import { checkedCalls, type Methods } from "./methods.ts";
import { Outbox } from "./outbox.ts";
import { answerTo, type Request, type RequestTools, refusalOf } from "./requests.ts";
import { answerLine, errorLine, type Message, notificationLine, readMessage, rpcCodes } from "./rpc.ts";
import { type EventFeed, follow, type Outlet, startOf } from "./subscription.ts";

/** What all clients share. */
export type Shared = Omit<RequestTools, "calls"> & {
	readonly methods: Methods;
	readonly settings: SocketSettings;
	readonly clock: Clock;
	readonly onDisk: OnDisk;
	readonly feed: EventFeed;
	readonly live: EventLines;
	/** What every request waits for before it is dealt with. */
	readonly turn: Turn;
};

/** So many unreadable lines without a readable one between them, and the other side speaks no JSON-RPC. */
const mostUnreadableInARow = 16;

type Unreadable = Extract<Message, { kind: "unreadable" }>;

/** One client from its first byte to its last. Requests are answered in the order in which they finish. */
export class ClientSession {
	readonly #stream: Duplex;
	/** Its number in the log. */
	readonly #client: number;
	readonly #shared: Shared;
	readonly #intake: Intake;
	readonly #out: Outbox;
	readonly #tools: RequestTools;
	readonly #turn: Turn;
	readonly #gone = new AbortController();
	/** Until it has let the client in, nothing else is listened to. */
	#door: Door | undefined;
	#heartbeat: Heartbeat | undefined;
	#events = Subscription.EMPTY;
	#pending = 0;
	#unreadableInARow = 0;

	/** @param door is that of a client of whom nobody knows yet whose it is. */
	constructor(channel: Channel, client: number, shared: Shared, door?: Door) {
		const { stream } = channel;
		this.#stream = stream;
		this.#client = client;
		this.#shared = shared;
		this.#door = door;
		this.#out = new Outbox(stream, shared.onDisk, (error) => this.#cutOff("the disk has failed", error));
		const notify = (method: string, params: object) => this.#send(notificationLine(method, params));
		const calls = new Map([
			...checkedCalls(shared.methods, { notify, gone: this.#gone.signal }),
			...helloCalls(shared, (everyMs) => this.#beatEvery(everyMs)),
		]);
		this.#tools = { ...shared, calls };
		this.#turn = oneByOne(shared.turn);
		this.#intake = new Intake(channel, {
			hasRoom: () => this.#hasRoom(),
			take: (line) => this.#take(line),
			end: () => this.#stopListening(),
		});
		stream.on("error", (error) => {
			const level = error instanceof FaultError ? "warn" : "debug";
			shared.log[level]({ client, error: wordless(error) }, "connection broken");
		});
		stream.on("close", () => {
			this.#events.unsubscribe();
			this.#heartbeat?.stop();
			// Without words it would be an error, whose stack keeps the session for as long as somebody has the signal.
			this.#gone.abort("gone");
		});
	}

	/** Answers what is on its way and closes. */
	close(): void {
		this.#stopListening();
		this.#out.afterwards(() => hangUpSoon(this.#stream));
	}

	/** Says what is wrong, as the answer to request `id` if that is known, and closes. */
	dismiss(fault: FaultError, id: Unreadable["id"] = null, code?: number): void {
		this.#shared.log.warn({ client: this.#client, fault: fault.code, why: fault.detail }, "client dismissed");
		this.#intake.stop();
		const complaint = this.#complaint(fault, id, code);
		this.#out.afterwards(() => sayGoodbye(this.#stream, complaint));
	}

	/** The same without waiting for it to hang up: it has said nothing, and others want its place. */
	expel(fault: FaultError): void {
		this.dismiss(fault);
		this.#out.afterwards(() => setImmediate(() => this.#stream.destroy()));
	}

	#take(line: Line): void {
		if (line.kind === "too-long") {
			const { mostMessageBytes } = this.#shared.settings;
			const detail = `a message has at most ${mostMessageBytes} bytes; the connection is closed`;
			this.dismiss(new FaultError("message-too-large", detail));
			return;
		}
		this.#heartbeat?.heard();
		const message = line.kind === "text" ? readMessage(line.text) : notText;
		if (this.#door !== undefined && !this.#letIn(this.#door, message)) return;
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

	#letIn(door: Door, message: Message): boolean {
		try {
			door.letIn(message);
			this.#door = undefined;
			return true;
		} catch (error) {
			if (!(error instanceof FaultError)) throw error;
			this.dismiss(error, "id" in message ? message.id : null);
			return false;
		}
	}

	async #serve(request: Request): Promise<void> {
		this.#pending += 1;
		const wait = this.#turn();
		if (wait !== undefined) await wait;
		this.#send(await answerTo(request, this.#tools));
		this.#pending -= 1;
		if (this.#intake.stopped) this.#endWhenAnswered();
		else this.#intake.goOn();
	}

	/** A second subscription takes the place of the first. The answer leaves before the first event. */
	#subscribe(request: Request): void {
		const { feed, live } = this.#shared;
		try {
			const { seq, since, terminal } = startOf(feed, request.params);
			this.#events.unsubscribe();
			this.#send(answerLine(request.id, { seq }));
			this.#events = follow(feed, live, since, this.#outlet(), terminal);
		} catch (error) {
			this.#send(refusalOf(error, request, this.#tools));
		}
	}

	#outlet(): Outlet {
		const out = this.#out;
		return {
			send: (line) => this.#send(line),
			isFull: () => out.isFull,
			drained$: out.drained$,
			cutOff: (why, error) => this.#cutOff(why, error),
			mostUnreadBytes: this.#shared.settings.mostUnreadBytes,
		};
	}

	#send(line: Buffer): void {
		if (!this.#stream.writable) return;
		this.#heartbeat?.said();
		this.#out.say(line);
		if (this.#out.unreadBytes > this.#shared.settings.mostUnreadBytes) this.#cutOff("it does not read");
	}

	#cutOff(why: string, error?: unknown): void {
		if (this.#stream.destroyed) return;
		const cause = error === undefined ? {} : { error: wordless(error) };
		this.#shared.log.warn({ client: this.#client, why, ...cause }, "client cut off");
		this.#stream.destroy();
	}

	#refuseUnreadable({ id, code, detail }: Unreadable): void {
		this.#unreadableInARow += 1;
		if (this.#unreadableInARow < mostUnreadableInARow) {
			this.#send(this.#complaint(new FaultError("request-invalid", detail), id, code));
			return;
		}
		const last = `${detail}; ${mostUnreadableInARow} such lines in a row, the connection is closed`;
		this.dismiss(new FaultError("request-invalid", last), id, code);
	}

	#complaint(fault: FaultError, id: Unreadable["id"] = null, code?: number): Buffer {
		return errorLine(id, rpcError(fault, this.#shared.explain, code));
	}

	#hasRoom(): boolean {
		return this.#pending < this.#shared.settings.mostPending;
	}

	#beatEvery(ms: number | undefined): void {
		this.#heartbeat?.stop();
		this.#heartbeat =
			ms === undefined || this.#gone.signal.aborted
				? undefined
				: new Heartbeat(ms, this.#shared.clock, {
						beat: () => this.#send(notificationLine("heartbeat", pulse(this.#shared))),
						cutOff: () => this.#cutOff("it is silent"),
						hears: () => this.#hasRoom(),
					});
	}

	#stopListening(): void {
		this.#intake.stop();
		this.#endWhenAnswered();
	}

	#endWhenAnswered(): void {
		if (this.#pending === 0) this.#out.afterwards(() => endWithAnswers(this.#stream));
	}
}

const notText: Message = {
	kind: "unreadable",
	id: null,
	code: rpcCodes.parseError,
	detail: "the line is not UTF-8",
};
