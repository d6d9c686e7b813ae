import type { Ambient } from "./ambient.ts";
import { type Answer, ok } from "./answers.ts";
import type { ProvidersRequest } from "./requests.ts";

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

/** Answers questions for ways to pay, at once or by a promise. */
export class Waiting {
	readonly #providers: Providers;
	readonly #ambient: Ambient;
	/** Polls that each promised list still needs. */
	readonly #promised = new Map<string, number>();

	constructor(providers: Providers, ambient: Ambient) {
		this.#providers = providers;
		this.#ambient = ambient;
	}

	ask({ requestId }: ProvidersRequest): Answer {
		const { promised } = this.#providers;
		if (promised === undefined) return ok({ requestId, ...this.#list() });
		const availabilityInfoId = this.#ambient.newId();
		this.#promised.set(availabilityInfoId, promised.polls);
		const location = `/api/v1/merchant/availability-info/${availabilityInfoId}`;
		return {
			status: 201,
			json: { requestId, availabilityInfoId, timeout: promised.timeout },
			headers: { location },
		};
	}

	poll(availabilityInfoId: string): Answer {
		const left = this.#promised.get(availabilityInfoId);
		if (left === undefined) return { status: 404, json: { message: "no such list" } };
		this.#promised.set(availabilityInfoId, left - 1);
		if (left > 0) {
			return ok({ computationComplete: false, pollingTimeout: this.#providers.promised?.timeout });
		}
		return ok({ computationComplete: true, ...this.#list() });
	}

	#list(): object {
		const { isDefault = false, list } = this.#providers;
		return { koshelekPayIsDefault: isDefault, paymentTypeAvailabilityInfoList: list };
	}
}
