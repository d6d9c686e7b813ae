import type { Duplex } from "node:stream";
import { fromEvent, merge, type Observable, Subject } from "rxjs";
import type { OnDisk } from "../model/on-disk.ts";

/**
 * What one client is told, in its order. Nothing leaves that the disk does not hold yet: a line waits until all that
 * was written down before it was said is there, and so does the end of the connection.
 */
export class Outbox {
	readonly #stream: Duplex;
	readonly #onDisk: OnDisk;
	readonly #lost: (error: unknown) => void;
	readonly #emptied$ = new Subject<void>();
	/** Settles when the last of those that wait has had its turn. */
	#last: Promise<void> = Promise.resolve();
	#waiting = 0;
	#waitingBytes = 0;

	/** @param lost is told when the disk has failed: what waits is never said. */
	constructor(stream: Duplex, onDisk: OnDisk, lost: (error: unknown) => void) {
		this.#stream = stream;
		this.#onDisk = onDisk;
		this.#lost = lost;
	}

	say(line: Buffer): void {
		this.#waitingBytes += line.length;
		this.afterwards(() => {
			this.#waitingBytes -= line.length;
			this.#write(line);
		});
	}

	/** Does something with the stream after all that has been said. */
	afterwards(deed: () => void): void {
		const due = this.#onDisk();
		if (due === undefined && this.#waiting === 0) {
			deed();
			return;
		}
		this.#waiting += 1;
		this.#last = this.#after(this.#last, due, deed);
		this.#last.catch(this.#lost);
	}

	/** Bytes that the client has not taken. */
	get unreadBytes(): number {
		return this.#stream.writableLength + this.#waitingBytes;
	}

	/** Whether the client should read before it is told more. */
	get isFull(): boolean {
		const { writable, writableNeedDrain, writableHighWaterMark } = this.#stream;
		return !writable || writableNeedDrain || this.#waitingBytes >= writableHighWaterMark;
	}

	/** Comes when there may be room again. */
	get drained$(): Observable<unknown> {
		return merge(fromEvent(this.#stream, "drain"), this.#emptied$);
	}

	async #after(before: Promise<void>, due: Promise<void> | undefined, deed: () => void): Promise<void> {
		await before;
		await due;
		this.#waiting -= 1;
		deed();
		if (this.#waiting === 0 && !this.#stream.writableNeedDrain) this.#emptied$.next();
	}

	#write(line: Buffer): void {
		if (!this.#stream.writable) return;
		this.#gather();
		this.#stream.write(line);
	}

	/**
	 * What is said in one turn leaves after it, as one write. A request to the server that begins in the turn leaves
	 * first: undici hands it over at the turn's end, and here that end is asked for last.
	 */
	#gather(): void {
		if (this.#stream.writableCorked > 0) return;
		this.#stream.cork();
		process.nextTick(() => setImmediate(() => this.#stream.uncork()));
	}
}
