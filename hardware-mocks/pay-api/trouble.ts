import { z } from "zod";
import type { PayCall } from "../../src/model/operation.ts";
import { count, fields, flag, milliseconds, word } from "./shapes.ts";

const call = z.enum([
	"providers",
	"providers-poll",
	"checkout",
	"status",
	"cancel",
	"refund",
	"receipt",
] as const satisfies readonly PayCall[]);

/** What goes wrong on the way, one thing at a time. Processed means: the answer exists and a repeat gets it. */
export const troubleShape = z.strictObject({
	/** Calls that it happens to; `checkout` when left out. */
	on: call.exactOptional(),
	/** How many of them it happens to; for ever when `silent` and left out, else once. */
	times: count,
	/** How many of them go well before; none when left out. */
	skip: count,
	/** Processed, never answered. */
	silent: flag,
	/** Processed at once, answered after so many ms. */
	late: milliseconds,
	/** The connection is cut and nothing has happened. */
	closeBeforeProcessing: flag,
	/**
	 * The connection is cut when so many bytes of the request's body have come, and nothing has happened.
	 * In a script of one transaction, all of the body comes first: only then is it known whose it is.
	 */
	cutRequestAt: count,
	/** Processed, then the connection is cut. */
	closeAfterProcessing: flag,
	/** A gateway hands the request over twice, and the client gets the second answer. */
	twice: flag,
	/** Processed; a proxy answers with a page of HTML and status 200. */
	html: flag,
	/** Processed; the answer is 5 MB long. */
	oversize: flag,
	/** Processed; half of the answer comes, then the connection is cut. */
	truncated: flag,
	/** Processed; the connection is cut after so many bytes of the answer's body. */
	cutAnswerAt: count,
	/** Processed; the answer names another request. */
	wrongRequestId: flag,
	/** Processed; the answer names another transaction. */
	wrongTransactionId: flag,
	/**
	 * Processed; fields put over those of the answer: words that no document names, or a status that goes backwards.
	 * `undefined` takes a field away.
	 */
	fields: fields,
	/** Answered HTTP 422 with this `code`; nothing has happened, and a repeat is processed as new. */
	code: word,
	/** Answered with this HTTP status. Processed when it is 500 or more, but not when it is less. */
	status: z.int().min(200).max(599).exactOptional(),
	/** The header Retry-After beside `status`: seconds, or an HTTP date. 1 second beside 429 when left out. */
	retryAfter: word,
});

export type Trouble = Readonly<z.infer<typeof troubleShape>>;

/** Whether nothing happens at the server. */
export function isBeforeProcessing(trouble: Trouble): boolean {
	const { closeBeforeProcessing, cutRequestAt, code, status = 500 } = trouble;
	return closeBeforeProcessing === true || cutRequestAt !== undefined || code !== undefined || status < 500;
}

const kinds = Object.keys(troubleShape.omit({ on: true, times: true, skip: true }).shape);

/** What it is, in a few words for the person who watches; "" when nothing goes wrong. */
export function wordsOf(trouble: Trouble): string {
	return Object.entries(trouble)
		.filter(([name, value]) => value !== undefined && kinds.includes(name))
		.map(([name, value]) => (value === true ? name : `${name} ${JSON.stringify(value)}`))
		.join(", ");
}

/** A trouble that has some times left to happen. */
type Pending = { readonly trouble: Trouble; skip: number; left: number };

/** Troubles that wait for their calls. */
export class Troubles {
	#waiting: Pending[] = [];

	add(trouble: Trouble): void {
		const { times = trouble.silent ? Number.POSITIVE_INFINITY : 1, skip = 0 } = trouble;
		if (wordsOf(trouble) !== "") this.#waiting.push({ trouble, skip, left: times });
	}

	/** The trouble that this call runs into, counted down; undefined when all goes well. */
	meet(call: PayCall): Trouble | undefined {
		const matching = this.#waiting.filter(({ trouble }) => (trouble.on ?? "checkout") === call);
		const met = matching.find(({ skip }) => skip === 0);
		for (const waiting of matching) if (waiting.skip > 0) waiting.skip -= 1;
		if (met === undefined) return undefined;
		met.left -= 1;
		this.#waiting = this.#waiting.filter(({ left }) => left > 0);
		return met.trouble;
	}

	/** The same for a request whose body has not come yet. */
	meetCut(call: PayCall): number | undefined {
		const [first] = this.#waiting.filter(({ trouble }) => (trouble.on ?? "checkout") === call);
		return first?.skip === 0 && first.trouble.cutRequestAt !== undefined
			? this.meet(call)?.cutRequestAt
			: undefined;
	}
}
