import type { Clock } from "../model/clock.ts";
import type { FaultCode } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { CancelReason, Diary, OpenPayment, UnknownOutcome } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";
import { type CancelWish, cancelWish } from "./cancel-wish.ts";
import type { PayClient } from "./client.ts";
import type { Store } from "./wire.ts";

/** What a payment is driven with. */
export type PaymentTools = {
	readonly client: Pick<PayClient, "call">;
	readonly diary: Diary;
	readonly settings: PayApiSettings;
	readonly store: Store;
	readonly clock: Clock;
	readonly log: Log;
	/** A fresh value of the header `token`; asked for each checkout that leaves. */
	readonly token: () => Promise<Secret>;
	/** Aborts when the cashier wants the payment cancelled. */
	readonly cancelled: AbortSignal;
	/** Aborts when kassad is stopping. */
	readonly stop: AbortSignal;
	/** Called at most once, when the cashier should wait no longer; the payment goes on being driven. */
	readonly tellUnknown: (outcome: UnknownOutcome) => void;
	readonly newId: () => string;
};

/** Faults that tell the cashier to wait. Any other, as of a gateway that refuses a repeat, would say too much. */
const waitingFaults: ReadonlySet<FaultCode> = new Set([
	"server-silent",
	"server-failed",
	"server-answer-unreadable",
	"transaction-in-processing",
]);

/** One payment being driven: its tools, whether it is to be cancelled, and how long to wait for what. */
export class Desk {
	readonly payment: OpenPayment;
	readonly tools: PaymentTools;
	readonly wish: CancelWish;
	/** Aborts when the drive must end: at a stop, or when the journal has failed behind its back. */
	readonly stop: AbortSignal;
	readonly #broken = new AbortController();
	readonly #closed = new AbortController();
	#toldUnknown = false;
	/** Aborts when the status may be asked again. */
	#rested = AbortSignal.abort();

	constructor(payment: OpenPayment, tools: PaymentTools) {
		this.payment = payment;
		this.tools = tools;
		this.wish = cancelWish(payment.cancelWanted, tools.diary);
		this.stop = AbortSignal.any([tools.stop, this.#broken.signal]);
	}

	/** Hears the cashier and watches the customer's time, until `close`. */
	open(): void {
		const { clock, cancelled, settings } = this.tools;
		const leftMs = timeLeft(this.payment, settings.poll.giveUpMs, clock.now());
		if (cancelled.aborted) this.wish.want("cashier");
		if (this.#isTooLateToGoOn(leftMs)) this.wish.want("restart");
		cancelled.addEventListener("abort", () => this.#wantLater("cashier"), { signal: this.#closed.signal });
		this.later(leftMs, () => this.#wantLater("timed-out"));
	}

	close(): void {
		this.#closed.abort();
	}

	/** Does something after some ms, whatever becomes of the till's clock; not when the drive has ended before. */
	later(ms: number, deed: () => void): void {
		this.tools.clock.sleep(ms, this.#closed.signal).then(deed, () => undefined);
	}

	/** Waits. Ends early when `signal` aborts. @throws the reason of a stop. */
	async pause(ms: number, signal?: AbortSignal): Promise<void> {
		const either = signal === undefined ? this.stop : AbortSignal.any([this.stop, signal]);
		await this.tools.clock.sleep(ms, either).catch((error: unknown) => {
			if (!either.aborted) throw error;
		});
		this.stop.throwIfAborted();
	}

	/** Waits before the next repeat: longer each time, and longest once the cashier was told "unknown". */
	async backOff(repeat: number, retryAfterMs = 0, signal?: AbortSignal): Promise<void> {
		const { firstWaitMs, factor, mostWaitMs, laterEveryMs } = this.tools.settings.retry;
		const growing = Math.max(firstWaitMs * factor ** (repeat - 1), retryAfterMs);
		await this.pause(this.#toldUnknown ? laterEveryMs : Math.min(growing, mostWaitMs), signal);
	}

	/**
	 * Waits until the status may be asked again: never more often than the server allows, whoever asks.
	 * Ends early when `signal` aborts.
	 */
	async pollTurn(signal?: AbortSignal): Promise<void> {
		const { everyMs } = this.tools.settings.poll;
		await this.pause(everyMs, signal === undefined ? this.#rested : AbortSignal.any([this.#rested, signal]));
		if (signal?.aborted === true) return;
		const rest = new AbortController();
		this.#rested = rest.signal;
		this.later(everyMs, () => rest.abort());
	}

	/** Tells the cashier that the outcome is not known yet; once is enough. */
	tellUnknown(fault: FaultCode, transactionId?: string): void {
		if (this.#toldUnknown) return;
		this.#toldUnknown = true;
		const honest = waitingFaults.has(fault) ? fault : "server-silent";
		const known = transactionId === undefined ? {} : { transactionId };
		this.tools.tellUnknown({ kind: "unknown", fault: honest, ...known });
	}

	/** After a restart: the customer's time is over, or the checkout has not even left. */
	#isTooLateToGoOn(leftMs: number): boolean {
		const { firstAttempt, maybeSent, transactionId } = this.payment;
		if (firstAttempt !== undefined) return false;
		return leftMs === 0 || (!maybeSent && transactionId === undefined);
	}

	/** For a wish that arrives while nobody would catch a failure of the journal: it ends the drive. */
	#wantLater(reason: CancelReason): void {
		try {
			this.wish.want(reason);
		} catch (error) {
			this.#broken.abort(error);
		}
	}
}

/** The ms that the customer still has to confirm; a till clock that was set back gives no more than the whole. */
function timeLeft({ startedAt }: OpenPayment, giveUpMs: number, now: number): number {
	return Math.min(giveUpMs, Math.max(0, startedAt + giveUpMs - now));
}
