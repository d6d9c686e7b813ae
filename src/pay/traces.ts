/** So many bytes are looked at together; each text has at least so many. */
export const traceLength = 6;
/** Of each byte in a mark: when a seventh comes, the first has been pushed out of its 32 bits. */
const shift = 6;

/**
 * Tells in one pass over some bytes whether any of many texts may stand in them, however many the texts are: they are
 * known by their last bytes, as in the search of Karp and Rabin (IBM Journal of Research and Development 31, 1987).
 * Looked for one after the other, two hundred texts took a thirtieth of all the time of a payment.
 */
export class Traces {
	/** How many texts end in a mark. */
	readonly #marks = new Map<number, number>();

	/**
	 * @param text of at least `traceLength` bytes.
	 * @returns its mark, to take it back.
	 */
	add(text: string): number {
		const bytes = Buffer.from(text);
		let mark = 0;
		for (let at = bytes.length - traceLength; at < bytes.length; at += 1) mark = next(mark, bytes[at]);
		this.#marks.set(mark, (this.#marks.get(mark) ?? 0) + 1);
		return mark;
	}

	/** Takes back what was added. */
	remove(mark: number): void {
		const left = (this.#marks.get(mark) ?? 0) - 1;
		if (left > 0) this.#marks.set(mark, left);
		else this.#marks.delete(mark);
	}

	/** Never false when one of the texts stands in the bytes; seldom true when none does. */
	mayBeIn(bytes: Uint8Array): boolean {
		let mark = 0;
		for (let at = 0; at < bytes.length; at += 1) {
			mark = next(mark, bytes[at]);
			if (this.#marks.has(mark)) return true;
		}
		return false;
	}
}

const next = (mark: number, byte = 0) => (mark << shift) ^ byte;
