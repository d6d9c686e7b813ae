import type { Clock } from "../model/clock.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";
import type { Kopecks } from "../model/money.ts";
import { type PayApiSettings, policyOf } from "../model/settings/pay-api.ts";
import type { LedgerRow } from "../model/shift-report.ts";
import { statusBody } from "../pay/bodies.ts";
import type { PayCalls } from "../pay/calls.ts";
import { endingIn } from "../pay/ending.ts";
import { refundEndingIn } from "../pay/refund-ending.ts";
import type { Reply } from "../pay/reply.ts";
import { type Facts, readAnswer } from "../pay/wire.ts";

/** What the server says of a payment or a refund. */
export type Verdict =
	| {
			readonly says: "accepted" | "rejected" | "cancelled" | "refunded" | "open";
			/** The server's own word. */
			readonly word: string;
			/** Of its slip. */
			readonly amount?: Kopecks;
	  }
	/** It has no such transaction. */
	| { readonly says: "not-known" }
	/** It was not asked, did not answer, or (`refused`) answered that it does not say. */
	| { readonly says: "nothing"; readonly why: string; readonly refused?: true };

/** The ids that a question is about. */
type About = { readonly transactionId: string; readonly refTransactionId?: string };

export type AskTools = {
	readonly client: PayCalls;
	readonly settings: PayApiSettings;
	readonly clock: Clock;
	readonly newId: () => string;
	/** From 0 to below 1; spreads the repeats. */
	readonly random: () => number;
	/** Ends the asking. */
	readonly stop: AbortSignal;
};

/** cm_pay_api 1.2.1, "transaction/status": at most one question every 250 ms. */
const paceMs = 250;

/** Faults after which every further question would end the same way. */
const hopeless: ReadonlySet<FaultCode> = new Set([
	"credentials-refused",
	"address-not-found",
	"request-refused",
	"server-certificate",
]);

/** The ids to ask by; undefined where none ever came. Of an open refund without its own id the payment is asked for. */
export function questionOf({
	kind,
	state,
	paymentTransactionId: transactionId,
	refundTransactionId: refTransactionId,
}: LedgerRow): About | undefined {
	if (transactionId === undefined) return undefined;
	if (kind === "payment") return { transactionId };
	if (refTransactionId !== undefined) return { transactionId, refTransactionId };
	return state === "unknown" || state === "in-progress" ? { transactionId } : undefined;
}

/**
 * Asks for the status of transactions, one after the other and no faster than the server allows. A question that brings
 * no answer is repeated as the settings say.
 * @returns asks about one. It rejects with the FaultError of a refusal that all other questions would meet, too.
 */
export function statusAsker(tools: AskTools): (about: About) => Promise<Verdict> {
	const { client, settings, clock, newId, random, stop } = tools;
	const { attempts, firstWaitMs, factor, mostWaitMs, jitter } = policyOf(settings, "status");
	let rest = Promise.resolve();
	const turn = async (waitMs: number) => {
		await Promise.all([rest, clock.sleep(waitMs, stop)]);
		rest = clock.sleep(paceMs, stop);
		// It may be that nobody waits for it any more.
		rest.catch(() => undefined);
	};
	return async (about) => {
		let why = "";
		let waitMs = 0;
		for (let attempt = 1; attempt <= attempts; attempt += 1) {
			await turn(waitMs);
			const requestId = newId();
			const reply = await client.call("status", statusBody(requestId, about), { signals: [stop] });
			const verdict = verdictIn(reply, { requestId, ...about }, settings.enums);
			if (typeof verdict !== "string") return verdict;
			why = verdict;
			const growing = Math.min(firstWaitMs * factor ** (attempt - 1), mostWaitMs) * (1 - jitter * random());
			waitMs = Math.max(growing, "retryAfterMs" in reply ? (reply.retryAfterMs ?? 0) : 0);
		}
		return { says: "nothing", why };
	};
}

/** @returns in words why there is no answer. @throws {FaultError} when no further question would have one. */
function verdictIn(
	reply: Reply,
	asked: About & { readonly requestId: string },
	enums: PayApiSettings["enums"],
): Verdict | string {
	if (reply.kind === "answer") {
		const facts = readAnswer("status", reply.json, asked);
		return typeof facts === "string" ? `answer ${facts}` : meaningOf(facts, asked, enums);
	}
	const { fault, detail } = reply;
	if (hopeless.has(fault)) throw new FaultError(fault, detail);
	if (fault === "transaction-unknown") return { says: "not-known" };
	if (fault === "refund-cancelled-by-bank") return { says: "rejected", word: detail };
	if (reply.kind === "refusal") return { says: "nothing", why: detail, refused: true };
	return `${fault}: ${detail}`;
}

function meaningOf(facts: Facts, asked: About, enums: PayApiSettings["enums"]): Verdict {
	const { status, refStatus, slip } = facts;
	const answer = { kind: "answer", facts } as const;
	const isRefund = asked.refTransactionId !== undefined;
	const word = isRefund ? (refStatus ?? status) : status;
	if (word === "") return { says: "not-known" };
	const ending = isRefund ? refundEndingIn(answer, enums) : endingIn(answer, enums.statuses);
	const amount = isRefund || slip?.refundTransactionId === undefined ? slip?.totalAmount : undefined;
	return { says: ending?.how ?? "open", word, ...(amount !== undefined && { amount }) };
}
