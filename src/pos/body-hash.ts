import { hash } from "node:crypto";

/**
 * SHA-256 (hexadecimal) of a wish without its `key`: tells whether a repeated key comes with the same body.
 * The order of the fields does not matter, the order of the items does.
 */
export function bodyHash(params: { readonly key: string }): string {
	return hash("sha256", JSON.stringify(sorted({ ...params, key: undefined })));
}

/** A copy: to be asked for each value while it is written takes `JSON.stringify` longer. */
function sorted(value: unknown): unknown {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(sorted);
	const fields = value as Readonly<Record<string, unknown>>;
	const names = Object.keys(fields).sort();
	return Object.fromEntries(names.map((name) => [name, sorted(fields[name])]));
}
