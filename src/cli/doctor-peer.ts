import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { NoAnswer } from "../client/pos-error.ts";
import { within } from "../client/within.ts";
import { systemClock as clock } from "../clock.ts";
import { LineCutter } from "../pos/lines.ts";

/** A door of the daemon: a file, or a port of this machine. */
export type Door = { readonly path: string } | { readonly host: string; readonly port: number };

/** A daemon that is well says what it has to say, and hangs up, within this time, ms. */
export const patienceMs = 4_000;

/** So often somebody who reads nothing finds out whether he was hung up on, ms. */
const sayEveryMs = 20;

const mostAnswerBytes = 16_777_216;

/** Somebody at a door who keeps to no rule. Nothing that the daemon says is read before `answer` is called. */
export type Peer = {
	/** Resolves when the system has taken it, or the connection is over. */
	send(bytes: string | Uint8Array): Promise<void>;
	/** Says that nothing more will come, and goes on listening. */
	end(): void;
	/** The next line; undefined when there is none within `patienceMs`, or the connection is over. */
	answer(): Promise<string | undefined>;
	/** Whether the daemon ends the connection within so many ms. */
	isCutOff(ms?: number): Promise<boolean>;
	/** The same without reading anything: what it goes on saying finds nobody any more. */
	isHungUpOn(saying: string): Promise<boolean>;
	readonly isOver: boolean;
	close(): void;
};

/** Goes to a door. Rejects with the system's error when nobody is there, or nobody opens within `patienceMs`. */
export async function openPeer(door: Door): Promise<Peer> {
	const socket = connect({ ...door, allowHalfOpen: true });
	try {
		await within(patienceMs, clock, once(socket, "connect"), () => late("the connection"));
	} catch (error) {
		socket.on("error", () => undefined).destroy();
		throw error;
	}
	return peerOver(socket);
}

function peerOver(socket: Socket): Peer {
	// What breaks it also closes it, and that is what is looked for.
	socket.on("error", () => undefined);
	const over = new Promise<void>((resolve) => socket.once("close", resolve).once("end", resolve));
	const ears = openEars(socket, over);
	const waits = <T>(work: Promise<T>, ms = patienceMs) => within(ms, clock, work, () => late("an answer"));
	const endsWithin = (ms?: number) =>
		waits(over, ms).then(
			() => true,
			() => false,
		);
	return {
		send: (bytes) =>
			Promise.race([over, new Promise<void>((resolve) => socket.write(bytes, () => resolve()))]),
		end: () => void socket.end(),
		answer: () => waits(ears()).catch(() => undefined),
		isCutOff: (ms) => {
			socket.resume();
			return endsWithin(ms);
		},
		isHungUpOn: async (saying) => {
			const talk = setInterval(() => socket.write(saying), sayEveryMs);
			return endsWithin().finally(() => clearInterval(talk));
		},
		get isOver() {
			return socket.destroyed || socket.readableEnded;
		},
		close: () => void socket.destroy(),
	};
}

/** Begins to listen when it is asked for the first line; undefined when the connection is over. */
function openEars(socket: Socket, over: Promise<void>): () => Promise<string | undefined> {
	const cutter = new LineCutter(mostAnswerBytes);
	const lines: string[] = [];
	let wake: () => void = () => undefined;
	const hear = (chunk: Buffer) => {
		for (const line of cutter.push(chunk)) lines.push(line.kind === "text" ? line.text : "");
		wake();
	};
	return async () => {
		if (socket.listenerCount("data") === 0) socket.on("data", hear);
		let isOver = false;
		while (lines.length === 0 && !isOver) {
			const more = new Promise<boolean>((resolve) => {
				wake = () => resolve(false);
			});
			isOver = await Promise.race([more, over.then(() => true)]);
		}
		return lines.shift();
	};
}

const late = (what: string) => new NoAnswer("late", `${what} did not come`);
