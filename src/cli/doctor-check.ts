import type { Settings } from "../model/settings/settings.ts";

/** What is attacked: the sections of the settings that say where kassad lets anybody in, and where it keeps things. */
export type Target = Pick<Settings, "socket" | "journal"> & {
	/** The file of the settings. */
	readonly file: string;
	/** Files with secrets, absolute. */
	readonly secrets: readonly string[];
	/** Whether somebody answers at the socket. */
	readonly runs: boolean;
};

/** What came of a check: `green` is safe, `red` is not, `skipped` could not be tried or need not be. */
export type Verdict = {
	readonly state: "green" | "red" | "skipped";
	/** What was seen, in a few words. */
	readonly seen: string;
	/** What to do, a line each; of a red one always. */
	readonly advice?: readonly string[];
};

/** One attack, or one look at files. */
export type Check = {
	readonly name: string;
	/** What is right when it is green. */
	readonly title: string;
	/** Whether it needs a daemon that runs. */
	readonly attacks: boolean;
	run(target: Target): Promise<Verdict>;
};

export const green = (seen: string): Verdict => ({ state: "green", seen });
export const skipped = (seen: string): Verdict => ({ state: "skipped", seen });
export const red = (seen: string, ...advice: readonly string[]): Verdict => ({ state: "red", seen, advice });

/** For what only a change of the program would mend. */
export const callSupport =
	"This kassad does not guard its doors as it was made to: is it really the one that was installed? Stop it and call who looks after it.";
