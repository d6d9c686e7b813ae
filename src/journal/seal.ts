import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { hmacBy } from "../model/hmac.ts";
import { Secret } from "../model/secret.ts";
import { journalFailure } from "./failure.ts";

/** Hides texts that must not be on disk in clear. */
export type Seal = {
	/** `about` binds the sealed bytes to their place: they open only with the same `about`. */
	close(text: Secret, about: string): Uint8Array;
	/** @throws {FaultError} `journal-failed` for another key, another place, or changed bytes. */
	open(sealed: Uint8Array, about: string): Secret;
	/** 32 bytes that are the same for the same text and `about`, and do not tell the text. */
	mark(text: Secret, about: string): Uint8Array;
};

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Random nonces; to ask for many at once takes no longer than for one. */
function nonces(): () => Uint8Array {
	const many = 256;
	let pool = randomBytes(many * nonceBytes);
	let used = 0;
	return () => {
		if (used === many) {
			pool = randomBytes(many * nonceBytes);
			used = 0;
		}
		used += 1;
		return pool.subarray((used - 1) * nonceBytes, used * nonceBytes);
	};
}

/**
 * Seals with AES-256-GCM (NIST SP 800-38D). Sealed bytes: nonce (12), tag (16), then the hidden text.
 * Marks with HMAC-SHA-256, by a key of its own that HKDF (RFC 5869) derives.
 */
export function sealWith(key: KeyObject): Seal {
	const nextNonce = nonces();
	const mac = hmacBy("SHA256", Buffer.from(hkdfSync("sha256", key, "", "marks of kassad's journal", 32)));
	return {
		close: (text, about) => {
			const nonce = nextNonce();
			const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(about));
			const hidden = Buffer.concat([cipher.update(text.reveal(), "utf8"), cipher.final()]);
			return Buffer.concat([nonce, cipher.getAuthTag(), hidden]);
		},
		open: (sealed, about) => {
			try {
				const nonce = sealed.subarray(0, nonceBytes);
				const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
				const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
					.setAAD(Buffer.from(about))
					.setAuthTag(tag);
				const hidden = sealed.subarray(nonceBytes + tagBytes);
				return new Secret(Buffer.concat([decipher.update(hidden), decipher.final()]).toString("utf8"));
			} catch {
				throw journalFailure(
					`unseal ${about}`,
					"it was sealed with another key, or its bytes have changed",
					"Put back the journal.key that belongs to this journal.db.",
				);
			}
		},
		mark: (text, about) => mac(Buffer.from(JSON.stringify([about, text.reveal()]))),
	};
}
