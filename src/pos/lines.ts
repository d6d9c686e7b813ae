import { isUtf8 } from "node:buffer";

/** What stands before a line feed, or why it cannot be read. */
export type Line =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "not-utf8" }
	| { readonly kind: "too-long" };

const lineFeed = 0x0a;
const nothing = Buffer.alloc(0);

/**
 * Cuts arriving bytes into lines of at most `mostBytes` (without their line feed), whatever the sender does. Empty
 * lines are none.
 */
export class LineCutter {
	readonly #mostBytes: number;
	#held = nothing;
	#length = 0;

	constructor(mostBytes: number) {
		this.#mostBytes = mostBytes;
	}

	/** Memory taken by the unfinished line, bytes; never above `mostBytes`. */
	get heldBytes(): number {
		return this.#held.length;
	}

	/** The lines that `chunk` finishes. `too-long` is the last one: where the next line begins is not known. */
	*push(chunk: Buffer): Generator<Line> {
		let start = this.#length === 0 ? afterEmptyLines(chunk, 0) : 0;
		for (let end = chunk.indexOf(lineFeed, start); end >= 0; end = chunk.indexOf(lineFeed, start)) {
			const line = this.#finish(chunk.subarray(start, end));
			yield line;
			if (line.kind === "too-long") return;
			start = afterEmptyLines(chunk, end + 1);
		}
		if (start < chunk.length && !this.#hold(chunk.subarray(start))) yield { kind: "too-long" };
	}

	#finish(tail: Buffer): Line {
		// The usual line arrives whole and is read where it lies.
		const whole = this.#length === 0;
		if (whole ? tail.length > this.#mostBytes : !this.#hold(tail)) return { kind: "too-long" };
		const bytes = whole ? tail : this.#held.subarray(0, this.#length);
		this.#forget();
		return lineOf(bytes);
	}

	/** Adds to the unfinished line; false when that would be too long. */
	#hold(tail: Buffer): boolean {
		const length = this.#length + tail.length;
		if (length > this.#mostBytes) {
			this.#forget();
			return false;
		}
		if (length > this.#held.length) this.#grow(length);
		tail.copy(this.#held, this.#length);
		this.#length = length;
		return true;
	}

	/** Doubles, so that a line arriving byte by byte is copied a few times and not once per byte. */
	#grow(least: number): void {
		const size = Math.min(this.#mostBytes, Math.max(least, 2 * this.#held.length));
		const grown = Buffer.allocUnsafeSlow(size);
		this.#held.copy(grown, 0, 0, this.#length);
		this.#held = grown;
	}

	#forget(): void {
		this.#held = nothing;
		this.#length = 0;
	}
}

/** What these bytes say. */
export function lineOf(bytes: Buffer): Line {
	return isUtf8(bytes) ? { kind: "text", text: bytes.toString("utf8") } : { kind: "not-utf8" };
}

/** Where the next line begins. Byte by byte: a chunk of bare line feeds costs next to nothing. */
function afterEmptyLines(chunk: Buffer, from: number): number {
	let start = from;
	while (chunk[start] === lineFeed) start += 1;
	return start;
}
