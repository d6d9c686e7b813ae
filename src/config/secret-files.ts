import type { Finding } from "./findings.ts";

/** A file with a secret in it that the settings name. */
type SecretFile = { readonly path: string; readonly place: Finding["path"] };

/** Every `{file: path}` and every `keyFile: path` within the settings, wherever they stand; paths as written there. */
export function secretFiles(value: unknown, place: Finding["path"] = []): SecretFile[] {
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const here = [...place, key];
		if (typeof inner !== "string") return secretFiles(inner, here);
		if (key === "keyFile") return [{ path: inner, place: here }];
		return key === "file" && Object.keys(value).length === 1 ? [{ path: inner, place }] : [];
	});
}
