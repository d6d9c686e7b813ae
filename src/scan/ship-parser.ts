import type { PictureShipping } from "../model/device.ts";
import type { Picture } from "../model/read.ts";

/** How pictures come between the reads of a line; SSI has packets of its own. */
export type LineShipping = Exclude<PictureShipping, { readonly by: "ssi" }>;

/** What a parser says about the bytes at the front of what is held. */
export type ShipSight =
	/** The first `length` bytes are ordinary. */
	| { readonly type: "rest"; readonly length: number }
	/** The first `length` bytes are of no use to anyone: an echo, a refusal. */
	| { readonly type: "skip"; readonly length: number; readonly told: boolean }
	/** A picture of this many bytes in all; `picture` makes it of them, or nothing. */
	| { readonly type: "picture"; readonly length: number; picture(whole: Uint8Array): Picture | undefined }
	/** It may become something: more bytes will tell. */
	| { readonly type: "doubt" };

/** A way of shipping: judges the front of the bytes, never empty. `asked`: a picture was asked for and has not come. */
export type ShipLanguage = (held: Uint8Array, asked: boolean, mostBytes: number) => ShipSight;

/** How many bytes in front can be no beginning of `first`; all when it is not there. */
export function bytesBefore(held: Uint8Array, ...firsts: readonly number[]): number {
	const at = held.findIndex((byte) => firsts.includes(byte));
	return at === -1 ? held.length : at;
}
