/**
 * Why a picture was not decoded. `too-large`: more bytes or pixels than the settings allow. `unreadable`: damaged, or
 * a kind of picture that is not decoded here. `too-slow`: not done within the deadline. `too-many`: others wait
 * already. `failed`: the decoder itself cannot run. `closed`: the decoder was closed.
 */
export type RefusedWhy = "too-large" | "unreadable" | "too-slow" | "too-many" | "failed" | "closed";

/** No decoding of a picture; that it holds no code is no refusal. */
export class PictureRefused extends Error {
	readonly why: RefusedWhy;
	/** For the technician: fixed words, nothing of the picture. */
	readonly detail: string;

	constructor(why: RefusedWhy, detail: string) {
		super(`${why}: ${detail}`);
		this.name = "PictureRefused";
		this.why = why;
		this.detail = detail;
	}
}
