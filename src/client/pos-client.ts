import { filter, type Observable, Subject } from "rxjs";
import { systemClock } from "../clock.ts";
import type { Clock } from "../model/clock.ts";
import type { PosEvent } from "../model/event.ts";
import { reasons } from "../pos/check.ts";
import { descriptions } from "../pos/describe-methods.ts";
import { Keeper, type KeeperOptions, type LinkState } from "./keeper.ts";
import { Mailbox } from "./mailbox.ts";
import type { EventOf, EventType, MethodName, ParamsOf, Result, ScanOffer } from "./methods.ts";
import type { Where } from "./open-link.ts";
import { notKassad } from "./pos-error.ts";
import type { Unasked } from "./session.ts";
import { readEvent, readOffer } from "./unasked.ts";

export type PosOptions = {
	/** How long kassad may take to take the connection, ms; 5000 when left out. */
	readonly connectMs?: number;
	/** How long it may take for an answer, ms; 60000 when left out: `pay.providers` waits for the server. */
	readonly callMs?: number;
	/**
	 * Whether to come back whenever the connection ends: by itself, after the last event that came, so that none is
	 * missed. Calls that are open then are given up, later ones wait until it is back.
	 */
	readonly reconnect?: boolean;
	/**
	 * Wanted at least so often: a word from the other side, ms, within what the settings allow. Who says nothing for three
	 * times as long is given up, by either side.
	 */
	readonly heartbeatMs?: number;
	/** The program's name in kassad's log, where kassad has to be greeted: with a token, or for heartbeats. */
	readonly name?: string;
	readonly clock?: Clock;
};

/** A POS program's end of kassad's socket. What kassad says is looked at first: size, shape, and when it comes. */
export type PosClient = {
	/**
	 * Asks, and resolves with an answer that is as kassad's document says; it may have more in it.
	 * @throws {PosError} when kassad refuses.
	 * @throws {NoAnswer} when no answer comes, or one that cannot be read; else the system's error that broke the line.
	 */
	call<Method extends MethodName>(method: Method, ...params: ParamsOf<Method>): Promise<Result<Method>>;
	/** The same for any method and any parameters, such as a person has typed; the answer may have any shape. */
	ask(method: string, params?: object): Promise<Readonly<Record<string, unknown>>>;
	/** After `events.subscribe`; completes when the client has ended. */
	readonly events$: Observable<PosEvent>;
	/** Those of one type. */
	on<Type extends EventType>(type: Type): Observable<EventOf<Type>>;
	/** After `scans.accept`: the scans that are this program's own; completes when the client has ended. */
	readonly offers$: Observable<ScanOffer>;
	/** Everything that kassad says unasked, as it comes. */
	readonly unasked$: Observable<Omit<Unasked, "kind">>;
	/** Begins with the present state, and completes after `closed`. */
	readonly state$: Observable<LinkState>;
	/**
	 * The first event, past or coming, that fits and that no earlier call was given. Rejects after `ms`. Of those that
	 * nobody asks for the newest 4096 are kept.
	 */
	nextEvent(fits: (event: PosEvent) => boolean, ms?: number): Promise<PosEvent>;
	/** Resolves with the reason when the client has ended, whoever ended it. */
	readonly closed: Promise<Error>;
	/** Safe to call twice, and on a connection that has already ended. */
	close(): Promise<void>;
};

/**
 * Connects to kassad, and says the token where one is needed. Rejects with the operating system's error when nobody
 * answers there, and with {PosError} `not-allowed` when the token is wrong.
 */
export async function connectPos(where: Where, options: PosOptions = {}): Promise<PosClient> {
	const { connectMs = 5_000, callMs = 60_000, reconnect = false, clock = systemClock } = options;
	const inbox = new Inbox(clock);
	const asked = { connectMs, callMs, reconnect, greeting: greetingOf(where, options), clock };
	const keeper = await Keeper.open(where, asked, (said) => inbox.take(said));
	const closed = new Promise<Error>((resolve) => {
		keeper.state$.subscribe((now) => {
			if (now.state !== "closed") return;
			inbox.close();
			resolve(now.why);
		});
	});
	const { events$, offers$, unasked$ } = inbox;
	return {
		call: async (method, ...[params = {}]) => fitting(method, await keeper.ask(method, params)),
		ask: (method, params = {}) => keeper.ask(method, params),
		...{ events$, offers$, unasked$, state$: keeper.state$, closed },
		on: (type) => events$.pipe(filter((event) => event.type === type)) as Observable<EventOf<typeof type>>,
		nextEvent: (fits, ms = 10_000) => inbox.mailbox.take(fits, ms),
		close: async () => {
			keeper.close();
			await closed;
		},
	};
}

function greetingOf(
	where: Where,
	{ heartbeatMs, name = "a POS program" }: PosOptions,
): KeeperOptions["greeting"] {
	const token = typeof where === "object" && "token" in where ? { token: where.token } : undefined;
	if (token === undefined && heartbeatMs === undefined) return undefined;
	return { client: name, ...token, ...(heartbeatMs !== undefined && { heartbeatMs }) };
}

/** What has come unasked. */
class Inbox {
	readonly events$ = new Subject<PosEvent>();
	readonly offers$ = new Subject<ScanOffer>();
	readonly unasked$ = new Subject<Omit<Unasked, "kind">>();
	readonly mailbox: Mailbox;

	constructor(clock: Clock) {
		this.mailbox = new Mailbox(clock);
	}

	/** The number, if it is an event. @throws {NoAnswer} when it is not as kassad's document says. */
	take({ method, params }: Unasked): number | undefined {
		this.unasked$.next({ method, params });
		if (method === "scan.offer") this.offers$.next(readOffer(params));
		if (method !== "event") return undefined;
		const { seq, event } = readEvent(params);
		if (event !== undefined) {
			this.events$.next(event);
			this.mailbox.put(event);
		}
		return seq;
	}

	close(): void {
		for (const all$ of [this.events$, this.offers$, this.unasked$]) all$.complete();
		this.mailbox.close();
	}
}

/** @throws {NoAnswer} `unreadable` when the answer is not as kassad's document says. */
function fitting<Method extends MethodName>(
	method: Method,
	answer: Readonly<Record<string, unknown>>,
): Result<Method> {
	const read = descriptions[method].result.safeParse(answer);
	if (read.success) return answer as Result<Method>;
	throw notKassad(`${method}: ${reasons(read.error, "result")}`);
}
