import { type FaultCode, faultOf200, faultOf422, faults } from "../model/fault.ts";
import type { FinalOutcome } from "../model/operation.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";
import type { Answer } from "./ask.ts";
import type { Facts } from "./wire.ts";

/** The server's last word on a refund. */
export type RefundEnding = { readonly how: "accepted" | "rejected"; readonly facts: Facts };

/**
 * The ending that an answer about a refund tells, by the shop's lists of words: by `refStatus`, since `status` is
 * the payment's and may tell of an earlier refund. Where there is no `refStatus`, a payment that is "rejected"
 * tells that nothing was paid back (cm_pay_api 1.2.1, "Errors").
 * @returns undefined while the refund is under way, for a word in no list, and when there was no answer.
 */
export function refundEndingIn(
	answer: Answer,
	{ statuses, refStatuses }: PayApiSettings["enums"],
): RefundEnding | undefined {
	if (answer.kind !== "answer") return undefined;
	const { facts } = answer;
	const { status, refStatus } = facts;
	const isRejected =
		refStatus === undefined ? statuses.rejected.includes(status) : refStatuses.rejected.includes(refStatus);
	if (isRejected) return { how: "rejected", facts };
	if (refStatus !== undefined && refStatuses.accepted.includes(refStatus)) return { how: "accepted", facts };
	return undefined;
}

/**
 * The outcome of a refund that the server has ended.
 * @param known the ids that the answer may have left out.
 */
export function refundOutcomeOf(
	{ how, facts: { slip, errorCode, refTransactionId } }: RefundEnding,
	known: { readonly transactionId: string; readonly refTransactionId?: string },
): FinalOutcome {
	const ids = { ...known, ...(refTransactionId === undefined ? {} : { refTransactionId }) };
	const facts = { ...ids, ...(slip === undefined ? {} : { slip }) };
	if (how === "accepted") return { kind: "settled", ...facts };
	const wireCode = errorCode === undefined ? {} : { wireCode: errorCode };
	return { kind: "refused", fault: rejectionFault(errorCode), ...wireCode, ...facts };
}

/** The fault of a refund that was rejected (HTTP 200). */
export function rejectionFault(errorCode: string | undefined): FaultCode {
	if (errorCode === undefined) return "refund-declined";
	const fault = faultOf200(errorCode);
	return fittingARefund(fault === "unlisted-refusal" ? faultOf422(errorCode) : fault);
}

/** The fault of a refund whose call was refused. */
export function refusalFault(fault: FaultCode, wireCode: string | undefined): FaultCode {
	const isUnlisted = fault === "unlisted-refusal" && wireCode !== undefined;
	return fittingARefund(isUnlisted ? faultOf200(wireCode) : fault);
}

/** The fault of a refund that never left. */
export function notSentFault(fault: FaultCode): FaultCode {
	return faults[fault].next === "other-way-to-pay" ? "refund-not-sent" : fault;
}

/** Whoever gives money back must not be advised to take it in another way. */
function fittingARefund(fault: FaultCode): FaultCode {
	return faults[fault].next === "other-way-to-pay" ? "refund-declined" : fault;
}
