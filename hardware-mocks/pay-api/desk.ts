import { type Ambient, realWorld } from "./ambient.ts";
import { type Answer, refusal } from "./answers.ts";
import { Bank } from "./bank.ts";
import type { Chaos } from "./chaos.ts";
import { type Providers, usualProviders } from "./providers.ts";
import type { PayRequest } from "./requests.ts";
import { type Rules, usualRules } from "./rules.ts";
import type { Script } from "./script.ts";
import { isBeforeProcessing, type Trouble, Troubles } from "./trouble.ts";

/** What came of a request: its answer (undefined when nothing answered it), and the trouble on its way. */
export type Served = {
	readonly answer: Answer | undefined;
	readonly trouble: Trouble | undefined;
	/** Whether the request had come before. */
	readonly repeat: boolean;
};

type Story = { readonly script: Script; readonly troubles: Troubles };
type First = { readonly request: string; readonly answer: Answer };

/** Takes requests, runs into the troubles of the scripts, and processes each requestId once. */
export class Desk {
	readonly bank: Bank;
	readonly #usual: Script;
	readonly #chaos: Chaos | undefined;
	readonly #next: Script[] = [];
	readonly #anybody = new Troubles();
	/** By the checkout's requestId. */
	readonly #stories = new Map<string, Story>();
	readonly #first = new Map<string, First>();

	constructor(
		usual: Script,
		stores: readonly string[] | undefined,
		providers: Providers = usualProviders,
		ambient: Ambient = realWorld,
		rules: Rules = usualRules,
		chaos?: Chaos,
	) {
		this.#usual = usual;
		this.#chaos = chaos;
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

	/** After how many bytes of its body the connection of this request is cut, if so. */
	cutsRequest(call: PayRequest["call"]): number | undefined {
		return this.#anybody.meetCut(call);
	}

	serve(request: PayRequest): Served {
		this.bank.tick();
		const first = this.#first.get(request.body.requestId);
		const repeat = first !== undefined;
		const { script, troubles } = this.#storyOf(request);
		const process = () => this.bank.process(request, script, troubles);
		const asText = JSON.stringify(request);
		if (first !== undefined && first.request !== asText) {
			const json = { message: "requestId was used for another request" };
			return { answer: { status: 400, json }, trouble: undefined, repeat };
		}
		const trouble =
			this.#anybody.meet(request.call) ?? troubles.meet(request.call) ?? this.#chaos?.trouble(request.call);
		if (trouble !== undefined && isBeforeProcessing(trouble)) return { ...unprocessed(trouble), repeat };
		const answer = first?.answer ?? process();
		this.#first.set(request.body.requestId, { request: asText, answer });
		return { answer, trouble, repeat };
	}

	/** The list of providers that was promised. */
	poll(availabilityInfoId: string): Served {
		const trouble = this.#anybody.meet("providers-poll") ?? this.#chaos?.trouble("providers-poll");
		if (trouble !== undefined && isBeforeProcessing(trouble)) {
			return { ...unprocessed(trouble), repeat: false };
		}
		return { answer: this.bank.poll(availabilityInfoId), trouble, repeat: false };
	}

	#storyOf(request: PayRequest): Story {
		if (request.call === "providers") return { script: {}, troubles: new Troubles() };
		if (request.call !== "checkout") {
			const { transactionId } = request.body;
			const id = request.call === "status" ? (transactionId ?? request.body.refTransactionId) : transactionId;
			return this.bank.find(id) ?? { script: this.#usual, troubles: new Troubles() };
		}
		const known = this.#stories.get(request.body.requestId);
		if (known !== undefined) return known;
		const script = this.#next.shift() ?? this.#chaos?.story() ?? this.#usual;
		const story = { script, troubles: new Troubles() };
		story.troubles.add(script);
		this.#stories.set(request.body.requestId, story);
		return story;
	}
}

function unprocessed(trouble: Trouble): Pick<Served, "answer" | "trouble"> {
	const { code } = trouble;
	return { answer: code === undefined ? undefined : refusal(code, "Отказ по сценарию"), trouble };
}
