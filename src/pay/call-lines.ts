import type { FaultCode } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { PayCall } from "../model/operation.ts";
import { tellStep } from "../model/step.ts";

/** What came of one request, as the log tells it; nothing of it is a secret. */
export type CallLine = {
	readonly call: PayCall;
	readonly requestId: string;
	/** `refused` is the server's no; whatever is not `not-sent` may have been carried out. */
	readonly outcome: "answered" | "refused" | "not-sent" | "unanswered";
	/** An answer's words, or why there is none. */
	readonly summary: string;
	/** From its departure to what came of it, ms. */
	readonly ms: number;
	readonly fault?: FaultCode;
	readonly wireCode?: string;
	readonly httpStatus?: number;
};

/** Questions that are asked again and again until something changes. */
const polls: ReadonlySet<PayCall> = new Set(["status", "providers-poll"]);

/**
 * Tells the requests of one operation in the log. Polls must not flood it: of those that bring the same answer one
 * after the other only the first and the last have a line, and the last says for how many it stands, as a story does.
 */
export class CallLines {
	readonly #log: Log;
	readonly #counts = new Map<PayCall, number>();
	#last: CallLine | undefined;
	#unsaid: { readonly line: CallLine; readonly attempt: number; readonly times: number } | undefined;

	constructor(log: Log) {
		this.#log = log;
	}

	/** One more request has come to its end. `attempt` in its line counts those of the same call in this run, from 1. */
	came(line: CallLine): void {
		const attempt = (this.#counts.get(line.call) ?? 0) + 1;
		this.#counts.set(line.call, attempt);
		if (polls.has(line.call) && isSame(this.#last, line)) {
			this.#unsaid = { line, attempt, times: (this.#unsaid?.times ?? 0) + 1 };
			return;
		}
		this.catchUp();
		this.#last = line;
		this.#write(line, attempt);
	}

	/** Says what has no line yet: something else happens now, or nothing more. */
	catchUp(): void {
		const unsaid = this.#unsaid;
		this.#unsaid = undefined;
		this.#last = undefined;
		if (unsaid !== undefined) this.#write(unsaid.line, unsaid.attempt, unsaid.times);
	}

	#write(line: CallLine, attempt: number, times = 1): void {
		const facts = { step: "call", ...line, attempt, ...(times > 1 && { times }) } as const;
		tellStep(this.#log, "pay api call", facts);
	}
}

function isSame(one: CallLine | undefined, other: CallLine): boolean {
	return one?.call === other.call && one.outcome === other.outcome && one.summary === other.summary;
}
