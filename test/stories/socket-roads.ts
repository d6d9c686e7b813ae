import { connect, type Socket } from "node:net";
import { WebSocket } from "ws";

/** What kassad has said, read as loosely as can be. */
export type Heard = {
	readonly id?: unknown;
	readonly result?: { readonly [field: string]: unknown };
	readonly error?: {
		readonly code: number;
		readonly data: { readonly fault: string; readonly moneyMoved: string };
	};
};

/** A program that keeps to no rule. Nothing of what kassad says is read before it is asked for. */
export type Peer = {
	/** One message, whatever is in it. Resolves when more can be sent, or never will be. */
	say(text: string): Promise<void>;
	/** The next thing that kassad says; undefined when it has ended the connection. */
	heard(): Promise<Heard | undefined>;
	/** No more is sent; what comes is thrown away until kassad hangs up. */
	listenOut(): Promise<void>;
	/** Gone without a word. */
	vanish(): Promise<void>;
	readonly hasEnded: boolean;
};

/** A way to kassad. */
export type Road = {
	readonly name: string;
	/** A peer that has said whose it is, where that is wanted. */
	enter(): Promise<Peer>;
	/** A connection that nothing has been said on yet. */
	knock(): Promise<Socket>;
	/** Whether who says nothing is sent away after a while. */
	readonly wantsToken: boolean;
};

/** The Unix socket. */
export function unixRoad(path: string): Road {
	const knock = () => knocked(connect(path));
	return { name: "Unix socket", wantsToken: false, knock, enter: async () => streamPeer(await knock()) };
}

/** @param hello is said first. */
export function tcpRoad(port: number, hello: string): Road {
	const knock = () => knocked(connect({ host: "127.0.0.1", port }));
	return {
		name: "TCP",
		wantsToken: true,
		knock,
		enter: async () => greeted(streamPeer(await knock()), hello),
	};
}

/** @param hello is said first. */
export function webSocketRoad(port: number, path: string, origin: string, hello: string): Road {
	return {
		name: "WebSocket",
		wantsToken: true,
		knock: () => knocked(connect({ host: "127.0.0.1", port })),
		enter: async () => {
			const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin, perMessageDeflate: false });
			socket.on("error", () => undefined);
			const frames = framePeer(socket);
			await new Promise((resolve) => socket.once("open", resolve).once("close", resolve));
			return greeted(frames, hello);
		},
	};
}

async function greeted(peer: Peer, hello: string): Promise<Peer> {
	await peer.say(hello);
	await peer.heard();
	return peer;
}

/** Whatever breaks a connection also closes it, and that is what a story waits for. */
async function knocked(socket: Socket): Promise<Socket> {
	socket.on("error", () => undefined);
	await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
	return socket;
}

function streamPeer(socket: Socket): Peer {
	const { next, put } = heardOf(socket);
	const ended = closing(socket);
	let rest = "";
	// Not read before it is asked for the first time.
	socket.setEncoding("utf8").pause();
	socket.on("data", (piece: string) => {
		const lines = (rest + piece).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) put(JSON.parse(line));
	});
	return {
		say: async (text) => {
			if (!socket.writable || socket.write(`${text}\n`)) return;
			await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), ended]);
		},
		heard: next,
		listenOut: () => {
			socket.removeAllListeners("data").resume().end();
			return ended;
		},
		vanish: () => {
			socket.destroy();
			return ended;
		},
		get hasEnded() {
			return !socket.writable;
		},
	};
}

function framePeer(socket: WebSocket): Peer {
	const { next, put } = heardOf(socket);
	const ended = closing(socket);
	socket.on("message", (data) => put(JSON.parse(`${data}`)));
	return {
		say: async (text) => {
			if (socket.readyState !== socket.OPEN) return;
			await Promise.race([new Promise((resolve) => socket.send(text, resolve)), ended]);
		},
		heard: next,
		listenOut: () => {
			socket.removeAllListeners("message").resume();
			socket.close();
			return ended;
		},
		vanish: () => {
			socket.terminate();
			return ended;
		},
		get hasEnded() {
			return socket.readyState !== socket.OPEN;
		},
	};
}

function closing(socket: Socket | WebSocket): Promise<void> {
	return new Promise((resolve) => socket.once("close", () => resolve()));
}

/** What comes, on a connection that is not read while nobody asks. */
function heardOf(socket: Socket | WebSocket) {
	const waiting: Heard[] = [];
	let asker: ((heard: Heard | undefined) => void) | undefined;
	let isOver = false;
	socket.once("close", () => {
		isOver = true;
		asker?.(undefined);
	});
	return {
		put: (heard: Heard) => {
			if (asker === undefined) waiting.push(heard);
			else asker(heard);
			asker = undefined;
			socket.pause();
		},
		next: () =>
			new Promise<Heard | undefined>((resolve) => {
				const heard = waiting.shift();
				if (heard !== undefined || isOver) resolve(heard);
				else {
					asker = resolve;
					socket.resume();
				}
			}),
	};
}
