import type { Database } from "./database.ts";

/**
 * The last entry of a journal's chain. Whoever keeps it can have proven later that nothing up to there was changed, taken
 * out or cut off.
 */
export type ChainHead = {
	/** How many entries the chain has. */
	readonly number: number;
	/** The first 16 hexadecimal digits of the entry's link. */
	readonly link: string;
};

/** How much of a link people are asked to keep. */
export const headDigits = 16;

/**
 * The head as it is now. `String(number)`, a colon and `link` are what `kassad journal verify --head` asks for.
 * @param reader a journal that is open for writing, or for reading alone.
 * @throws {FaultError} `journal-failed`
 */
export function headOf(reader: Pick<Database, "prepare" | "read">): ChainHead {
	const last = reader.prepare(
		"SELECT number, substr(hex(link), 1, ?) AS link FROM chain ORDER BY number DESC LIMIT 1",
	);
	const row = reader.read("read the head of the journal", () => last.get(headDigits));
	const { number = 0, link = "" } = (row ?? {}) as Partial<ChainHead>;
	return { number, link: link.toLowerCase() };
}
