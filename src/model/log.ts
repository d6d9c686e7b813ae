type Write = (facts: object, message: string) => void;

/** The log as the rooms see it: facts first, then a sentence of fixed words. Secrets hide themselves. */
export type Log = {
	readonly trace: Write;
	readonly debug: Write;
	readonly info: Write;
	readonly warn: Write;
	readonly error: Write;
};
