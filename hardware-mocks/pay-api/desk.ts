import { type Ambient, realWorld } from "./ambient.ts";
import type { Answer } from "./answers.ts";
import { Bank } from "./bank.ts";
import { type Providers, usualProviders } from "./providers.ts";
import type { PayRequest } from "./requests.ts";
import { type Rules, usualRules } from "./rules.ts";
import { type Script, type Trouble, Troubles } from "./script.ts";

/** What came of a request: its answer (undefined when it was not processed), and the trouble on its way. */
export type Served = {
	readonly answer: Answer | undefined;
	readonly trouble: Trouble | undefined;
	/** Whether the request had come before. */
	readonly repeat: boolean;
};

type Story = { readonly script: Script; readonly troubles: Troubles };

/** Takes requests, runs into the troubles of the scripts, and processes each requestId once. */
export class Desk {
	readonly bank: Bank;
	readonly #usual: Script;
	readonly #next: Script[] = [];
	readonly #anybody = new Troubles();
	/** By the checkout's requestId. */
	readonly #stories = new Map<string, Story>();
	readonly #first = new Map<string, { readonly request: string; readonly answer: Answer }>();

	constructor(
		usual: Script,
		stores: readonly string[] | undefined,
		providers: Providers = usualProviders,
		ambient: Ambient = realWorld,
		rules: Rules = usualRules,
	) {
		this.#usual = usual;
		this.bank = new Bank(stores, providers, ambient, rules);
	}

	/** The story of the next transaction that has none yet. */
	next(script: Script): void {
		this.#next.push(script);
	}

	/** A trouble for whoever calls next. */
	disturb(trouble: Trouble): void {
		this.#anybody.add(trouble);
	}

	serve(request: PayRequest): Served {
		const { requestId } = request.body;
		const asText = JSON.stringify(request);
		const first = this.#first.get(requestId);
		const repeat = first !== undefined;
		if (first !== undefined && first.request !== asText) {
			const json = { message: "requestId was used for another request" };
			return { answer: { status: 400, json }, trouble: undefined, repeat };
		}
		const { script, troubles } = this.#storyOf(request);
		const trouble = this.#anybody.meet(request.call) ?? troubles.meet(request.call);
		if (trouble?.closeBeforeProcessing || (trouble?.status ?? 500) < 500) {
			return { answer: undefined, trouble, repeat };
		}
		const answer = first?.answer ?? this.bank.process(request, script, troubles);
		this.#first.set(requestId, { request: asText, answer });
		return { answer, trouble, repeat };
	}

	#storyOf(request: PayRequest): Story {
		if (request.call === "providers") return { script: {}, troubles: new Troubles() };
		if (request.call !== "checkout") {
			return this.bank.find(request.body.transactionId) ?? { script: this.#usual, troubles: new Troubles() };
		}
		const known = this.#stories.get(request.body.requestId);
		if (known !== undefined) return known;
		const script = this.#next.shift() ?? this.#usual;
		const story = { script, troubles: new Troubles() };
		story.troubles.add(script);
		this.#stories.set(request.body.requestId, story);
		return story;
	}
}
