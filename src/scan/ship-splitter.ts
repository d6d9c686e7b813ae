import type { Discarded, Picture } from "../model/read.ts";
import type { ShipLanguage, ShipSight } from "./ship-parser.ts";

/** What a splitter makes of the bytes, in their order. */
export type ShipTold = {
	rest(bytes: Uint8Array): void;
	picture(picture: Picture): void;
	discarded(cut: Discarded): void;
};

/** How long bytes may pause, ms; `doubtMs` at what only looks like the beginning of a picture. */
export type ShipPauses = { readonly gapMs: number; readonly answerMs: number; readonly doubtMs: number };

/** Splits bytes into pictures and the rest; it knows no time, a pause is told to it. Holds a picture's bytes at most. */
export class ShipSplitter {
	readonly #language: ShipLanguage;
	readonly #mostBytes: number;
	readonly #pauses: ShipPauses;
	readonly #tell: ShipTold;
	/** Pieces that are not judged yet, and how many bytes they have. */
	#pieces: Uint8Array[] = [];
	#length = 0;
	#coming: Extract<ShipSight, { type: "picture" }> | undefined;
	/** How many pictures were asked for that have not come. */
	#asked = 0;

	constructor(language: ShipLanguage, mostBytes: number, pauses: ShipPauses, tell: ShipTold) {
		this.#language = language;
		this.#mostBytes = mostBytes;
		this.#pauses = pauses;
		this.#tell = tell;
	}

	/** For how many ms the bytes may pause now, or undefined when a pause means nothing. */
	get patienceMs(): number | undefined {
		const { gapMs, answerMs, doubtMs } = this.#pauses;
		if (this.#coming !== undefined) return gapMs;
		if (this.#length > 0) return this.#asked > 0 ? gapMs : doubtMs;
		return this.#asked > 0 ? answerMs : undefined;
	}

	/** A picture was asked for. */
	ask(): void {
		this.#asked += 1;
	}

	take(bytes: Uint8Array): void {
		if (bytes.length === 0) return;
		this.#pieces.push(bytes);
		this.#length += bytes.length;
		if (this.#length >= (this.#coming?.length ?? 0)) this.#judge(this.#held());
	}

	/** Nothing has come for `patienceMs`. */
	pause(): void {
		this.#asked = 0;
		this.#letGo();
	}

	/** Nothing will come any more. */
	end(): void {
		this.pause();
	}

	#held(): Uint8Array {
		const held = this.#pieces.length === 1 ? this.#pieces[0] : undefined;
		return held ?? Uint8Array.from(Buffer.concat(this.#pieces));
	}

	#judge(all: Uint8Array): void {
		let held = all;
		while (held.length > 0) {
			this.#coming ??= this.#sight(held);
			if (this.#coming !== undefined && held.length >= this.#coming.length) {
				const { length, picture } = this.#coming;
				this.#coming = undefined;
				this.#answered();
				this.#finish(picture(held.slice(0, length)), length);
				held = held.subarray(length);
				continue;
			}
			const left = this.#coming === undefined ? this.#pass(held) : held;
			if (left.length === held.length) break;
			held = left;
		}
		this.#pieces = held.length > 0 ? [held] : [];
		this.#length = held.length;
	}

	#sight(held: Uint8Array): Extract<ShipSight, { type: "picture" }> | undefined {
		const sight = this.#language(held, this.#asked > 0, this.#mostBytes);
		return sight.type === "picture" ? sight : undefined;
	}

	/** Lets ordinary bytes and echoes go; returns what is still in doubt. */
	#pass(held: Uint8Array): Uint8Array {
		let ordinary = 0;
		let sight: ShipSight = { type: "doubt" };
		while (ordinary < held.length) {
			sight = this.#language(held.subarray(ordinary), this.#asked > 0, this.#mostBytes);
			if (sight.type !== "rest") break;
			ordinary += sight.length;
		}
		if (ordinary > 0) this.#tell.rest(held.subarray(0, ordinary));
		if (ordinary === held.length || sight.type !== "skip") return held.subarray(ordinary);
		if (sight.told) {
			this.#answered();
			this.#tell.discarded({ kind: "discarded", length: sight.length, why: "not-a-read" });
		}
		return held.subarray(ordinary + sight.length);
	}

	/** A picture may also come unasked. */
	#answered(): void {
		this.#asked = Math.max(0, this.#asked - 1);
	}

	#finish(picture: Picture | undefined, length: number): void {
		if (picture !== undefined) this.#tell.picture(picture);
		else this.#tell.discarded({ kind: "discarded", length, why: "not-a-read" });
	}

	/** What is held was no picture: the beginning of one is unfinished, anything else is ordinary. */
	#letGo(): void {
		const held = this.#held();
		const coming = this.#coming !== undefined;
		this.#pieces = [];
		this.#length = 0;
		this.#coming = undefined;
		if (held.length === 0) return;
		if (coming) this.#tell.discarded({ kind: "discarded", length: held.length, why: "unfinished" });
		else this.#tell.rest(held);
	}
}
