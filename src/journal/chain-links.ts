import { hkdfSync, type KeyObject } from "node:crypto";
import { hmacBy } from "../model/hmac.ts";

/** One step of the chain: what it tells of which row. Numbers may be read as bigint. */
export type ChainEntry = {
	readonly number: number | bigint;
	/** Wall-clock ms. */
	readonly at: number | bigint;
	/** A table, or `journal`. */
	readonly part: string;
	/** The number of a row of that table. */
	readonly row: number | bigint;
	readonly deed: string;
	/** Of the row as it is from then on; null where it is gone. */
	readonly digest: Uint8Array | null;
};

export type ChainLinks = {
	/** 32 bytes of a row's text; without the key they tell nothing of it. */
	digest(part: string, text: Uint8Array): Buffer;
	/** 32 bytes of an entry and the link before it, which is null for the first. */
	link(previous: Uint8Array | null, entry: ChainEntry): Buffer;
};

/** HMAC-SHA-256 by a key of its own, which HKDF (RFC 5869) derives from the key of the journal. */
export function chainLinks(key: KeyObject): ChainLinks {
	const mac = hmacBy("SHA256", Buffer.from(hkdfSync("sha256", key, "", "chain of kassad's journal", 32)));
	return {
		digest: (part, text) => {
			return mac(Buffer.concat([Buffer.from(JSON.stringify(["row", part])), text]));
		},
		link: (previous, { number, at, part, row, deed, digest }) => {
			const words = [hex(previous), String(number), String(at), part, String(row), deed, hex(digest)];
			return mac(Buffer.from(JSON.stringify(words)));
		},
	};
}

const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString("hex");
