import { Agent, request } from "undici";

/** Where the server posts what became of transactions, as the partner has told it. */
export type PostbackOptions = {
	/** http or https. */
	readonly url: string;
	readonly login: string;
	readonly password: string;
	/** The authority of the till's own certificate, PEM; those of Node.js when left out. */
	readonly ca?: string;
};

/** Then it gives up; it does not try again by itself. */
const patienceMs = 10_000;

/** Carries postbacks to the till. */
export class Postman {
	readonly #options: PostbackOptions;
	readonly #agent: Agent;
	readonly #stop: AbortSignal;

	constructor(options: PostbackOptions, stop: AbortSignal) {
		this.#options = options;
		this.#stop = stop;
		this.#agent = new Agent({ connect: options.ca === undefined ? {} : { ca: options.ca } });
	}

	/** @returns what came of it, in a few words: the till's HTTP status, or why there is none. */
	async post(body: object, password = this.#options.password): Promise<string> {
		const { url, login } = this.#options;
		const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;
		try {
			const answer = await request(url, {
				method: "POST",
				dispatcher: this.#agent,
				signal: AbortSignal.any([this.#stop, AbortSignal.timeout(patienceMs)]),
				headers: { authorization, "content-type": "application/json; charset=utf-8" },
				body: JSON.stringify(body),
			});
			await answer.body.dump();
			return `${answer.statusCode}`;
		} catch (error) {
			return `not delivered: ${error instanceof Error && "code" in error ? error.code : error}`;
		}
	}

	close(): Promise<void> {
		return this.#agent.destroy();
	}
}
