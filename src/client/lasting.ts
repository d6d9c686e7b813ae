import { z } from "zod";

type Wish = { readonly method: string; readonly params: object };

const subscription = z.object({ since: z.int().optional() });
const subscribed = z.object({ seq: z.int() });

/** What ends with a connection and has to be said again on the next: the subscription, and that scans are taken. */
export class Lasting {
	#isSubscribed = false;
	/** The last event that has come, or the one after which events were asked for. */
	#lastSeq: number | undefined;
	#acceptsScans = false;

	/** A wish is about to be sent. Events may come in the same bytes as its answer. */
	asking({ method, params }: Wish): void {
		if (method !== "events.subscribe") return;
		this.#lastSeq = subscription.safeParse(params).data?.since;
	}

	/** It was answered, and not refused. */
	answered({ method }: Wish, result: object): void {
		if (method === "scans.accept") this.#acceptsScans = true;
		if (method !== "events.subscribe") return;
		this.#isSubscribed = true;
		this.#lastSeq ??= subscribed.safeParse(result).data?.seq;
	}

	heard(seq: number): void {
		this.#lastSeq = seq;
	}

	/** What has to be said on a new connection. */
	again(): readonly Wish[] {
		const since = this.#lastSeq === undefined ? {} : { since: this.#lastSeq };
		return [
			...(this.#isSubscribed ? [{ method: "events.subscribe", params: since }] : []),
			...(this.#acceptsScans ? [{ method: "scans.accept", params: {} }] : []),
		];
	}
}
