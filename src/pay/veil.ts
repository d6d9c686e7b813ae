import { isUtf8 } from "node:buffer";
import type { HttpAnswer } from "./reply.ts";
import { Traces, traceLength } from "./traces.ts";

/** Shorter than any card number or session of the app; what is shorter stands in honest words by chance. */
const leastLength = traceLength;
/** Of cards, sessions and tokens: those of the last payments, and of what still ends in the background. */
const mostKept = 192;
/** Deeper answers are refused by whoever reads them. */
const mostLevels = 40;
const hidden = "[hidden]";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * JSON in which a text may be written otherwise than `JSON.stringify` would: with an escape that need not be, or as a
 * number with a fraction, an exponent or more digits than are kept.
 */
const otherwise = /\\[u/]|(?:^|"\s*:|[,[])\s*-?(?:\d{16}|\d{1,15}[.eE])/;

/** Where a request's body names a card or its session (cm_pay_api 1.2.1, "Calls"). */
const secretFields: ReadonlySet<string> = new Set(["cardSession", "cardsession", "loyaltyId"]);

/**
 * Hides in what the server says whatever secrets it was told, because of its answers much is kept: the slip with
 * all its fields, codes, words for the cashier. A server that writes the request into its error message, or the card
 * number into a slip, must not bring them into the journal.
 */
export class Veil {
	readonly #lasting: readonly string[];
	/** Each with its trace. */
	readonly #kept = new Map<string, Uint8Array>();
	/** Of all of them as they stand in JSON. */
	readonly #traces = new Traces();
	#pattern: RegExp | undefined;

	/** @param lasting secrets that are the till's own, as passwords and keys are. */
	constructor(lasting: readonly string[] = []) {
		this.#lasting = lasting.filter(isLong);
		for (const secret of this.#lasting) this.#traces.add(inJson(secret));
	}

	/**
	 * Takes note of the secrets in a request: those of its body's fields, and its token. What the POS program itself
	 * writes openly, as a card number within its order's, is none: the answer must name the order.
	 * @param written the body as JSON.
	 */
	learn(body: object | undefined, written: string | undefined, token?: string): void {
		for (const secret of secretsIn(body, [])) {
			// One that is written once stands in its own field only.
			const isElsewhere = written !== undefined && written.indexOf(secret) !== written.lastIndexOf(secret);
			this.#note(secret, isElsewhere && isOpen(secret, body));
		}
		if (token !== undefined) this.#note(token, written?.includes(token) === true && isOpen(token, body));
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= mostKept) break;
			this.#forget(oldest);
		}
		this.#pattern = undefined;
	}

	#note(secret: string, isOpenly: boolean): void {
		this.#forget(secret);
		if (!isLong(secret) || isOpenly) return;
		this.#kept.set(secret, this.#traces.add(inJson(secret)));
	}

	#forget(secret: string): void {
		const trace = this.#kept.get(secret);
		if (trace === undefined) return;
		this.#kept.delete(secret);
		this.#traces.remove(trace);
	}

	/** The answer without the secrets, or as it is when there are none in it. */
	over(answer: HttpAnswer): HttpAnswer {
		const { location } = answer.headers;
		const headers =
			typeof location === "string" ? { ...answer.headers, location: this.words(location) } : answer.headers;
		return { ...answer, headers, body: this.body(answer.body) };
	}

	/** The same for a body alone. What is no JSON is nowhere kept, and stays as it is. */
	body(bytes: Uint8Array): Uint8Array {
		if (isPlain(bytes) && !this.#traces.isIn(bytes)) return bytes;
		const json = parsed(bytes);
		if (!this.#traces.isIn(Buffer.from(JSON.stringify(json) ?? ""))) return bytes;
		const veiled = this.#value(json, mostLevels);
		return veiled === json ? bytes : Buffer.from(JSON.stringify(veiled));
	}

	/** The same for a text. */
	words(text: string): string {
		// An id of the server's is never taken for a secret: by it money is asked for.
		return guid.test(text) ? text : text.replaceAll(this.#secrets(), hidden);
	}

	/** The very same value when nothing is hidden in it. */
	#value(value: unknown, levels: number): unknown {
		if (typeof value === "string") return this.words(value);
		if (typeof value === "number") {
			const words = this.words(`${value}`);
			return words === `${value}` ? value : words;
		}
		if (typeof value !== "object" || value === null || levels === 0) return value;
		const pairs: [string, unknown][] = Object.entries(value);
		const veiled = pairs.map(([name, inner]) => [this.words(name), this.#value(inner, levels - 1)] as const);
		if (veiled.every(([name, inner], at) => name === pairs[at]?.[0] && inner === pairs[at]?.[1]))
			return value;
		return Array.isArray(value) ? veiled.map(([, inner]) => inner) : Object.fromEntries(veiled);
	}

	#secrets(): RegExp {
		this.#pattern ??= new RegExp(
			[...this.#lasting, ...this.#kept.keys()].map((secret) => escaped(secret)).join("|") || "(?!)",
			"g",
		);
		return this.#pattern;
	}
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

const isLong = (secret: string) => secret.length >= leastLength;

/** Adds the values of all secret fields to `found`, and returns it. */
function secretsIn(value: unknown, found: string[]): string[] {
	if (typeof value !== "object" || value === null) return found;
	for (const name of Object.keys(value)) {
		const inner: unknown = (value as Readonly<Record<string, unknown>>)[name];
		if (typeof inner !== "string") secretsIn(inner, found);
		else if (secretFields.has(name)) found.push(inner);
	}
	return found;
}

/** Whether it also stands outside the fields of secrets. */
function isOpen(secret: string, body: object | undefined): boolean {
	const open = JSON.stringify(body, (name, value) => (secretFields.has(name) ? undefined : value)) ?? "";
	return open.includes(secret);
}

/** Whether all that these bytes say as JSON is written as `JSON.stringify` would write it. */
function isPlain(bytes: Uint8Array): boolean {
	const { buffer, byteOffset, length } = bytes;
	return isUtf8(bytes) && !otherwise.test(Buffer.from(buffer, byteOffset, length).toString("latin1"));
}

function parsed(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return undefined;
	}
}
