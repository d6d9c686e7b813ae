import type { Database } from "./database.ts";

/** The numbers of events: rising over restarts, none given twice. */
type Numbers = {
	/** Reserves more numbers when few are left; not inside a transaction. */
	ready(): void;
	/** Reserves a whole block; a small commit of its own. */
	reserve(): void;
	/** The next number. `ready` must have been called since the last few. */
	next(): number;
	/** The last number given. */
	last(): number;
};

const block = 1_000;
const few = 100;

/**
 * Numbers are reserved on disk in blocks, so that an event which is not kept costs no commit. After a restart
 * counting goes on behind the reserved block: numbers are skipped, never repeated.
 */
export function openNumbers(database: Database): Numbers {
	const write = database.prepare("UPDATE marks SET events_reserved = ?");
	const read = database.prepare("SELECT events_reserved AS reserved FROM marks");
	let { reserved } = read.get() as { reserved: number };
	let last = reserved;

	const reserve = () => {
		database.defer("reserve numbers for events", () => write.run(last + block));
		reserved = last + block;
	};
	return {
		reserve,
		ready: () => {
			if (reserved - last < few) reserve();
		},
		next: () => {
			last += 1;
			return last;
		},
		last: () => last,
	};
}
