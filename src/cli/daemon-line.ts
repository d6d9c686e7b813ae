import { connect, type Socket } from "node:net";
import { filter, firstValueFrom, type Observable, share } from "rxjs";
import type { Clock } from "../model/clock.ts";
import { type Said, said$ } from "./daemon-said.ts";

/** A connection to the running daemon. */
export type DaemonLine = {
	/** Asks, and waits for the answer; when none comes in time, or the connection ends, that is told as `over`. */
	ask(method: string, params: object): Promise<Exclude<Said, { kind: "unasked" }>>;
	/** What the daemon says unasked, and that it is over. */
	readonly unasked$: Observable<Said>;
	close(): void;
};

/** How long the daemon may take, ms. */
export type Deadlines = { readonly connectMs: number; readonly answerMs: number };

/**
 * Connects to the daemon.
 * @returns what to do, in words, when that cannot be.
 */
export async function reachDaemon(
	path: string,
	deadlines: Deadlines,
	clock: Clock,
): Promise<DaemonLine | string> {
	const socket = connect(path);
	const failure = await within(
		deadlines.connectMs,
		clock,
		new Promise<string>((resolve) => {
			socket.once("connect", () => resolve(""));
			socket.once("error", (error: NodeJS.ErrnoException) =>
				resolve(whyAway(path, error.code ?? error.name)),
			);
		}),
	);
	if (failure === "") return lineOn(socket, deadlines.answerMs, clock);
	socket.on("error", () => undefined).destroy();
	return failure ?? `kassad did not take the connection at ${path} in time: its log may say what it does`;
}

function lineOn(socket: Socket, answerMs: number, clock: Clock): DaemonLine {
	const all$ = said$(socket).pipe(share());
	let over: Said | undefined;
	all$.subscribe((said) => {
		if (said.kind === "over") over = said;
	});
	let lastId = 0;
	return {
		ask: async (method, params) => {
			lastId += 1;
			const id = lastId;
			const answer = firstValueFrom(all$.pipe(filter((said) => isAbout(said, id))), { defaultValue: ended });
			socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
			const said = over ?? (await within(answerMs, clock, answer));
			return said === undefined || said.kind === "unasked" ? tooLate : said;
		},
		unasked$: all$.pipe(filter(({ kind }) => kind === "unasked" || kind === "over")),
		close: () => socket.destroy(),
	};
}

const ended = { kind: "over", why: "kassad has closed the connection; its log may say why" } as const;
const tooLate = {
	kind: "over",
	why: "no answer in time. The wish may have arrived: with the same key it can be said again, and stays one wish",
} as const;

function isAbout(said: Said, id: number): boolean {
	if (said.kind === "answer") return said.id === id;
	if (said.kind === "refusal") return said.id === id || said.id === null;
	return said.kind === "over";
}

/** Undefined when it takes longer than `ms`. */
async function within<T>(ms: number, clock: Clock, work: Promise<T>): Promise<T | undefined> {
	const enough = new AbortController();
	const late = clock.sleep(ms, enough.signal).then(
		() => undefined,
		() => undefined,
	);
	const first = await Promise.race([work, late]);
	enough.abort();
	return first;
}

function whyAway(path: string, code: string): string {
	const where = "--socket PATH, or --config FILE, says where else its socket may be";
	switch (code) {
		case "ENOENT":
			return `kassad does not run: there is no ${path}.\nStart it with: npm start\n(${where}.)`;
		case "ECONNREFUSED":
			return `kassad does not run: nobody answers at ${path}.\nStart it with: npm start\n(${where}.)`;
		case "EACCES":
			return `this user may not connect to ${path}: be kassad's user or of its group, as socket.mode allows`;
		default:
			return `cannot connect to ${path}: ${code}; ${where}`;
	}
}
