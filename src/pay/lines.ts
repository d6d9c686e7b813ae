import { reasonOf, type Transport } from "./exchange.ts";

/** A connection to the server, or the place of one: it opens for the first request. */
export type Connection = {
	readonly isOpen: () => boolean;
	/** For one request at a time; `done` is called when the connection is free for the next. */
	readonly transport: (done: () => void) => Transport;
};

/** The connections to the server, each of which takes one request at a time. */
export type Lines = {
	/** Over a free connection, an open one first; when there is none, over the next that is free, in turn. */
	readonly ask: Transport;
	/**
	 * Does something over each connection that is free when its turn comes, until it says no. It never occupies
	 * more than one connection, so that a payment finds another.
	 * @returns whether it never said no.
	 */
	readonly everyInTurn: (deed: (transport: Transport) => Promise<boolean>) => Promise<boolean>;
};

export function linesOf(connections: readonly Connection[]): Lines {
	const lines = connections.map((connection) => ({ connection, isFree: true }));
	type Line = (typeof lines)[number];
	const waiting = new Set<(line: Line | undefined) => void>();

	const over =
		(line: Line): Transport =>
		(...asked) => {
			line.isFree = false;
			return line.connection.transport(() => release(line))(...asked);
		};

	function release(line: Line): void {
		const [first] = waiting;
		line.isFree = first === undefined;
		first?.(line);
	}

	function freeLine(): Line | undefined {
		const free = lines.filter(({ isFree }) => isFree);
		return free.find(({ connection }) => connection.isOpen()) ?? free[0];
	}

	/** Resolves to undefined when it is given up first. */
	function nextFreeLine(givenUp: AbortSignal): Promise<Line | undefined> {
		const { promise, resolve } = Promise.withResolvers<Line | undefined>();
		const come = (line: Line | undefined) => {
			waiting.delete(come);
			resolve(line);
		};
		waiting.add(come);
		givenUp.addEventListener("abort", () => come(undefined), { once: true });
		if (givenUp.aborted) come(undefined);
		return promise;
	}

	return {
		ask: async (request, mostBytes, signal, startBy) => {
			const line = freeLine() ?? (await nextFreeLine(AbortSignal.any([signal, startBy])));
			if (line === undefined) return { kind: "broken", left: false, error: reasonOf(signal, startBy) };
			return over(line)(request, mostBytes, signal, startBy);
		},
		everyInTurn: async (deed) => {
			for (const line of lines) if (line.isFree && !(await deed(over(line)))) return false;
			return true;
		},
	};
}
