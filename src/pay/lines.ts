import { whenAborted } from "../model/when-aborted.ts";
import { reasonOf, type Transport } from "./exchange.ts";

/** A connection to the server, or the place of one: it opens for the first request. */
export type Connection = {
	readonly isOpen: () => boolean;
	/** For one request at a time; `done` is called when the connection is free for the next. */
	readonly transport: (done: () => void) => Transport;
};

type Line = { readonly connection: Connection; isFree: boolean };

/** The connections to the server, each of which takes one request at a time. */
export class Lines {
	readonly #lines: readonly Line[];
	/** Who waits for a free one, in turn; undefined comes to those who have given up. */
	readonly #waiting = new Set<(line: Line | undefined) => void>();

	constructor(connections: readonly Connection[]) {
		this.#lines = connections.map((connection) => ({ connection, isFree: true }));
	}

	/** Over a free connection, an open one first; when there is none, over the next that is free, in turn. */
	readonly ask: Transport = async (request, mostBytes, signal, startBy) => {
		const line = this.#freeLine() ?? (await this.#nextFreeLine(signal, startBy));
		if (line === undefined) return { kind: "broken", left: false, error: reasonOf(signal, startBy) };
		return this.#over(line)(request, mostBytes, signal, startBy);
	};

	/**
	 * Does something over each connection that is free when its turn comes, until it says no. It never occupies
	 * more than one connection, so that a payment finds another.
	 * @returns whether it never said no.
	 */
	async everyInTurn(deed: (transport: Transport) => Promise<boolean>): Promise<boolean> {
		for (const line of this.#lines) if (line.isFree && !(await deed(this.#over(line)))) return false;
		return true;
	}

	#over(line: Line): Transport {
		return (...asked) => {
			line.isFree = false;
			return line.connection.transport(() => this.#release(line))(...asked);
		};
	}

	#release(line: Line): void {
		const [first] = this.#waiting;
		line.isFree = first === undefined;
		first?.(line);
	}

	#freeLine(): Line | undefined {
		const free = this.#lines.filter(({ isFree }) => isFree);
		return free.find(({ connection }) => connection.isOpen()) ?? free[0];
	}

	#nextFreeLine(...ends: readonly AbortSignal[]): Promise<Line | undefined> {
		const { promise, resolve } = Promise.withResolvers<Line | undefined>();
		const come = (line: Line | undefined) => {
			this.#waiting.delete(come);
			resolve(line);
		};
		this.#waiting.add(come);
		return promise.finally(whenAborted(ends, () => come(undefined)));
	}
}

/** However much there is to carry and however slow the server is with it, it takes one connection at a time. */
export function oneAtATime(transport: Transport): Transport {
	const place: Connection = {
		isOpen: () => true,
		transport:
			(done) =>
			(...asked) =>
				transport(...asked).finally(done),
	};
	return new Lines([place]).ask;
}
