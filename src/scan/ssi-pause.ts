/** Tells of a pause. */
export type PauseWatch = {
	/** Something came: the pause begins now. */
	restart(): void;
	stop(): void;
};

/**
 * Tells of a pause of `pauseMs` after the last `restart`. A timer that is very late proves a stall of this process,
 * not a pause of the scanner: bytes may be waiting unread, so the pause begins again.
 */
export function pauseWatch(pauseMs: number, tell: () => void): PauseWatch {
	let timer: NodeJS.Timeout | undefined;
	const stop = () => clearTimeout(timer);
	const restart = () => {
		stop();
		const due = performance.now() + pauseMs;
		timer = setTimeout(() => (performance.now() - due > pauseMs ? restart() : tell()), pauseMs);
	};
	return { restart, stop };
}
