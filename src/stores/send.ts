import type { Answer, Trouble } from "./answer.ts";
import type { StoreApi } from "./api.ts";
import type { StoreInFile } from "./check.ts";

/** What became of one store of the file. */
export type Sent = StoreInFile & {
	/** `not-sent`: it surely did not reach the server's list. */
	readonly outcome: "accepted" | "refused" | "unknown" | "not-sent";
	/** Why it was not accepted; missing when its turn never came. */
	readonly trouble?: Trouble;
};

export type SendOptions = {
	readonly mostPerRequest: number;
	/** Ends it between two requests. */
	readonly stop: AbortSignal;
	/** Hears after each request what became of the stores so far. */
	readonly tell: (sent: readonly Sent[]) => void;
};

/** The next request would meet them too. */
const lasting: readonly string[] = ["credentials-refused", "address-not-found"];

/**
 * Sends stores, at most `mostPerRequest` at once, one request after the other. The Store API has no requestId, so a
 * request whose answer is lost is not repeated: its stores are `unknown`. After that, or when the server cannot be
 * reached, nothing more is sent: one request to look after is better than ten.
 */
export async function sendStores(
	api: Pick<StoreApi, "send">,
	call: "add" | "update",
	stores: readonly StoreInFile[],
	{ mostPerRequest, stop, tell }: SendOptions,
): Promise<readonly Sent[]> {
	const sent: Sent[] = [];
	let goesOn = true;
	while (sent.length < stores.length && goesOn && !stop.aborted) {
		const part = stores.slice(sent.length, sent.length + mostPerRequest);
		const answer = await api.send(
			call,
			part.map(({ store }) => store),
		);
		sent.push(...part.map((one) => ({ ...one, ...outcomeOf(answer) })));
		goesOn = answer.kind === "accepted" || (answer.kind === "refused" && !lasting.includes(answer.fault));
		tell(sent);
	}
	return [...sent, ...stores.slice(sent.length).map((one) => ({ ...one, outcome: "not-sent" as const }))];
}

function outcomeOf(answer: Answer): Pick<Sent, "outcome" | "trouble"> {
	if (answer.kind === "accepted") return { outcome: "accepted" };
	const { kind: outcome, fault, detail } = answer;
	return { outcome, trouble: { fault, detail } };
}
