import type { Duplex } from "node:stream";
import type { Channel } from "./channel.ts";
import type { Line } from "./lines.ts";

/** What is taken of one client before everybody else gets a turn: a few full chunks, or so many lines. */
const share = { lines: 16, bytes: 262_144 } as const;

/** Who gets the lines. */
type Reader = {
	/** Whether one more line can be taken now; when there is room again, `goOn` has to be called. */
	hasRoom(): boolean;
	take(line: Line): void;
	/** The client has said all, and all of it has been taken. */
	end(): void;
};

/**
 * Takes a client's lines no faster than they are dealt with. A line is taken the moment it arrives; what there is
 * no room for, or is more than one client's share of a turn, waits: one chunk here, the rest with the system, which
 * holds the client back.
 */
export class Intake {
	readonly #stream: Duplex;
	readonly #reader: Reader;
	/** What is left of the last chunk. */
	#lines: Iterator<Line> | undefined;
	/** What has been taken in this turn; undefined until something is. */
	#turn: { lines: number; bytes: number } | undefined;
	#saidAll = false;
	#stopped = false;

	constructor({ stream, cutter }: Pick<Channel, "stream" | "cutter">, reader: Reader) {
		this.#stream = stream;
		this.#reader = reader;
		stream.on("data", (chunk) => {
			if (this.#stopped) return;
			this.#lines = cutter.push(chunk);
			this.#thisTurn().bytes += chunk.length;
			this.goOn();
		});
		// A paused stream may tell its end, too.
		stream.on("end", () => {
			this.#saidAll = true;
			this.goOn();
		});
	}

	/** From now on what has arrived and what arrives is thrown away. */
	stop(): void {
		this.#stopped = true;
		this.#lines = undefined;
	}

	get stopped(): boolean {
		return this.#stopped;
	}

	/** Takes what waits, as far as there is room. */
	goOn(): void {
		while (this.#mayTake()) {
			const line = this.#lines?.next();
			if (line === undefined || line.done) {
				this.#waitForMore();
				return;
			}
			this.#thisTurn().lines += 1;
			this.#reader.take(line.value);
		}
		if (!this.#stopped) this.#stream.pause();
	}

	#mayTake(): boolean {
		if (this.#stopped || !this.#stream.writable || !this.#reader.hasRoom()) return false;
		const { lines, bytes } = this.#turn ?? { lines: 0, bytes: 0 };
		return lines < share.lines && bytes < share.bytes;
	}

	#waitForMore(): void {
		this.#lines = undefined;
		if (this.#saidAll) this.#reader.end();
		else if (this.#stream.isPaused()) this.#stream.resume();
	}

	#thisTurn() {
		if (this.#turn === undefined) {
			this.#turn = { lines: 0, bytes: 0 };
			setImmediate(() => this.#endTurn());
		}
		return this.#turn;
	}

	#endTurn(): void {
		this.#turn = undefined;
		this.goOn();
	}
}
