import type { z } from "zod";
import { bodyHash } from "./body-hash.ts";
import { check } from "./check.ts";

/** A wish with a key: its method also gets the hash that tells whether a repeat is the same wish. */
export function withHash<Wish extends { readonly key: string }>(
	schema: z.ZodType<Wish>,
	method: (wish: Wish, hash: string) => Promise<object>,
): (params: unknown) => Promise<object> {
	return (params) => {
		const wish = check(schema, params);
		return method(wish, bodyHash(wish));
	};
}
