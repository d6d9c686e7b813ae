import { createHash } from "node:crypto";

/** Ranges in which a byte stays when it is replaced: digits, letters by case, and the upper half as UTF-8 uses it. */
const ranges: readonly (readonly [number, number])[] = [
	[0x30, 0x39],
	[0x41, 0x5a],
	[0x61, 0x7a],
	[0x80, 0xbf],
	[0xc0, 0xdf],
	[0xe0, 0xef],
	[0xf0, 0xff],
];

const aimForm = /^\][A-Za-z][0-9A-Za-z]/;

/** What may stay of a read. */
export type Kept = {
	/** Code-ids that may stand in front instead of an AIM identifier, or null. */
	readonly codeIds: Readonly<Record<string, unknown>> | null;
	/** The first characters of the brands' cards, which are no secret. */
	readonly prefixes: readonly string[];
};

export type Veil = {
	/** The content with all but its first `keep` bytes replaced. The same content becomes the same again. */
	hide(content: Uint8Array, keep: number): Uint8Array;
	/** How many bytes in front of a content tell the kind of code and the brand, and may stay. */
	leading(content: Uint8Array): number;
	/** Random numbers of 16 bits, always the same for the same content. */
	numbers(content: Uint8Array, count: number): Uint16Array;
};

/**
 * Replaces the letters and digits of a read by random ones.
 *
 * What a character becomes depends on the whole content and on its place: one substitution for all reads would be
 * undone by the first product with a known number. A repeated read is still known as the same one.
 * @param key random and forgotten afterwards.
 */
export function veilOf(key: Uint8Array, { codeIds, prefixes }: Kept): Veil {
	const numbers = (content: Uint8Array, count: number) => {
		const drawn = createHash("shake256", { outputLength: 2 * count })
			.update(key)
			.update(content)
			.digest();
		return Uint16Array.from({ length: count }, (_, index) => drawn.readUInt16LE(2 * index));
	};
	return {
		numbers,
		hide: (content, keep) => {
			const drawn = numbers(content, content.length);
			return content.map((byte, index) => (index < keep ? byte : replaced(byte, drawn[index] ?? 0)));
		},
		leading: (content) => {
			const text = Buffer.from(content.subarray(0, 8)).toString("latin1");
			const id = aimForm.exec(text)?.[0].length ?? codeIdLength(text, codeIds);
			const prefix = prefixes.filter((prefix) => text.startsWith(prefix, id)).map(({ length }) => length);
			return id + Math.max(0, ...prefix);
		},
	};
}

/** Another byte of the same range, or itself where it is in none. */
function replaced(byte: number, drawn: number): number {
	const [least, most] = ranges.find(([least, most]) => byte >= least && byte <= most) ?? [byte, byte];
	return least + (drawn % (most - least + 1));
}

function codeIdLength(text: string, codeIds: Kept["codeIds"]): number {
	const lengths = Object.keys(codeIds ?? {}).filter((id) => text.startsWith(id));
	return Math.max(0, ...lengths.map(({ length }) => length));
}
