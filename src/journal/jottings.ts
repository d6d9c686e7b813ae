/** A deed that waits for a transaction to be done in. */
type Jotting = { readonly deed: string; readonly work: () => void };

/** Deeds that wait for a transaction. */
export type Jottings = {
	readonly isEmpty: boolean;
	add(deed: string, work: () => void): void;
	/** All of them, in their order; the caller does them. */
	take(): Jotting[];
};

/** @param atTurnsEnd is called at the end of a turn in which something was added. */
export function openJottings(atTurnsEnd: () => void): Jottings {
	let waiting: Jotting[] = [];
	let planned: NodeJS.Immediate | undefined;
	return {
		get isEmpty() {
			return waiting.length === 0;
		},
		add: (deed, work) => {
			waiting.push({ deed, work });
			planned ??= setImmediate(atTurnsEnd);
		},
		take: () => {
			const all = waiting;
			waiting = [];
			clearImmediate(planned);
			planned = undefined;
			return all;
		},
	};
}
