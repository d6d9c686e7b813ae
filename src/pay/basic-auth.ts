import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "../model/secret.ts";

const basic = /^basic +([a-z0-9+/]+={0,2}) *$/i;

/**
 * Tells whether an `Authorization` header holds this login and password (RFC 7617). However much of it is right,
 * the comparison takes the same time: digests are compared, so lengths tell nothing either.
 */
export function basicAuth(login: string, password: Secret): (authorization: string | undefined) => boolean {
	const expected = digest(Buffer.from(`${login}:${password.reveal()}`));
	return (authorization = "") => {
		const given = Buffer.from(basic.exec(authorization)?.[1] ?? "", "base64");
		return timingSafeEqual(digest(given), expected);
	};
}

function digest(bytes: Uint8Array): Buffer {
	return createHash("sha256").update(bytes).digest();
}
