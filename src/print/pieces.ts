import type { Clock } from "../model/clock.ts";
import type { Port } from "../model/device.ts";
import { within } from "./deadline.ts";
import { oneByOne } from "./one-by-one.ts";
import { wordsOf } from "./words.ts";

/** Bytes given to the system at once: all that is held for a printer that does not read. */
const pieceBytes = 4_096;

/** Why bytes were not all taken, in words; and whether the system was given any of them. */
export type Unsent = { readonly why: string; readonly begun: boolean };

/** Asked when a piece was not taken in time: true waits for it as long again. */
export type Patience = () => Promise<boolean>;

/** Writes bytes in pieces, each within `ms` of the one before it. Undefined when the system has taken every byte. */
export type PieceWriter = (bytes: Uint8Array, ms: number, patience?: Patience) => Promise<Unsent | undefined>;

const never: Patience = async () => false;

/**
 * A piece waits for the one before it, also when that was given up: however long a printer does not read, one piece
 * is held for it. Calls are served in their order, and the bytes of one are never mixed with those of another.
 */
export function pieceWriter(port: Pick<Port, "write">, clock: Clock): PieceWriter {
	let held: Promise<{ readonly failure?: string }> = Promise.resolve({});
	const inOrder = oneByOne();

	/** Why the system has not taken the piece that it was given last. */
	const untaken = async (ms: number, patience: Patience) => {
		for (;;) {
			const taken = await within(ms, clock, held);
			if (taken !== undefined) return taken.failure;
			if (!(await patience())) return `the printer took nothing for ${ms} ms`;
		}
	};
	const write: PieceWriter = async (bytes, ms, patience = never) => {
		for (let at = 0; at < bytes.length; at += pieceBytes) {
			const before = await untaken(ms, patience);
			if (before !== undefined) return { why: before, begun: at > 0 };
			held = written(port, bytes.subarray(at, at + pieceBytes));
		}
		const why = await untaken(ms, patience);
		return why === undefined ? undefined : { why, begun: bytes.length > 0 };
	};
	return (bytes, ms, patience) => inOrder(() => write(bytes, ms, patience));
}

async function written(port: Pick<Port, "write">, piece: Uint8Array): Promise<{ failure?: string }> {
	try {
		await port.write(piece);
		return {};
	} catch (error) {
		return { failure: wordsOf(error) };
	}
}
