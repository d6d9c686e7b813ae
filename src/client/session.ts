import type { Clock } from "../model/clock.ts";
import type { Link } from "./link.ts";
import { openLink, type Where } from "./open-link.ts";
import { endedByKassad, NoAnswer, notKassad, PosError } from "./pos-error.ts";
import { readSaid, type Said } from "./said.ts";
import { within } from "./within.ts";

export type Unasked = Extract<Said, { kind: "unasked" }>;

/** How long kassad may take, ms. */
export type Deadlines = { readonly connectMs: number; readonly callMs: number };

type Facts = Readonly<Record<string, unknown>>;
type OpenCall = { resolve(result: Facts): void; reject(error: Error): void };

/** One connection from its first byte to its last. */
export class Session {
	readonly #open = new Map<number, OpenCall>();
	readonly #clock: Clock;
	readonly #callMs: number;
	readonly #over = Promise.withResolvers<Error>();
	readonly #unasked: (said: Unasked) => void;
	#link: Link | undefined;
	#lastId = 0;
	/** Why it ends, once something says so: the first word is the cause. */
	#cause: Error | undefined;
	#hasEnded = false;
	/** Whether kassad has said anything since this was last looked at. */
	#hasSpoken = false;

	private constructor(clock: Clock, callMs: number, unasked: (said: Unasked) => void) {
		this.#clock = clock;
		this.#callMs = callMs;
		this.#unasked = unasked;
	}

	/**
	 * Connects.
	 * @param unasked is called with each notification; what it throws ends the connection.
	 */
	static async open(
		where: Where,
		{ connectMs, callMs }: Deadlines,
		clock: Clock,
		unasked: (said: Unasked) => void,
	): Promise<Session> {
		const session = new Session(clock, callMs, unasked);
		const hearer = {
			text: (text: string) => session.#hear(text),
			over: (why?: Error) => session.#end(why),
		};
		session.#link = await openLink(where, hearer, { connectMs, clock });
		return session;
	}

	/** Resolves with the reason when the connection has ended. */
	get over(): Promise<Error> {
		return this.#over.promise;
	}

	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	/** Whether kassad has said anything since the last call of this. */
	takePulse(): boolean {
		const hasSpoken = this.#hasSpoken;
		this.#hasSpoken = false;
		return hasSpoken;
	}

	/** Asks. @throws {PosError} when kassad refuses. @throws {NoAnswer} when it does not answer. */
	async ask(method: string, params: object): Promise<Facts> {
		if (this.#hasEnded) throw this.#reason();
		this.#lastId += 1;
		const id = this.#lastId;
		const { promise, ...call } = Promise.withResolvers<Facts>();
		this.#open.set(id, call);
		this.#link?.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
		const late = () => new NoAnswer("late", `no answer to ${method} within ${this.#callMs} ms`);
		try {
			return await within(this.#callMs, this.#clock, promise, late);
		} finally {
			this.#open.delete(id);
		}
	}

	/** Ends the connection at once. */
	close(cause?: Error): void {
		this.#cause ??= cause;
		this.#link?.close();
	}

	#hear(text: string): void {
		// What was already on its way when this side ended it is nobody's.
		if (this.#cause !== undefined && !(this.#cause instanceof PosError)) return;
		this.#hasSpoken = true;
		const said = readSaid(text);
		if (said === undefined) this.close(notKassad());
		else if (said.kind === "unasked") this.#tell(said);
		else this.#settle(said);
	}

	#tell(said: Unasked): void {
		try {
			this.#unasked(said);
		} catch (error) {
			this.close(error instanceof Error ? error : notKassad());
		}
	}

	#settle(said: Exclude<Said, Unasked>): void {
		const error = said.kind === "refusal" ? new PosError(said.refusal) : undefined;
		// An error without an id is about the connection, which kassad closes after it.
		if (said.id === null) this.#cause ??= error;
		const call = said.id === null ? undefined : this.#open.get(said.id);
		if (said.kind === "answer") call?.resolve(said.result);
		else if (error !== undefined) call?.reject(error);
	}

	#end(broken?: Error): void {
		this.#hasEnded = true;
		this.#cause ??= broken;
		const reason = this.#reason();
		for (const call of this.#open.values()) call.reject(reason);
		this.#open.clear();
		this.#over.resolve(reason);
	}

	#reason(): Error {
		return this.#cause ?? endedByKassad();
	}
}
