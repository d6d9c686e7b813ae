import type { Clock } from "../model/clock.ts";
import type { Log } from "../model/log.ts";
import type { Diary, PayCall } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";
import { type CallPolicy, type PayApiSettings, policyOf } from "../model/settings/pay-api.ts";
import { tellStep } from "../model/step.ts";
import { underAny, whenAborted } from "../model/when-aborted.ts";
import type { Store } from "./bodies.ts";
import { CallLines } from "./call-lines.ts";
import type { PayCalls } from "./calls.ts";
import { Mailbox } from "./mailbox.ts";
import type { Posted } from "./posted.ts";
import type { Facts } from "./wire.ts";

/** What every operation is driven with. */
export type Tools = {
	readonly client: PayCalls;
	readonly diary: Diary;
	readonly settings: PayApiSettings;
	readonly store: Store;
	readonly clock: Clock;
	/** Whose lines are known to be of this operation. */
	readonly log: Log;
	/** A fresh value of the header `token`; asked for each request that needs one and leaves. */
	readonly token: () => Promise<Secret>;
	/** Aborts when kassad is stopping. */
	readonly stop: AbortSignal;
	readonly newId: () => string;
	/** From 0 to 1, for the random part of each pause. */
	readonly random: () => number;
	/** What the server tells by itself. */
	readonly posted: Posted;
};

const rested = AbortSignal.abort("rested");

/** One operation being driven: its tools, how long to wait for what, and what the server has posted about it. */
export class Desk<T extends Tools = Tools> {
	/** The operation's id, for the log. */
	readonly operation: string;
	readonly tools: T;
	/** Aborts when the drive must end: at a stop, or when the journal has failed behind its back. */
	readonly stop: AbortSignal;
	/** What the log says of its requests. */
	readonly calls: CallLines;
	readonly #end = new AbortController();
	/** Aborts at `close`. */
	readonly #closed = new AbortController();
	/** What is to be done at `close`. Not listeners of the signal: to tell them takes longer than all that they do. */
	readonly #atClose: (() => void)[] = [];
	readonly #mailbox = new Mailbox();
	#nobodyWaits = false;
	/** Aborts when the status may be asked again. */
	#rested = rested;

	constructor(operation: string, tools: T) {
		this.operation = operation;
		this.tools = tools;
		this.calls = new CallLines(tools.log);
		const end = this.#end;
		this.stop = end.signal;
		// Once for all: in the list of a signal that is never without listeners each one that is gone keeps the next alive.
		this.atClose(whenAborted([tools.stop], ({ reason }) => end.abort(reason)));
	}

	close(): void {
		this.#closed.abort("closed");
		for (const deed of this.#atClose) deed();
		this.calls.catchUp();
	}

	/** Does something at `close`, which must be still to come. */
	atClose(deed: () => void): void {
		this.#atClose.push(deed);
	}

	/** Aborts while something posted is unread that ends the waiting. */
	get mail(): AbortSignal {
		return this.#mailbox.arrived;
	}

	/** What the server has posted and nobody has read yet; read, it is gone. */
	takeMail(): Facts | undefined {
		return this.#mailbox.take();
	}

	policy(call: PayCall): CallPolicy {
		return policyOf(this.tools.settings, call);
	}

	/** Tells of a request that stands in the diary and was never sent. */
	notSent(call: PayCall, requestId: string, summary: string): void {
		this.calls.came({ call, requestId, outcome: "not-sent", summary, ms: 0 });
	}

	/** Does something after some ms, whatever becomes of the till's clock; not when the drive has ended before. */
	later(ms: number, deed: () => void): void {
		const { clock } = this.tools;
		clock.sleep(ms, this.#closed.signal).then(
			() => this.guard(deed),
			() => undefined,
		);
	}

	/** Does something while nobody would catch a failure of the journal: it ends the drive. */
	guard(deed: () => void): void {
		try {
			deed();
		} catch (error) {
			this.#end.abort(error);
		}
	}

	/**
	 * Hears what the server posts about a transaction, until `close`. Each new word is journaled when it is heard.
	 * @param isAbout whether it is about ours at all.
	 * @param endsIt whether it ends the waiting: then it waits in the mailbox. The polls find the rest by themselves.
	 */
	hear(id: string, requestId: string, isAbout: (facts: Facts) => boolean, endsIt: (facts: Facts) => boolean) {
		const { posted, diary, log } = this.tools;
		let last = "";
		const deafen = posted.listen(id, (facts) => {
			if (this.#closed.signal.aborted || !isAbout(facts)) return;
			const summary = wordsOf(facts);
			// A server that repeats itself must not fill the journal.
			if (summary !== last) {
				this.calls.catchUp();
				tellStep(log, "postback", { step: "posted", outcome: "heard", requestId, summary });
				this.guard(() => diary.after(diary.before("postback", requestId), { kind: "answered", summary }));
			}
			last = summary;
			if (endsIt(facts)) this.#mailbox.put(facts);
		});
		this.atClose(deafen);
	}

	/** Waits. Ends early when one of `ends` aborts or mail is there. @throws the reason of a stop. */
	async pause(ms: number, ...ends: readonly (AbortSignal | undefined)[]): Promise<void> {
		const signals = [this.stop, this.mail, ...ends].filter((end) => end !== undefined);
		await underAny(signals, (any) =>
			this.tools.clock.sleep(ms, any).catch((error: unknown) => {
				if (!any.aborted) throw error;
			}),
		);
		this.throwIfStopped();
	}

	/** @throws the reason of a stop. */
	throwIfStopped(): void {
		this.stop.throwIfAborted();
	}

	/**
	 * Waits before the next repeat of a call: longer each time, longest once nobody waits for the outcome any more,
	 * and never shorter than the server wishes.
	 * @param repeat counts from 1.
	 */
	async backOff(call: PayCall, repeat: number, retryAfterMs = 0, signal?: AbortSignal): Promise<void> {
		const { firstWaitMs, factor, mostWaitMs, laterEveryMs, jitter } = this.policy(call);
		const growing = Math.min(firstWaitMs * factor ** (repeat - 1), mostWaitMs);
		const whole = this.#nobodyWaits ? laterEveryMs : growing;
		const jittered = whole * (1 - jitter * this.tools.random());
		await this.pause(Math.max(jittered, retryAfterMs), signal);
	}

	/**
	 * Waits until the status may be asked again: never more often than the server allows, whoever asks.
	 * Ends early when `signal` aborts or mail is there.
	 */
	async pollTurn(signal?: AbortSignal): Promise<void> {
		const { everyMs } = this.tools.settings.poll;
		await this.pause(everyMs, this.#rested, signal);
		if (signal?.aborted === true || this.mail.aborted) return;
		const rest = new AbortController();
		this.#rested = rest.signal;
		this.later(everyMs, () => rest.abort("rested"));
	}

	/** Waits between two polls: as long as the server wishes, and longer once nobody waits for the outcome any more. */
	async restBetweenPolls(retryAfterMs: number): Promise<void> {
		if (this.#nobodyWaits) await this.backOff("status", 1, retryAfterMs);
		else await this.pause(retryAfterMs);
	}

	/** From now on repeats keep their long pause. @returns whether somebody was waiting until now. */
	slowDown(): boolean {
		const somebodyWaited = !this.#nobodyWaits;
		this.#nobodyWaits = true;
		return somebodyWaited;
	}
}

/** An answer's words, for the journal: never a secret, and short. */
export function wordsOf({ status, refStatus, errorCode }: Facts): string {
	const words = [status === "" ? "unknown" : status, refStatus, errorCode];
	return words.filter((word) => word !== undefined).join(" ");
}
