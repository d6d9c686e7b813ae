/** The way to kassad, whatever it is made of. */
export type Link = {
	/** Sends one message. What is sent on a way that has ended is lost. */
	send(text: string): void;
	/** Ends it at once. Safe to call twice. */
	close(): void;
};

/** Who is told what comes. */
export type Hearer = {
	/** One message of at most `mostMessageBytes`. */
	text(text: string): void;
	/** It has ended, whoever ended it: told once, and nothing after it. With an error when something broke. */
	over(why?: Error): void;
};

/** The longest message that is taken from a daemon, bytes; two hundred prints with all they tell have a hundredth of it. */
export const mostMessageBytes = 16_777_216;
