import { hash } from "node:crypto";

/**
 * SHA-256 (hexadecimal) of a wish without its `key`: tells whether a repeated key comes with the same body.
 * The order of the fields does not matter, the order of the items does.
 */
export function bodyHash(params: { readonly key: string }): string {
	const body = { ...params, key: undefined };
	return hash("sha256", JSON.stringify(body, sorted));
}

function sorted(_key: string, value: unknown): unknown {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
