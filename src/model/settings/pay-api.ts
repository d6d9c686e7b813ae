import { z } from "zod";
import { httpUrl, milliseconds, secretSource, wholeNumber } from "./common.ts";

/** How kassad talks to the Pay API; timings by cm_pay_api 1.2.1, "transaction/status". */
export const payApiSettings = z.strictObject({
	/** Which of the two base URLs is used. */
	environment: z.enum(["test", "production"]),
	baseUrl: z.strictObject({ test: httpUrl, production: httpUrl }),
	login: z.string().min(1).max(256),
	password: secretSource,
	/** A PEM file of certificate authorities to trust besides the system's, or null. */
	caFile: z.string().min(1).nullable(),
	/** Connections kept open. */
	connections: wholeNumber(1, 16),
	/** A harmless HEAD request that opens the connection at start and keeps it open. */
	warm: z.strictObject({ path: z.string().startsWith("/"), everyMs: milliseconds(1_000, 600_000) }),
	deadlines: z.strictObject({
		connectMs: milliseconds(100, 60_000),
		answerMs: milliseconds(100, 60_000),
	}),
	/** Repeats of a call that brought no answer, always with the same requestId. */
	retry: z.strictObject({
		attempts: wholeNumber(1, 20),
		firstWaitMs: milliseconds(10, 60_000),
		factor: z.number().min(1).max(10),
		mostWaitMs: milliseconds(10, 600_000),
		/** The pause between repeats in the background, after the cashier was told "unknown". */
		laterEveryMs: milliseconds(100, 3_600_000),
	}),
	poll: z.strictObject({
		/** The document: no sooner than 250 ms and no later than 500 ms after checkout. */
		firstMs: milliseconds(250, 500),
		/** The document: at most one every 250 ms. */
		everyMs: milliseconds(250, 10_000),
		/** The document: give up after 30 s and cancel. */
		giveUpMs: milliseconds(1_000, 30_000),
	}),
	/** A longer answer is cut off and counts as unreadable. */
	mostAnswerBytes: wholeNumber(1_024, 16_777_216),
	/** Every value that the API may send or take; a value not listed is refused. */
	enums: z.strictObject({
		paymentTypes: z.array(z.string().min(1).max(36)).min(1),
		measures: z.array(z.string().min(1)).min(1),
		taxes: z.array(z.string().min(1)).min(1),
		currencies: z.array(z.string().length(3)).min(1),
		/** The status words of the answers, sorted by what they mean for a payment. */
		statuses: z.strictObject({
			pending: z.array(z.string()).min(1),
			accepted: z.array(z.string()).min(1),
			rejected: z.array(z.string()).min(1),
			cancelled: z.array(z.string()).min(1),
			refunded: z.array(z.string()).min(1),
		}),
		refStatuses: z.strictObject({
			pending: z.array(z.string()).min(1),
			accepted: z.array(z.string()).min(1),
			rejected: z.array(z.string()).min(1),
		}),
	}),
	/** Text that SBP shows to the customer, or null to leave it out. */
	paymentPurpose: z.string().min(1).max(140).nullable(),
});

export type PayApiSettings = z.infer<typeof payApiSettings>;
