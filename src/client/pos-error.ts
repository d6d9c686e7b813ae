/** What comes with a refusal. A newer kassad may have codes that this program does not know. */
export type Refusal = {
	/** A row of the fault table (`x-faults` of `rpc.discover`). */
	readonly fault: string;
	readonly moneyMoved: "yes" | "no" | "unknown";
	readonly acts: string;
	readonly next: string;
	/** To be shown to the cashier as it is. */
	readonly cashier: { readonly title: string; readonly text: string };
	/** For the technician. */
	readonly detail: string;
};

/** kassad refuses a request, or the connection as such. */
export class PosError extends Error {
	readonly code: number;
	readonly data: Refusal;

	constructor({ code, message, data }: { code: number; message: string; data: Refusal }) {
		super(message);
		this.name = "PosError";
		this.code = code;
		this.data = data;
	}
}

/**
 * Why there is no answer: the connection has `ended`, it was too `late`, or what came was `unreadable`. The wish may have
 * arrived all the same; one with a key can be said again with the same key, and stays one wish.
 */
export class NoAnswer extends Error {
	readonly why: "ended" | "late" | "unreadable";

	constructor(why: NoAnswer["why"], message: string) {
		super(message);
		this.name = "NoAnswer";
		this.why = why;
	}
}

/** The connection is over. */
export function endedByKassad(): NoAnswer {
	return new NoAnswer("ended", "kassad has closed the connection; its log may say why");
}

/** The other side is no kassad, or one that has lost its mind. */
export function notKassad(detail?: string): NoAnswer {
	const words = "what answers there does not speak as kassad does";
	return new NoAnswer("unreadable", detail === undefined ? words : `${words}: ${detail}`);
}
