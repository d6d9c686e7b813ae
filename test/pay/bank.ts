import { vi } from "vitest";
import type { FinalOutcome, OpenPayment, PayCall } from "../../src/model/operation.ts";
import type { Reply } from "../../src/pay/reply.ts";
import { scene } from "./scene.ts";
import { type Asked, slip, transactionId } from "./turns.ts";

/** What happens around one payment. */
export type Story = {
	/** What becomes of the requests, one after another; afterwards all goes well. */
	readonly mishaps: readonly string[];
	readonly decidesAt: number;
	readonly accepts: boolean;
	readonly cashierAt: number | null;
	readonly crashes: readonly { readonly at: number; readonly down: number }[];
};

/**
 * A model of the server as the document describes it, and of a till that loses power: each requestId is carried
 * out once, a cancel works until the payment is accepted, and the journal keeps what was written.
 */
export function openBank(story: Story) {
	const startedAt = Date.now();
	const first = new Map<string, Reply>();
	const mishaps = [...story.mishaps];
	let known = false;
	let status = "pending";
	let journal: Partial<OpenPayment> = {};
	let learnt = false;

	const decide = () => {
		const isTime = Date.now() - startedAt >= story.decidesAt;
		if (known && isTime && status === "pending") status = story.accepts ? "accepted" : "rejected";
	};
	const facts = (more: object = {}) => ({
		transactionId,
		status,
		...(status === "accepted" ? { slip } : {}),
		...(status === "rejected" ? { errorCode: "NOT_ENOUGH_LIMIT_TO_PAY" } : {}),
		...more,
	});
	const carryOut = (call: PayCall, requestId: string): Reply => {
		decide();
		if (call === "checkout") known = true;
		if (call === "cancel" && status !== "pending") {
			const wireCode = "WRONG_TRANSACTION_STATE_CHANGE";
			return { kind: "refusal", fault: "state-change-impossible", wireCode, detail: wireCode };
		}
		if (call === "cancel") status = "canceled";
		const more = call === "cancel" ? { refStatus: "accepted" } : {};
		return { kind: "answer", status: 200, json: facts({ requestId, ...more }) };
	};
	const serve = ({ call, requestId }: Asked): Reply => {
		const mishap = mishaps.shift() ?? "none";
		const silent: Reply = { kind: "unanswered", fault: "server-silent", detail: mishap };
		if (mishap === "request-lost") return silent;
		if (mishap === "not-sent") return { kind: "not-sent", fault: "server-unreachable", detail: mishap };
		if (mishap === "gateway-refuses")
			return { kind: "refusal", fault: "credentials-refused", detail: mishap };
		const answer = first.get(requestId) ?? carryOut(call, requestId);
		first.set(requestId, answer);
		return mishap === "answer-lost" ? silent : answer;
	};

	/** One run of the till, until it ends the payment or loses power. */
	async function run(crash: Story["crashes"][number] | undefined): Promise<FinalOutcome | undefined> {
		const script = { checkout: [serve], status: [serve], cancel: [serve] };
		const it = scene(script, learnt ? { restarted: journal } : {});
		const cashierIn = story.cashierAt === null ? Number.NaN : startedAt + story.cashierAt - Date.now();
		const timer = cashierIn >= 0 ? setTimeout(() => it.cashier.abort("cashier"), cashierIn) : undefined;
		const outcome = await it.ending(crash?.at);
		clearTimeout(timer);
		if (outcome !== undefined) return outcome;
		it.stop.abort(new Error("power lost"));
		await it.driven.catch(() => undefined);
		const maybeSent = it.attempts.some(({ call, result }) => call === "checkout" && result !== "not-sent");
		journal = { ...journal, startedAt, ...it.learnt, maybeSent: journal.maybeSent === true || maybeSent };
		learnt = true;
		await vi.advanceTimersByTimeAsync(crash?.down ?? 0);
		return undefined;
	}

	return {
		/** The outcome in the end, however many runs it takes. */
		outcome: async (): Promise<FinalOutcome> => {
			const crashes = [...story.crashes];
			for (;;) {
				const outcome = await run(crashes.shift());
				if (outcome !== undefined) return outcome;
			}
		},
		/** Whether the money is taken, or may still be: a customer can confirm what nobody has cancelled. */
		paid: () => status === "accepted" || (known && status === "pending"),
	};
}
