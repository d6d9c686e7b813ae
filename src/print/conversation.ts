import { BehaviorSubject, distinctUntilChanged, filter, firstValueFrom, map, merge, scan } from "rxjs";
import type { Clock } from "../model/clock.ts";
import type { Gone, Inquiry, Port } from "../model/device.ts";
import { within } from "./deadline.ts";

/** A talk with a device over one open channel. None of its promises rejects because the channel died. */
export type Conversation = {
	/** Sends all within `ms`. Undefined when the system has taken every byte, else why not, in words. */
	send(bytes: Uint8Array, ms: number): Promise<string | undefined>;
	/** Asks, and waits at most `ms` for the answer; undefined when there is none. */
	ask<T>(inquiry: Inquiry<T>, ms: number): Promise<T | undefined>;
	/** Why the channel ended, once it has. */
	ended(): Gone | undefined;
	/** Ends the talk; waits at most `ms` for the channel to close. */
	close(ms: number): Promise<void>;
};

/** Bytes written at once. Each piece waits for the one before it, so that little is held for a slow printer. */
const pieceBytes = 4_096;

/** Bytes after which a device that talks on and on is no longer listened to; a print hears some twenty. */
const mostReceivedBytes = 4_096;

/** Begins a talk: from now on everything that arrives is kept, so that a reply in pieces is read whole. */
export function converse(port: Port, clock: Clock): Conversation {
	const received$ = new BehaviorSubject<Uint8Array>(new Uint8Array());
	const listening = port.bytes$
		.pipe(scan(append, received$.value), distinctUntilChanged())
		.subscribe(received$);
	let gone: Gone | undefined;
	const over = port.gone.then((why) => {
		gone = why;
		return undefined;
	});

	const send = async (bytes: Uint8Array, ms: number) => {
		const stop = new AbortController();
		const sent = await within(ms, clock, writeAll(port, bytes, stop.signal));
		stop.abort("done");
		return sent === undefined ? `the printer did not take all bytes within ${ms} ms` : sent.failure;
	};
	const ask = async <T>(inquiry: Inquiry<T>, ms: number) => {
		const from = received$.value.length;
		const answer$ = received$.pipe(
			map((received) => inquiry.read(received, from)),
			filter((answer) => answer !== undefined),
		);
		// Listening begins before the question leaves: the answer may come before the write is known to be done.
		const answer = firstValueFrom(merge(answer$, over));
		const unsent = await send(inquiry.request, ms);
		return unsent === undefined ? within(ms, clock, answer) : undefined;
	};
	const close = async (ms: number) => {
		// However badly a channel closes, it says nothing more about what went through it.
		await within(ms, clock, Promise.allSettled([port.close()]));
		listening.unsubscribe();
	};
	return { send, ask, ended: () => gone, close };
}

/** Writes piece by piece until `stop`. */
async function writeAll(port: Port, bytes: Uint8Array, stop: AbortSignal): Promise<{ failure?: string }> {
	try {
		for (let at = 0; at < bytes.length && !stop.aborted; at += pieceBytes) {
			await port.write(bytes.subarray(at, at + pieceBytes));
		}
		return {};
	} catch (error) {
		return { failure: error instanceof Error ? error.message : String(error) };
	}
}

function append(all: Uint8Array, piece: Uint8Array): Uint8Array {
	const room = mostReceivedBytes - all.length;
	return room <= 0 ? all : Buffer.concat([all, piece.subarray(0, room)]);
}
