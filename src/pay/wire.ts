import { z } from "zod";
import type { PayCall } from "../model/operation.ts";
import type { Slip } from "../model/slip.ts";
import { readSlip } from "./slip.ts";

/** What an answer says of a transaction. Unknown words are still in it: what they mean is decided elsewhere. */
export type Facts = {
	/** Of the payment; "" when the server does not know the transaction. */
	readonly status: string;
	readonly transactionId: string;
	/** Of the refund or the cancel. */
	readonly refTransactionId?: string;
	/** Of the refund or the cancel. */
	readonly refStatus?: string;
	readonly errorCode?: string;
	readonly slip?: Slip;
};

/** Text, where "" and null mean that there is none. */
export const optional = (most: number) =>
	z
		.string()
		.max(most)
		.nullish()
		.transform((text) => text || undefined);

/** Of all these calls; unknown fields are ignored ("new optional fields may appear at any time"). */
const answerShape = z.object({
	requestId: optional(256),
	transactionId: optional(256),
	/** One that cannot be read must not hide the status of the payment beside it. */
	refTransactionId: optional(256).catch(undefined),
	status: z.string().max(64).nullish(),
	refStatus: optional(64),
	/** Only an explanation: one that cannot be read must not hide the status beside it. */
	errorCode: optional(64).catch(undefined),
	slip: z.unknown().optional(),
});

/**
 * Reads an answer about a transaction (cm_pay_api 1.2.1: checkout, transaction/status, .../cancel, .../refund).
 * @param asked the ids that an answer to this very request must bear, where it bears any.
 * @returns the facts, or in words why the answer cannot be read; no value of the answer is in them.
 */
export function readAnswer(
	call: PayCall,
	json: unknown,
	asked: {
		readonly requestId: string;
		readonly transactionId?: string;
		readonly refTransactionId?: string;
	},
): Facts | string {
	const shape = answerShape.safeParse(json);
	if (!shape.success) return `not understood: ${shape.error.issues.map(({ path }) => path.join(".")).join()}`;
	const { requestId, transactionId, refTransactionId, status, refStatus, errorCode, slip } = shape.data;
	if (differ(requestId, asked.requestId)) return "for another requestId";
	if (differ(transactionId, asked.transactionId)) return "for another transactionId";
	if (differ(refTransactionId, asked.refTransactionId)) return "for another refTransactionId";
	const known = asked.transactionId ?? transactionId;
	if (known === undefined) return "without transactionId";
	if (call !== "cancel" && call !== "refund" && typeof status !== "string") return "without status";
	const readableSlip = readSlip(slip);
	return {
		status: status ?? "",
		transactionId: known,
		...(refTransactionId === undefined ? {} : { refTransactionId }),
		...(refStatus === undefined ? {} : { refStatus }),
		...(errorCode === undefined ? {} : { errorCode }),
		...(readableSlip === undefined ? {} : { slip: readableSlip }),
	};
}

/** Whether an answer bears the requestId of another request. */
export function isForAnother(json: object, requestId: string): boolean {
	const given = "requestId" in json ? json.requestId : undefined;
	return typeof given === "string" && given !== "" && !isSameId(given, requestId);
}

function differ(given: string | undefined, asked: string | undefined): boolean {
	return given !== undefined && asked !== undefined && !isSameId(given, asked);
}

/** GUIDs are the same in capital and small letters. */
export function isSameId(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
