import type { HttpAnswer } from "./reply.ts";

/** Shorter than any card number or session of the app; what is shorter stands in honest words by chance. */
const leastLength = 6;
/** Of cards, sessions and tokens: those of the last payments, and of what still ends in the background. */
const mostKept = 192;
/** Deeper answers are refused by whoever reads them. */
const mostLevels = 40;
const hidden = "[hidden]";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where a request's body names a card or its session (cm_pay_api 1.2.1, "Calls"). */
const secretFields: ReadonlySet<string> = new Set(["cardSession", "cardsession", "loyaltyId"]);

/**
 * Hides in what the server says whatever secrets it was told, because of its answers much is kept: the slip with
 * all its fields, codes, words for the cashier. A server that writes the request into its error message, or the card
 * number into a slip, must not bring them into the journal.
 */
export class Veil {
	/** Each with how it stands in JSON: it is looked for in every answer. */
	readonly #lasting: ReadonlyMap<string, string>;
	readonly #kept = new Map<string, string>();
	#pattern: RegExp | undefined;

	/** @param lasting secrets that are the till's own, as passwords and keys are. */
	constructor(lasting: readonly string[] = []) {
		this.#lasting = new Map(lasting.filter(isLong).map((secret) => [secret, inJson(secret)]));
	}

	/**
	 * Takes note of the secrets in a request: those of its body's fields, and its token. What the POS program itself
	 * writes openly, as a card number within its order's, is none: the answer must name the order.
	 */
	learn(body: object | undefined, token?: string): void {
		const open = JSON.stringify(body, (name, value) => (secretFields.has(name) ? undefined : value)) ?? "";
		for (const secret of [...secretsIn(body), ...(token === undefined ? [] : [token])].filter(isLong)) {
			this.#kept.delete(secret);
			if (!open.includes(secret)) this.#kept.set(secret, inJson(secret));
		}
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= mostKept) break;
			this.#kept.delete(oldest);
		}
		this.#pattern = undefined;
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
		const json = parsed(bytes);
		if (!this.#isIn(json)) return bytes;
		const veiled = this.#value(json, mostLevels);
		return veiled === json ? bytes : Buffer.from(JSON.stringify(veiled));
	}

	/** The same for a text. */
	words(text: string): string {
		// An id of the server's is never taken for a secret: by it money is asked for.
		return guid.test(text) ? text : text.replaceAll(this.#secrets(), hidden);
	}

	/** Whether there may be anything to hide: told in a fraction of the time, and nearly always no. */
	#isIn(json: unknown): boolean {
		const text = JSON.stringify(json) ?? "";
		for (const secrets of [this.#lasting, this.#kept]) {
			for (const written of secrets.values()) if (text.includes(written)) return true;
		}
		return false;
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
			[...this.#lasting.keys(), ...this.#kept.keys()].map((secret) => escaped(secret)).join("|") || "(?!)",
			"g",
		);
		return this.#pattern;
	}
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

const isLong = (secret: string) => secret.length >= leastLength;

function secretsIn(value: unknown): string[] {
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		if (typeof inner === "string") return secretFields.has(name) ? [inner] : [];
		return secretsIn(inner);
	});
}

function parsed(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return undefined;
	}
}
