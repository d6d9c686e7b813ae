import type { Duplex } from "node:stream";
import type { Gone, Port } from "../model/device.ts";
import type { FaultCode } from "../model/fault.ts";
import { goneBy } from "./gone.ts";
import { openInlet } from "./inlet.ts";
import { openOutlet } from "./outlet.ts";

/** A channel that is open: a Node stream, and what its transport knows better than the stream. */
type Channel = {
	readonly stream: Duplex;
	/** For texts: a path, or host and port. */
	readonly name: string;
	/** The fault of a write that failed. */
	readonly fault: FaultCode;
	/** Ends the channel when what the operating system has taken is on its way. */
	finish(): void;
	/**
	 * Ends the channel at once. Safe to call on one that has ended. Where letting go takes time, resolves when it is
	 * done: a device that comes back while its old handle is open gets another name. Never rejects.
	 */
	abort(): void | Promise<void>;
};

/** How long `close` waits for bytes that the other side does not take, in ms. */
const lingerMs = 2_000;

/**
 * Makes a `Port` of an open channel. This is the one place that decides when a channel is gone: at the first of
 * an error, the end of what the other side sends, and the stream's own `close`.
 *
 * `close` waits for what was written, but at most two seconds.
 */
export function portOf({ stream, name, fault, finish, abort }: Channel): Port {
	const inlet = openInlet(stream);
	const outlet = openOutlet(stream, name, fault);
	const { promise: gone, resolve: tellGone } = Promise.withResolvers<Gone>();
	const closedBy = (who: string): Gone => ({ reason: "closed", detail: `${name} was closed by ${who}` });
	let ended = false;
	let closing: Promise<void> | undefined;

	const endWith = (why: Gone) => {
		if (ended) return;
		ended = true;
		inlet.end();
		outlet.end(why);
		void Promise.resolve(abort()).then(() => tellGone(why));
	};
	stream.once("end", () => endWith(closedBy(closing === undefined ? "the other side" : "kassad")));
	// Stays for life: a channel that is gone may still report an error, and nobody else listens.
	stream.on("error", (error) => endWith(goneBy(error)));
	stream.once("close", (error: unknown) =>
		endWith(error instanceof Error ? goneBy(error) : closedBy("kassad")),
	);

	const close = async () => {
		if (ended) return;
		const linger = setTimeout(() => endWith(closedBy("kassad")), lingerMs);
		outlet.shut(closedBy("kassad"), finish);
		await gone;
		clearTimeout(linger);
	};
	return {
		bytes$: inlet.bytes$,
		gone,
		write: outlet.write,
		close: () => {
			closing ??= close();
			return closing;
		},
	};
}
