import { vi } from "vitest";
import { faultOf422 } from "../../src/model/fault.ts";
import type { FinalOutcome, OpenRefund } from "../../src/model/operation.ts";
import type { Reply } from "../../src/pay/reply.ts";
import { refTransactionId, refundScene, refundSlip } from "./refund-scene.ts";
import { type Asked, transactionId } from "./turns.ts";

/** What happens around one refund. */
export type RefundStory = {
	/** What becomes of the requests, one after another; afterwards all goes well. */
	readonly mishaps: readonly string[];
	readonly worksFor: number;
	readonly decidesAfter: number;
	readonly accepts: boolean;
	readonly refuses: string | null;
	readonly crashes: readonly { readonly at: number; readonly down: number }[];
};

/**
 * A model of the server as the document describes it, and of a till that loses power. Each requestId is carried out
 * once; while the server still works on the first request, a repeat is told that a refund is running already.
 */
export function openRefundBank(story: RefundStory) {
	const requestIds = new Set<string>();
	const mishaps = [...story.mishaps];
	let begunAt: number | undefined;
	let carriedOut = 0;
	let journal: Partial<OpenRefund> = {};
	let hasJournal = false;

	const state = () => {
		if (carriedOut === 0) return "rejected";
		const decidesAt = (begunAt ?? 0) + story.worksFor + story.decidesAfter;
		if (Date.now() < decidesAt) return "new";
		return story.accepts ? "accepted" : "rejected";
	};
	const facts = (requestId: string): Reply => {
		const refStatus = state();
		const errorCode = refStatus === "rejected" ? { errorCode: "EXTERNAL_PROVIDER_ERROR" } : {};
		const slip = refStatus === "accepted" ? { slip: refundSlip } : {};
		const json = { requestId, transactionId, refTransactionId, status: "refunding", refStatus };
		return { kind: "answer", status: 200, json: { ...json, ...errorCode, ...slip } };
	};
	const refusal = (requestId: string, code: string): Reply => {
		const [, wireCode] = /^422 (.*)$/.exec(code) ?? [];
		if (wireCode !== undefined)
			return { kind: "refusal", fault: faultOf422(wireCode), wireCode, detail: code };
		const json = { requestId, transactionId, status: "accepted", refStatus: "rejected", errorCode: code };
		return { kind: "answer", status: 200, json };
	};
	/** The first answer once the server has one, and before that the refusal of a second refund. */
	const refund = (requestId: string): Reply => {
		if (story.refuses !== null) return refusal(requestId, story.refuses);
		if (begunAt === undefined) {
			begunAt = Date.now();
			carriedOut += 1;
			return facts(requestId);
		}
		const works = Date.now() < begunAt + story.worksFor;
		return works ? refusal(requestId, "PAYMENT_TRANSACTION_IS_BEING_REFUNDED_ALREADY") : facts(requestId);
	};
	const serve = ({ call, requestId }: Asked): Reply => {
		const mishap = mishaps.shift() ?? "none";
		const silent: Reply = { kind: "unanswered", fault: "server-silent", detail: mishap };
		if (mishap === "not-sent") return { kind: "not-sent", fault: "server-unreachable", detail: mishap };
		if (call === "refund") requestIds.add(requestId);
		if (mishap === "request-lost") return silent;
		if (mishap === "gateway-refuses")
			return { kind: "refusal", fault: "credentials-refused", detail: mishap };
		const answer = call === "refund" ? refund(requestId) : facts(requestId);
		if (mishap === "sent-twice" && call === "refund") return refund(requestId);
		return mishap === "answer-lost" ? silent : answer;
	};

	/** One run of the till, until it ends the refund or loses power. */
	async function run(crash: RefundStory["crashes"][number] | undefined): Promise<FinalOutcome | undefined> {
		const it = refundScene({ refund: [serve], status: [serve] }, hasJournal ? { restarted: journal } : {});
		const outcome = await it.ending(crash?.at ?? 600_000);
		if (outcome !== undefined) return outcome;
		it.stop.abort(new Error("power lost"));
		await it.driven.catch(() => undefined);
		const maybeSent = it.attempts.some(({ call, result }) => call === "refund" && result !== "not-sent");
		journal = { ...journal, ...it.learnt, maybeSent: journal.maybeSent === true || maybeSent };
		hasJournal = true;
		await vi.advanceTimersByTimeAsync(crash?.down ?? 0);
		return undefined;
	}

	return {
		/** The outcome in the end, however many runs it takes. */
		outcome: async (): Promise<FinalOutcome> => {
			for (const crash of story.crashes) {
				const outcome = await run(crash);
				if (outcome !== undefined) return outcome;
			}
			const outcome = await run(undefined);
			if (outcome === undefined) throw new Error("the refund stays open though the server answers");
			return outcome;
		},
		requestIds: () => requestIds,
		timesCarriedOut: () => carriedOut,
		/** Whether the money has gone back, may still, or never will. */
		paidBack: () => {
			if (carriedOut === 0) return "never";
			const refStatus = state();
			return refStatus === "accepted" ? "yes" : refStatus === "new" ? "maybe" : "never";
		},
	};
}
