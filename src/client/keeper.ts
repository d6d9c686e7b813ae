import { BehaviorSubject, type Observable } from "rxjs";
import type { Clock } from "../model/clock.ts";
import { Lasting } from "./lasting.ts";
import type { Where } from "./open-link.ts";
import { NoAnswer, PosError } from "./pos-error.ts";
import { keepPulse } from "./pulse.ts";
import { type Deadlines, Session, type Unasked } from "./session.ts";
import { within } from "./within.ts";

/** Pauses before it comes back, ms: the first, and the longest; each is twice the one before. */
const pauses = { firstMs: 50, mostMs: 2_000 } as const;

/** Whether kassad can be asked at this moment; why not. */
export type LinkState =
	| { readonly state: "connected" }
	| { readonly state: "away" | "closed"; readonly why: Error };

export type KeeperOptions = Deadlines & {
	readonly reconnect: boolean;
	/** What is said first on each connection; undefined: nothing. */
	readonly greeting: { readonly heartbeatMs?: number; readonly [name: string]: unknown } | undefined;
	readonly clock: Clock;
};

type Facts = Readonly<Record<string, unknown>>;

/** Takes what comes unasked; an event's number tells after which one a new connection goes on. */
type Hear = (said: Unasked) => number | undefined;

/** A connection that comes back, if it is to, and then says again what lasts. */
export class Keeper {
	readonly #where: Where;
	readonly #options: KeeperOptions;
	readonly #unasked: Hear;
	readonly #lasting = new Lasting();
	readonly #state$ = new BehaviorSubject<LinkState>({ state: "connected" });
	readonly #closing = new AbortController();
	#session: Session | undefined;
	/** The next session, for those who ask while there is none. */
	#next = Promise.withResolvers<Session>();

	private constructor(where: Where, options: KeeperOptions, unasked: Hear) {
		this.#where = where;
		this.#options = options;
		this.#unasked = unasked;
	}

	/** Rejects as `Session.open` does when kassad is not there the first time. */
	static async open(where: Where, options: KeeperOptions, unasked: Hear): Promise<Keeper> {
		const keeper = new Keeper(where, options, unasked);
		keeper.#session = await keeper.#connected();
		void keeper.#keep(keeper.#session);
		return keeper;
	}

	/** Begins with the present state, and completes after `closed`. */
	get state$(): Observable<LinkState> {
		return this.#state$;
	}

	/** Asks now, or when kassad is back. @throws as `Session.ask`. */
	async ask(method: string, params: object): Promise<Facts> {
		const wish = { method, params };
		const session = this.#session ?? (await this.#back());
		this.#lasting.asking(wish);
		const result = await session.ask(method, params);
		this.#lasting.answered(wish, result);
		return result;
	}

	/** Ends for good. Safe to call twice. */
	close(): void {
		this.#closing.abort();
		this.#session?.close(new NoAnswer("ended", "this program has closed the connection"));
	}

	/** A connection on which kassad has been greeted. */
	async #connected(): Promise<Session> {
		const { greeting, clock } = this.#options;
		const session = await Session.open(this.#where, this.#options, clock, (said) => {
			const seq = this.#unasked(said);
			if (seq !== undefined) this.#lasting.heard(seq);
		});
		if (greeting === undefined) return session;
		try {
			await session.ask("hello", greeting);
		} catch (error) {
			session.close();
			throw error;
		}
		if (greeting.heartbeatMs !== undefined) void keepPulse(session, greeting.heartbeatMs, clock);
		return session;
	}

	#back(): Promise<Session> {
		const { callMs, clock } = this.#options;
		const late = () => new NoAnswer("late", `kassad was away for ${callMs} ms: nothing was sent`);
		return within(callMs, clock, this.#next.promise, late);
	}

	async #keep(first: Session): Promise<void> {
		let why = await first.over;
		let pauseMs: number = pauses.firstMs;
		while (this.#mayReturn(why)) {
			this.#session = undefined;
			this.#state$.next({ state: "away", why });
			await this.#options.clock.sleep(pauseMs, this.#closing.signal).catch(() => undefined);
			if (this.#closing.signal.aborted) break;
			const back = await this.#comeBack();
			pauseMs = back instanceof Session ? pauses.firstMs : Math.min(2 * pauseMs, pauses.mostMs);
			why = back instanceof Session ? await back.over : back;
		}
		this.#finish(why);
	}

	#mayReturn(why: Error): boolean {
		return this.#options.reconnect && !this.#closing.signal.aborted && !isForGood(why);
	}

	/** The session, or why there is none. */
	async #comeBack(): Promise<Session | Error> {
		let session: Session | undefined;
		try {
			session = await this.#connected();
			await this.#sayAgain(session);
			if (this.#closing.signal.aborted) session.close();
			this.#session = session;
			this.#state$.next({ state: "connected" });
			this.#next.resolve(session);
			this.#next = Promise.withResolvers();
			return session;
		} catch (error) {
			session?.close();
			return error instanceof Error ? error : new NoAnswer("ended", `${error}`);
		}
	}

	async #sayAgain(session: Session): Promise<void> {
		for (const wish of this.#lasting.again()) {
			try {
				await session.ask(wish.method, wish.params);
			} catch (error) {
				if (!isOfAnotherJournal(error)) throw error;
				await session.ask(wish.method, { since: 0 });
			}
		}
	}

	#finish(why: Error): void {
		this.#next.promise.catch(() => undefined);
		this.#next.reject(why);
		this.#state$.next({ state: "closed", why });
		this.#state$.complete();
	}
}

/** Coming back would not help: it is no kassad, or it knows this program and does not want it. */
function isForGood(why: Error): boolean {
	if (why instanceof PosError) return why.data.fault === "not-allowed";
	return why instanceof NoAnswer && why.why === "unreadable";
}

/** The number that was asked for was never given there: the journal is a new one, and all in it is news. */
function isOfAnotherJournal(error: unknown): boolean {
	return error instanceof PosError && error.data.fault === "request-invalid";
}
