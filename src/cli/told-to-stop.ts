/** Resolves when the program is told to end: Ctrl-C, or the system's polite signal. */
export function toldToStop(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
	});
}
