import { type FaultCode, faults } from "../model/fault.ts";
import type { Purchase } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";
import { type Answer, type NoAnswer, retryAfterOf, send } from "./ask.ts";
import { providersBody } from "./bodies.ts";
import { Desk, type Tools } from "./desk.ts";
import { type Provider, type ProviderList, readPoll, readPromise, readProviders } from "./provider-list.ts";
import { isForAnother } from "./wire.ts";
import { sendWithToken } from "./with-token.ts";

/** What a customer would buy with a card, asked before the way to pay is chosen. */
export type ProvidersQuestion = {
	readonly id: string;
	readonly requestId: string;
	readonly purchase: Purchase;
	readonly cardNumber: Secret;
	readonly cardSession: Secret;
	/** The attempt that the journal committed together with the question. */
	readonly firstAttempt?: number;
};

export type ProvidersAnswer =
	| {
			readonly kind: "told";
			/** The customer wants Koshelek Pay: it can be started without asking. */
			readonly isDefault: boolean;
			readonly providers: readonly Provider[];
	  }
	| { readonly kind: "not-told"; readonly fault: FaultCode; readonly wireCode?: string };

/**
 * Asks which ways to pay this customer has (cm_pay_api 1.2.1, availability-info/task), by one answer or by the
 * promise of one. It takes no longer than `payApi.providers.giveUpMs`, and whatever fails leaves the customer another
 * way to pay, for no money moves by it.
 * @throws the reason of `tools.stop` when it aborts; a FaultError `journal-failed` when the diary fails.
 */
export async function askProviders(question: ProvidersQuestion, tools: Tools): Promise<ProvidersAnswer> {
	const desk = new Desk(question.id, tools);
	const late = new AbortController();
	desk.later(tools.settings.providers.giveUpMs, () => late.abort("late"));
	try {
		const answer = await askUntilComplete(desk, question, late.signal);
		return answer.kind === "answer" ? toldBy(desk, answer.facts) : notToldBy(answer);
	} finally {
		desk.close();
	}
}

async function askUntilComplete(
	desk: Desk,
	question: ProvidersQuestion,
	late: AbortSignal,
): Promise<Answer<ProviderList>> {
	let answer = await repeated(desk, "providers", late, (count) =>
		askForList(desk, question, late, count === 1 ? question.firstAttempt : undefined),
	);
	if (answer.kind !== "answer" || answer.facts.isComplete) return answer;
	const { id = "" } = answer.facts;
	while (answer.kind === "answer" && !answer.facts.isComplete && !late.aborted) {
		await desk.pause(answer.facts.waitMs, late);
		if (late.aborted) break;
		answer = await repeated(desk, "providers-poll", late, () => poll(desk, question, id, late));
	}
	return answer;
}

/** Asks until there is an answer or a refusal, as often as the policy says and while it is not too late. */
async function repeated(
	desk: Desk,
	call: "providers" | "providers-poll",
	late: AbortSignal,
	ask: (count: number) => Promise<Answer<ProviderList>>,
): Promise<Answer<ProviderList>> {
	const { attempts } = desk.policy(call);
	for (let count = 1; ; count += 1) {
		const answer = await ask(count);
		if (answer.kind === "answer" || answer.kind === "refusal" || count >= attempts) return answer;
		await desk.backOff(call, count, retryAfterOf(answer), late);
		if (late.aborted) return answer;
	}
}

/** One request; `journaled` is its number when it stands in the diary already. */
function askForList(
	desk: Desk,
	question: ProvidersQuestion,
	late: AbortSignal,
	journaled: number | undefined,
): Promise<Answer<ProviderList>> {
	const { requestId } = question;
	return sendWithToken(desk, journaled, {
		call: "providers",
		requestId,
		body: providersBody(question, desk.tools.store),
		signal: late,
		read: ({ status, json, location }) => {
			if (isForAnother(json, requestId)) return "for another requestId";
			return status === 201 ? readPromise(json, location) : readProviders(json);
		},
		words: wordsOf,
	});
}

/** The question has no requestId on the wire; in the journal it stands under that of the list. */
function poll(desk: Desk, { requestId }: ProvidersQuestion, id: string, late: AbortSignal) {
	return send(desk, {
		call: "providers-poll",
		requestId,
		id,
		attempt: desk.tools.diary.before("providers-poll", requestId),
		signal: late,
		read: ({ json }) => (isForAnother(json, requestId) ? "for another requestId" : readPoll(json)),
		words: wordsOf,
	});
}

function wordsOf(list: ProviderList): string {
	if (!list.isComplete) return "not complete";
	const available = list.providers.filter((provider) => provider.available);
	return `available: ${available.map(({ paymentType }) => paymentType).join(" ") || "none"}`;
}

/** A way to pay that the shop does not list cannot be paid with here, so it is not offered. */
function toldBy({ tools, operation }: Desk, list: ProviderList): ProvidersAnswer {
	if (!list.isComplete) return { kind: "not-told", fault: "providers-unknown" };
	const { paymentTypes } = tools.settings.enums;
	const isListed = ({ paymentType }: Provider) => paymentTypes.includes(paymentType);
	const providers = list.providers.filter(isListed);
	const unlisted = list.providers.filter((provider) => !isListed(provider));
	if (unlisted.length > 0) {
		const types = unlisted.map(({ paymentType }) => paymentType);
		tools.log.warn({ operation, types }, "ways to pay that payApi.enums.paymentTypes does not list");
	}
	const isDefault = list.isDefault && providers.some(({ available }) => available);
	return { kind: "told", isDefault, providers };
}

/** A refusal that the cashier can act upon is told as it is. */
function notToldBy(answer: NoAnswer): ProvidersAnswer {
	if (answer.kind !== "refusal" || answer.wireCode === undefined) {
		return { kind: "not-told", fault: "providers-unknown" };
	}
	const { acts, moneyMoved } = faults[answer.fault];
	const fault = acts === "cashier" && moneyMoved === "no" ? answer.fault : "providers-unknown";
	return { kind: "not-told", fault, wireCode: answer.wireCode };
}
