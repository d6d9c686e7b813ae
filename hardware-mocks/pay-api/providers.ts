import type { Ambient } from "./ambient.ts";
import { type Answer, ok } from "./answers.ts";
import type { ProvidersRequest } from "./requests.ts";
import { amountError, type Rules, unknownSession } from "./rules.ts";

/** The ways to pay that customers have here, and how the server tells them. */
export type Providers = {
	/** Koshelek Pay is to be started without asking. */
	readonly isDefault?: boolean;
	readonly list: readonly {
		readonly paymentType: string;
		readonly available: boolean;
		readonly message?: string;
	}[];
	/**
	 * As servers before 1.2.0: a promise (201) with the ms until the first poll, and so many polls that find the
	 * list incomplete.
	 */
	readonly promised?: { readonly timeout: number; readonly polls: number };
};

export const usualProviders: Providers = {
	list: [
		{ paymentType: "SBP", available: true },
		{ paymentType: "DOLYAME", available: false, message: "Недоступно для этой суммы" },
	],
};

/** A list that was promised. */
type Promised = { readonly list: object; polls: number };

/** Answers questions for ways to pay, at once or by a promise. */
export class Waiting {
	readonly #providers: Providers;
	readonly #ambient: Ambient;
	readonly #rules: Rules;
	readonly #promised = new Map<string, Promised>();

	constructor(providers: Providers, ambient: Ambient, rules: Rules) {
		this.#providers = providers;
		this.#ambient = ambient;
		this.#rules = rules;
	}

	ask({ requestId, cardsession, checkoutInvoice }: ProvidersRequest): Answer {
		const refused = unknownSession(this.#rules, cardsession);
		if (refused !== undefined) return refused;
		const list = this.#list(cardsession, checkoutInvoice.totalAmount);
		const { promised } = this.#providers;
		if (promised === undefined) return ok({ requestId, ...list });
		const { timeout, polls } = promised;
		const availabilityInfoId = this.#ambient.newId();
		this.#promised.set(availabilityInfoId, { list, polls });
		const location = `/api/v1/merchant/availability-info/${availabilityInfoId}`;
		return { status: 201, json: { requestId, availabilityInfoId, timeout }, headers: { location } };
	}

	poll(availabilityInfoId: string): Answer {
		const promised = this.#promised.get(availabilityInfoId);
		if (promised === undefined) return { status: 404, json: { message: "no such list" } };
		promised.polls -= 1;
		return promised.polls >= 0
			? ok({ computationComplete: false, pollingTimeout: this.#providers.promised?.timeout })
			: ok({ computationComplete: true, ...promised.list });
	}

	#list(cardSession: string, totalAmount: number): object {
		const { isDefault = false, list } = this.#providers;
		const message = amountError(this.#rules, cardSession, totalAmount);
		return {
			koshelekPayIsDefault: isDefault && message === undefined,
			paymentTypeAvailabilityInfoList:
				message === undefined
					? list
					: list.map(({ paymentType }) => ({ paymentType, available: false, message })),
		};
	}
}
