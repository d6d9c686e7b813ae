import { createHmac } from "node:crypto";

/** What is agreed for the passwords of one brand, in the words of `init`. */
export type Agreement = {
	/** Of HMAC, such as `HmacSHA256`. */
	readonly hash: string;
	/** Seconds that a password lives. */
	readonly interval: number;
	readonly passLength: number;
};

/** HMAC by the agreed hash. */
export function hmac({ hash }: Agreement, key: Uint8Array, text: string | Uint8Array): Buffer {
	return createHmac(hash.replace("Hmac", ""), key).update(text).digest();
}

/** The number of the step that the moment `now` (ms since 1970) is in: RFC 6238, section 4.2. */
export function stepAt({ interval }: Agreement, now: number): number {
	return Math.floor(now / 1_000 / interval);
}

/** The password of a step: RFC 4226, section 5.3. */
export function passwordOf(agreement: Agreement, key: Uint8Array, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = hmac(agreement, key, counter);
	// The last four bits say where 31 bits are taken from.
	const code = mac.readUInt32BE(mac.readUInt8(mac.length - 1) & 0x0f) & 0x7fff_ffff;
	return (code % 10 ** agreement.passLength).toString().padStart(agreement.passLength, "0");
}
