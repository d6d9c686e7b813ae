import { hash, type KeyObject } from "node:crypto";

const blockBytes = 64;
const hashBytes = 32;

/**
 * HMAC-SHA-256 (RFC 2104) of many short texts by one key: two calls of a hash that needs no object. `createHmac` makes
 * one for each text, which costs more than the hashing.
 * @param key of at most 64 bytes, as all keys of the journal are.
 * @returns of a text, in pieces, its 32 bytes.
 */
export function keyedHash(key: KeyObject): (...pieces: readonly Uint8Array[]) => Buffer {
	const bytes = Buffer.alloc(blockBytes);
	key.export().copy(bytes);
	const inner = bytes.map((byte) => byte ^ 0x36);
	const outer = Buffer.concat([bytes.map((byte) => byte ^ 0x5c), Buffer.alloc(hashBytes)]);
	return (...pieces) => {
		hash("sha256", Buffer.concat([inner, ...pieces]), "buffer").copy(outer, blockBytes);
		return hash("sha256", outer, "buffer");
	};
}
