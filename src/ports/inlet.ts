import { Observable, Subject } from "rxjs";

/** What one port may keep for a listener that has not come yet, in bytes. */
const mostHeldBytes = 65_536;

/** What bytes arrive from: a Node stream, or something that speaks like one. */
export type Source = {
	on(event: "data", take: (bytes: Uint8Array) => void): unknown;
	off(event: "data", take: (bytes: Uint8Array) => void): unknown;
	pause(): unknown;
	resume(): unknown;
	isPaused(): boolean;
};

/** The receiving half of a port. */
type Inlet = {
	/** All that arrives. Bytes for which nobody listened come first; completes after `end`. */
	readonly bytes$: Observable<Uint8Array>;
	/** Stops taking bytes. What is held stays for the next listener. */
	end(): void;
};

/**
 * Takes bytes from a source as they arrive and hands them to whoever listens.
 *
 * While nobody listens, before the first listener or between two, the bytes are kept for the next one. When
 * 64 KiB are kept the source is paused: the rest waits with the operating system, which holds back the
 * sender if the channel can. So nothing is lost but what the operating system itself cannot keep.
 * With several listeners the first of them gets what was kept, and all get what arrives from then on.
 */
export function openInlet(source: Source): Inlet {
	const live$ = new Subject<Uint8Array>();
	const held: Uint8Array[] = [];
	let heldBytes = 0;

	const take = (bytes: Uint8Array) => {
		if (live$.observed) {
			live$.next(bytes);
			return;
		}
		held.push(bytes);
		heldBytes += bytes.length;
		if (heldBytes >= mostHeldBytes) source.pause();
	};
	source.on("data", take);

	const bytes$ = new Observable<Uint8Array>((listener) => {
		for (let bytes = held.shift(); bytes !== undefined; bytes = held.shift()) {
			heldBytes -= bytes.length;
			listener.next(bytes);
			if (listener.closed) return undefined;
		}
		if (source.isPaused()) source.resume();
		return live$.subscribe(listener);
	});
	return {
		bytes$,
		end: () => {
			source.off("data", take);
			live$.complete();
		},
	};
}
