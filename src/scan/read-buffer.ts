/**
 * Collects one read byte by byte and looks for marks at its end.
 *
 * Memory is bounded: of a read that has outgrown `mostBytes` only a tail is kept, enough to find the mark that ends it.
 * The mark that ended the read before stays in front, because a longer mark may go on from it: CR, and later LF.
 */
export class ReadBuffer {
	readonly #bytes: Uint8Array;
	readonly #mostBytes: number;
	readonly #mostMarkBytes: number;
	#length = 0;
	/** Of these, the bytes in front that are the mark before. */
	#markLength = 0;
	#forgotten = 0;

	constructor(mostBytes: number, mostMarkBytes: number) {
		this.#mostBytes = mostBytes;
		this.#mostMarkBytes = mostMarkBytes;
		this.#bytes = new Uint8Array(mostBytes + 2 * mostMarkBytes + 1);
	}

	/** Bytes of this read, those forgotten included. */
	get length(): number {
		return this.#forgotten + this.#kept;
	}

	/** Whether the read is too long even if the longest of marks ends it here. */
	get full(): boolean {
		return this.#kept > this.#mostBytes + this.#mostMarkBytes;
	}

	add(byte: number): void {
		this.#bytes[this.#length] = byte;
		this.#length += 1;
	}

	/** Whether the read ends with this mark. */
	endsWith(mark: readonly number[]): boolean {
		return mark.length <= this.#kept && this.#isAt(this.#length - mark.length, mark);
	}

	/** Whether the mark before and all bytes since are together this mark. */
	goesOnAs(mark: readonly number[]): boolean {
		return this.#markLength > 0 && mark.length === this.#length && this.#isAt(0, mark);
	}

	/** A copy of the read without its last `markLength` bytes. */
	content(markLength: number): Uint8Array {
		return this.#bytes.slice(this.#markLength, this.#length - markLength);
	}

	/** Begins the next read. */
	startAfter(mark: readonly number[]): void {
		this.#bytes.set(mark);
		this.#length = mark.length;
		this.#markLength = mark.length;
		this.#forgotten = 0;
	}

	/** Forgets all but what can be a mark or the beginning of one. */
	forget(): void {
		const total = this.length;
		const tail = Math.min(this.#kept, this.#mostMarkBytes);
		this.#bytes.copyWithin(0, this.#length - tail, this.#length);
		this.#length = tail;
		this.#markLength = 0;
		this.#forgotten = total - tail;
	}

	get #kept(): number {
		return this.#length - this.#markLength;
	}

	/** Asked for every byte and mark: `every` and a function of its own would take most of a noisy line's time. */
	#isAt(from: number, mark: readonly number[]): boolean {
		for (let index = mark.length - 1; index >= 0; index -= 1) {
			if (this.#bytes[from + index] !== mark[index]) return false;
		}
		return true;
	}
}
