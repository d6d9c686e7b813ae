import type { Soundness } from "./soundness.ts";

/** Deeds that wait for a transaction to be done in. */
export type Jottings = {
	readonly isEmpty: boolean;
	add(deed: string, work: () => void): void;
	/** Inside a transaction. @throws {FaultError} `journal-failed`; then the journal is in doubt. */
	doAll(): void;
	/** Nothing more is done. */
	forget(): void;
};

/** @param atTurnsEnd is called at the end of a turn in which something was added. */
export function openJottings(settle: Soundness["settle"], atTurnsEnd: () => void): Jottings {
	let waiting: { readonly deed: string; readonly work: () => void }[] = [];
	let planned: NodeJS.Immediate | undefined;
	const taken = () => {
		const all = waiting;
		waiting = [];
		clearImmediate(planned);
		planned = undefined;
		return all;
	};
	return {
		get isEmpty() {
			return waiting.length === 0;
		},
		add: (deed, work) => {
			waiting.push({ deed, work });
			planned ??= setImmediate(atTurnsEnd);
		},
		doAll: () => {
			for (const { deed, work } of taken()) settle(deed, work);
		},
		forget: () => void taken(),
	};
}
