/** A connected POS program, for the methods to which it matters who asks; told apart by identity. */
export type Client = {
	/** Tells it something that is its own business: a notification without a number, which is not kept. */
	notify(method: string, params: object): void;
	/** Aborts when the connection has ended. */
	readonly gone: AbortSignal;
};

/** A client that cannot be told anything and never goes. */
export const stranger: Client = { notify: () => undefined, gone: new AbortController().signal };
