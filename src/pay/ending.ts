import { type FaultCode, faultOf200 } from "../model/fault.ts";
import type { CancelReason, FinalOutcome } from "../model/operation.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";
import type { Slip } from "../model/slip.ts";
import type { Answer } from "./ask.ts";
import type { Facts } from "./wire.ts";

const hows = ["accepted", "rejected", "cancelled", "refunded"] as const;

/** The server's last word on a payment: no other follows it. */
export type Ending = {
	readonly how: (typeof hows)[number];
	readonly facts: Facts;
};

export type Refused = Extract<FinalOutcome, { kind: "refused" }>;

const noFacts: Slip = { unlisted: {} };

/**
 * The ending that an answer tells, by the shop's lists of status words.
 * @returns undefined while the payment is open, for an unknown transaction (status ""), for a word in no list,
 * and when there was no answer.
 */
export function endingIn(answer: Answer, statuses: PayApiSettings["enums"]["statuses"]): Ending | undefined {
	if (answer.kind !== "answer") return undefined;
	const { facts } = answer;
	const how = hows.find((meaning) => statuses[meaning].includes(facts.status));
	return how === undefined ? undefined : { how, facts };
}

/** The outcome of a payment that the server has ended; `reason` when kassad wanted it cancelled. */
export function outcomeOf(
	{ how, facts: { transactionId, slip, errorCode } }: Ending,
	reason: CancelReason | undefined,
): FinalOutcome {
	if (how === "accepted") return { kind: "settled", transactionId, slip: slip ?? noFacts };
	const known = { kind: "refused", transactionId, ...(slip === undefined ? {} : { slip }) } as const;
	if (how === "refunded") return { ...known, fault: "payment-refunded-elsewhere" };
	if (how === "cancelled") return { ...known, fault: cancelFault(reason) };
	if (errorCode === undefined) return { ...known, fault: "declined-by-provider" };
	return { ...known, fault: faultOf200(errorCode), wireCode: errorCode };
}

const cancelFaults: Readonly<Record<CancelReason, FaultCode>> = {
	"timed-out": "payment-timed-out",
	// The server was silent, and so the customer's time passed.
	"server-silent": "payment-timed-out",
	cashier: "payment-cancelled-by-cashier",
	customer: "payment-cancelled-by-customer",
	restart: "payment-cancelled-after-restart",
};

/** Why a payment is off: for kassad's own reason, or the server's. */
export function cancelFault(reason: CancelReason | undefined): FaultCode {
	return reason === undefined ? "payment-cancelled-by-server" : cancelFaults[reason];
}
