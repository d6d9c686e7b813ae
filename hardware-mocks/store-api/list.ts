import { randomUUID } from "node:crypto";
import { z } from "zod";

/** What the mock looks at; the rest of a store is kept as it came. */
const store = z.looseObject({ storeNumber: z.string().min(1), legalId: z.guid(), city: z.string().min(1) });

const request = z.strictObject({ brandId: z.guid(), stores: z.array(store).min(1) });

export type KeptStore = z.infer<typeof store> & { readonly storeId: string };

export type ListAnswer = { readonly status: number; readonly body?: object };

/**
 * The list of stores of all brands. The public part of the document (Store API 1.0.0) names neither the answers nor
 * the codes of refusals: these are made up, in the manner of the Pay API.
 */
export class StoreList {
	readonly #brands = new Map<string, Map<string, KeptStore>>();

	/** Takes all stores of the request, or none. */
	change(call: "add" | "update", body: unknown): ListAnswer {
		const asked = request.safeParse(body);
		if (!asked.success) return refusal("VALIDATION_FAILED", z.prettifyError(asked.error));
		const { brandId, stores } = asked.data;
		const kept = this.#brands.get(brandId) ?? new Map<string, KeptStore>();
		const wrong = stores.find(({ storeNumber }) => kept.has(storeNumber) === (call === "add"));
		if (wrong !== undefined) {
			return call === "add"
				? refusal("STORE_ALREADY_EXISTS", `Магазин ${wrong.storeNumber} уже есть`)
				: refusal("STORE_NOT_FOUND", `Магазина ${wrong.storeNumber} нет`);
		}
		for (const store of stores) {
			const storeId = kept.get(store.storeNumber)?.storeId ?? randomUUID();
			kept.set(store.storeNumber, { status: "ACTIVE", ...store, storeId });
		}
		this.#brands.set(brandId, kept);
		return { status: 200, body: { stores: stores.map(({ storeNumber }) => kept.get(storeNumber)) } };
	}

	of(brandId: string): readonly KeptStore[] {
		return [...(this.#brands.get(brandId)?.values() ?? [])];
	}
}

function refusal(code: string, details: string): ListAnswer {
	return { status: 422, body: { code, details } };
}
