import { z } from "zod";

/** A store as the server knows it: its number and whatever else it tells. */
const registered = z.looseObject({ storeNumber: z.string() });

export type RegisteredStore = z.infer<typeof registered>;

/** Not public, so both plain forms are taken: the list itself, or a map that holds it. */
const answer = z.union([
	z.array(registered),
	z.looseObject({ stores: z.array(registered) }).transform(({ stores }) => stores),
]);

/** The stores in the answer to `list`, or undefined when it is not understood. */
export function registeredStores(json: unknown): RegisteredStore[] | undefined {
	return answer.safeParse(json).data;
}
