import type { Duplex } from "node:stream";

/** Destroys a stream; resolves when its handle is closed. Safe to call on one that is destroyed already. */
export function destroyed(stream: Duplex): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	if (stream.closed) resolve();
	else stream.once("close", () => resolve());
	stream.destroy();
	return promise;
}
