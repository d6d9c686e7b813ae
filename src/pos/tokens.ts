import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Secret } from "../model/secret.ts";

/** A token by which a program comes in, and the name that it has in the log. */
export type NamedToken = { readonly name: string; readonly token: Secret };

/** The name of the token that was said, or undefined. */
export type TokenCheck = (said: string) => string | undefined;

/**
 * Compares in a time that tells nothing of how much was right, nor of which token it is: digests of one length, under
 * a key of this process, and all of them every time.
 */
export function tokenCheck(tokens: readonly NamedToken[]): TokenCheck {
	const key = randomBytes(32);
	const digest = (text: string) => createHmac("sha256", key).update(text).digest();
	const known = tokens.map(({ name, token }) => ({ name, digest: digest(token.reveal()) }));
	return (said) => {
		const given = digest(said);
		let found: string | undefined;
		for (const each of known) if (timingSafeEqual(each.digest, given)) found = each.name;
		return found;
	};
}
