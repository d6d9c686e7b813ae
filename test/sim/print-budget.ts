/** Zero bytes in a row that count; what ends a broken command is some thousands of them, and no life shall be that. */
const mostZeros = 8;

/** How many bytes of a till may reach a printer. */
export class PrintBudget {
	#left: number;
	#zeros = 0;
	#passed = 0;

	constructor(bytes: number) {
		this.#left = bytes;
	}

	/** How many have passed, of those that count. */
	get passed(): number {
		return this.#passed;
	}

	/** How many of these may pass. */
	take(bytes: Uint8Array): number {
		for (const [index, byte] of bytes.entries()) {
			this.#zeros = byte === 0 ? this.#zeros + 1 : 0;
			if (this.#zeros > mostZeros) continue;
			if (this.#left <= 0) return index;
			this.#left -= 1;
			this.#passed += 1;
		}
		return bytes.length;
	}
}

/** Numbers of bytes after which a print can break off: so many, and those that end what broke off before. */
export function offsetsOf(bytes: number, step: number): number[] {
	return Array.from({ length: Math.ceil((bytes + mostZeros) / step) }, (_, index) => index * step);
}
