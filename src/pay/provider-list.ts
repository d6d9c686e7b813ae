import { z } from "zod";
import { optional } from "./wire.ts";

/** A way to pay, and whether this customer has it now. */
export type Provider = {
	readonly paymentType: string;
	readonly available: boolean;
	/** The server's words for the cashier. */
	readonly message?: string;
};

/** The ways to pay, or how long to wait before they are asked for (again). */
export type ProviderList =
	| { readonly isComplete: true; readonly isDefault: boolean; readonly providers: readonly Provider[] }
	| {
			readonly isComplete: false;
			/** Which list to ask for; undefined in the answer to such a question. */
			readonly id?: string;
			readonly waitMs: number;
	  };

/** A server that tells no time or none at all is not asked without a pause. */
const leastWaitMs = 100;

/** Any other would leave the path that it is put in. */
const plainId = /^[A-Za-z0-9-]{1,64}$/;

const listShape = z.object({
	koshelekPayIsDefault: z
		.boolean()
		.nullish()
		.transform((isDefault) => isDefault ?? false),
	paymentTypeAvailabilityInfoList: z
		.array(
			z.object({
				paymentType: z.string().min(1).max(36),
				available: z.boolean(),
				message: optional(999).catch(undefined),
			}),
		)
		.max(256),
});

const wait = z
	.number()
	.nullish()
	.transform((ms) => Math.max(ms ?? 0, leastWaitMs));

const promiseShape = z.object({ availabilityInfoId: z.string().optional().catch(undefined), timeout: wait });
const pollShape = z.object({ computationComplete: z.boolean(), pollingTimeout: wait });

/** Reads a list of ways to pay (cm_pay_api 1.2.1, availability-info/task). @returns in words why it cannot be read. */
export function readProviders(json: object): ProviderList | string {
	const list = listShape.safeParse(json);
	if (!list.success) return notUnderstood(list.error);
	const { koshelekPayIsDefault: isDefault, paymentTypeAvailabilityInfoList } = list.data;
	const providers = paymentTypeAvailabilityInfoList.map(({ message, ...provider }) =>
		message === undefined ? provider : { ...provider, message },
	);
	return { isComplete: true, isDefault, providers };
}

/**
 * Reads the promise of a list (HTTP 201, deprecated since 1.2.0). Its id stands in the body or ends the `Location`;
 * of both nothing but a plain id is used, so that the question goes to the server that the settings name.
 */
export function readPromise(json: object, location: string | undefined): ProviderList | string {
	const promise = promiseShape.safeParse(json);
	if (!promise.success) return notUnderstood(promise.error);
	const { availabilityInfoId, timeout: waitMs } = promise.data;
	const id = [availabilityInfoId, location?.split("/").at(-1)].find((given) => plainId.test(given ?? ""));
	return id === undefined ? "without an availabilityInfoId" : { isComplete: false, id, waitMs };
}

/** Reads the answer to a question for a promised list. */
export function readPoll(json: object): ProviderList | string {
	const poll = pollShape.safeParse(json);
	if (!poll.success) return notUnderstood(poll.error);
	const { computationComplete, pollingTimeout: waitMs } = poll.data;
	return computationComplete ? readProviders(json) : { isComplete: false, waitMs };
}

/** The fields that were not understood, and none of their values. */
function notUnderstood({ issues }: z.ZodError): string {
	return `not understood: ${issues.map(({ path }) => path.join(".")).join()}`;
}
