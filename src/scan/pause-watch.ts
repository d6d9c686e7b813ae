/** Tells of a pause. */
type PauseWatch = {
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
	let due = 0;
	const isLate = () => performance.now() - due > pauseMs;
	const restart = () => {
		due = performance.now() + pauseMs;
		timer = timer?.refresh() ?? setTimeout(() => (isLate() ? restart() : tell()), pauseMs);
	};
	const stop = () => {
		clearTimeout(timer);
		timer = undefined;
	};
	return { restart, stop };
}
