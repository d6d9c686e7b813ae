import type { Duplex } from "node:stream";
import type { Gone, Port } from "../model/device.ts";
import type { FaultCode } from "../model/fault.ts";
import { goneBy, PortError } from "./gone.ts";
import { openInlet } from "./inlet.ts";

/** A channel that is open: a Node stream, and what its transport knows better than the stream. */
type Channel = {
	readonly stream: Duplex;
	/** For texts: a path, or host and port. */
	readonly name: string;
	/** The fault of a write that failed. */
	readonly fault: FaultCode;
	/** Ends the channel when what the operating system has taken is on its way. */
	finish(): void;
	/** Ends the channel at once. Safe to call on one that has ended. */
	abort(): void;
};

/** How long `close` waits for bytes that the other side does not take, in ms. */
const lingerMs = 2_000;

/**
 * Makes a `Port` of an open channel. This is the one place that decides when a channel is gone: at the first of
 * an error, the end of what the other side sends, and the stream's own `close`.
 *
 * A write that the end of the channel overtakes is rejected, however many of its bytes have left.
 * `close` waits at most two seconds for what was written.
 */
export function portOf(channel: Channel): Port {
	const { stream, name, fault } = channel;
	const inlet = openInlet(stream);
	const unfinished = new Set<(why: Gone) => void>();
	const { promise: gone, resolve: tellGone } = Promise.withResolvers<Gone>();
	const closed = (by: string): Gone => ({ reason: "closed", detail: `${name} was closed by ${by}` });
	let ended: Gone | undefined;
	let closing: Promise<void> | undefined;

	const endWith = (why: Gone) => {
		if (ended !== undefined) return;
		ended = why;
		inlet.end();
		for (const fail of unfinished) fail(why);
		tellGone(why);
		channel.abort();
	};
	stream.once("end", () => endWith(closed(closing === undefined ? "the other side" : "kassad")));
	// Stays for life: a channel that is gone may still report an error, and nobody else listens.
	stream.on("error", (error) => endWith(goneBy(error)));
	stream.once("close", (error: unknown) =>
		endWith(error instanceof Error ? goneBy(error) : closed("kassad")),
	);

	const write = (bytes: Uint8Array) =>
		new Promise<void>((resolve, reject) => {
			const fail = ({ reason, detail }: Gone) => {
				unfinished.delete(fail);
				const short = `${bytes.length} bytes were not all written to ${name}: ${detail}`;
				reject(new PortError(fault, { reason, detail: short }));
			};
			if (ended !== undefined || closing !== undefined) {
				fail(ended ?? closed("kassad"));
				return;
			}
			unfinished.add(fail);
			stream.write(bytes, (error) => {
				if (error != null) fail(goneBy(error));
				else if (unfinished.delete(fail)) resolve();
			});
		});

	const shut = async () => {
		const linger = setTimeout(() => endWith(closed("kassad")), lingerMs);
		// Writes keep their order, so all that was written before is through when an empty one is.
		if (ended === undefined) stream.write(new Uint8Array(), () => channel.finish());
		await gone;
		clearTimeout(linger);
	};
	const close = () => {
		closing ??= shut();
		return closing;
	};
	return { bytes$: inlet.bytes$, gone, write, close };
}
