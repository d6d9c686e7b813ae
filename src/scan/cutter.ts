import type { Cut, Discarded } from "../model/read.ts";
import { ReadBuffer } from "./read-buffer.ts";

/** What comes of a line that carries nothing but reads. */
export type LineCut = Exclude<Cut, { readonly kind: "picture" }>;

/** Marks around a read. Without a start mark a read begins where the one before ended. */
type Marks = {
	readonly start: readonly number[];
	/** An empty mark fits anywhere: only a pause ends the read. */
	readonly ends: readonly (readonly number[])[];
	/** Whether a mark counts only when a pause follows it. */
	readonly pauseFollows: boolean;
};

/** Cuts reads out of bytes; it knows no time, a pause is told to it. */
export class Cutter {
	readonly #start: readonly number[];
	/** Longest first. */
	readonly #ends: readonly (readonly number[])[];
	readonly #pauseFollows: boolean;
	readonly #mostBytes: number;
	readonly #tell: (cut: LineCut) => void;
	readonly #buffer: ReadBuffer;
	readonly #isThere = (end: readonly number[]) => this.#buffer.goesOnAs(end) || this.#buffer.endsWith(end);
	#inRead: boolean;
	/** How many bytes of what the buffer counts were told as discarded already. */
	#told = 0;

	constructor({ start, ends, pauseFollows }: Marks, mostBytes: number, tell: (cut: LineCut) => void) {
		this.#start = start;
		this.#ends = ends.toSorted((one, other) => other.length - one.length);
		this.#pauseFollows = pauseFollows;
		this.#mostBytes = mostBytes;
		this.#tell = tell;
		this.#buffer = new ReadBuffer(mostBytes, Math.max(1, start.length, ...ends.map(({ length }) => length)));
		this.#inRead = start.length === 0;
	}

	take(bytes: Uint8Array): void {
		for (const byte of bytes) {
			this.#buffer.add(byte);
			if (!this.#inRead) this.#seekStart();
			else if (!this.#pauseFollows) this.#cutAt(this.#ends);
			if (this.#buffer.full) this.#overflow();
		}
	}

	/** Nothing has come for a while. */
	pause(): void {
		if (this.#inRead) this.#cutAt(this.#ends);
	}

	/** Nothing will come any more. Half a read is never a read; one with its end mark is, even before the pause. */
	end(): void {
		if (this.#inRead) this.#cutAt(this.#ends.filter(({ length }) => length > 0));
		const whyInRead = this.#told > 0 ? "too-long" : "unfinished";
		this.#discard(this.#buffer.length, this.#inRead ? whyInRead : "between-frames");
	}

	#seekStart(): void {
		if (this.#buffer.endsWith(this.#start)) {
			this.#discard(this.#buffer.length - this.#start.length, "between-frames");
			this.#begin([], true);
			return;
		}
		const longer = this.#ends.find((mark) => this.#buffer.goesOnAs(mark));
		if (longer !== undefined) this.#begin(longer, false);
	}

	#cutAt(ends: readonly (readonly number[])[]): void {
		const mark = ends.find(this.#isThere);
		if (mark === undefined) return;
		const length = this.#buffer.length - mark.length;
		if (length > this.#mostBytes) this.#discard(length, "too-long");
		else if (length > 0) this.#tell({ kind: "frame", bytes: this.#buffer.content(mark.length) });
		this.#begin(mark, this.#start.length === 0);
	}

	#begin(mark: readonly number[], inRead: boolean): void {
		this.#buffer.startAfter(mark);
		this.#inRead = inRead;
		this.#told = 0;
	}

	/** Told once while it lasts, so that a wrong mark in the settings shows at once; the rest is told at its end. */
	#overflow(): void {
		this.#buffer.forget();
		if (this.#told > 0) return;
		this.#discard(this.#buffer.length, this.#inRead ? "too-long" : "between-frames");
		this.#told = this.#buffer.length;
	}

	/** Tells of discarded bytes: of `length`, those that were not told yet. */
	#discard(length: number, why: Discarded["why"]): void {
		if (length > this.#told) this.#tell({ kind: "discarded", length: length - this.#told, why });
	}
}
