import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** What a printer does; what is not named it does like any good printer. */
export type Script = {
	/** Answers to each round of DLE EOT 1 to 4; after the last round it stays silent. */
	readonly rounds: readonly (readonly number[])[];
	/** How it answers GS ( H and GS r 1; `without-paper` tells in GS r 1 that the roll has ended. */
	readonly confirms: "yes" | "never" | "without-paper";
	/** Bytes sent before every answer. */
	readonly noise?: readonly number[];
	/** Bytes sent before the first answer: what lay in the line. */
	readonly greets?: readonly number[];
	/** Ends the connection when this many bytes have come, so many times at most. */
	readonly hangUpAt?: number;
	readonly hangsUp?: number;
	/** Reads nothing more when this many bytes have come. */
	readonly stopReadingAt?: number;
};

export type ScriptedPrinter = {
	readonly port: number;
	/** Everything that came, over all connections. */
	received(): Buffer;
	/** How many connections there were, and how many at most at a time. */
	connections(): { readonly all: number; readonly most: number };
	/** Resolves when these bytes have come. */
	asked(request: Uint8Array): Promise<void>;
	close(): Promise<void>;
};

export const ready = [0x12, 0x12, 0x12, 0x12];
export const paperOut = [0x1a, 0x32, 0x12, 0x72];
/** Most printers see no paper while the cover is open. */
export const coverOpen = [0x1a, 0x36, 0x12, 0x72];
/** Requests by how they begin and how many bytes they have. */
const requests = [
	{ kind: "status", head: Buffer.of(0x10, 4), length: 3 },
	{ kind: "process-id", head: Buffer.of(0x1d, 0x28, 0x48), length: 11 },
	{ kind: "barrier", head: Buffer.of(0x1d, 0x72), length: 3 },
] as const;

/** The request at the beginning of some bytes: one, none, or perhaps one when more has come. */
function requestIn(bytes: Buffer) {
	const found = requests.find(({ head }) => {
		const known = Math.min(head.length, bytes.length);
		return bytes.subarray(0, known).equals(head.subarray(0, known));
	});
	if (found === undefined) return "none";
	return bytes.length < found.length ? "unfinished" : found;
}

/** A printer on a real TCP port of this machine that does what its script says. */
export async function startScriptedPrinter(script: Script): Promise<ScriptedPrinter> {
	const sockets = new Set<Socket>();
	const waiting = new Set<() => void>();
	const count = { all: 0, most: 0 };
	const greeting = [...(script.greets ?? [])];
	let hangUps = script.hangsUp ?? Number.POSITIVE_INFINITY;
	const rounds = script.rounds.map((round) => [...round]);
	let heard: Buffer = Buffer.alloc(0);
	let read = 0;

	const answerTo = (kind: (typeof requests)[number]["kind"], bytes: Buffer): readonly number[] => {
		if (kind === "status") {
			const answer = rounds[0]?.shift();
			if (rounds[0]?.length === 0) rounds.shift();
			return answer === undefined ? [] : [answer];
		}
		if (script.confirms === "never") return [];
		if (kind === "barrier") return script.confirms === "without-paper" ? [0x0f] : [0];
		return [0x37, 0x22, ...bytes.subarray(7), 0];
	};
	const obey = (socket: Socket) => {
		while (read < heard.length) {
			const found = requestIn(heard.subarray(read));
			if (found === "unfinished") return;
			const length = found === "none" ? 1 : found.length;
			const answer = found === "none" ? [] : answerTo(found.kind, heard.subarray(read, read + length));
			read += length;
			// Byte by byte: replies come in pieces.
			if (answer.length > 0)
				for (const byte of [...greeting.splice(0), ...(script.noise ?? []), ...answer])
					socket.write(Buffer.of(byte));
		}
	};
	const hear = (socket: Socket, bytes: Buffer) => {
		heard = Buffer.concat([heard, bytes]);
		if (heard.length >= (script.stopReadingAt ?? Number.POSITIVE_INFINITY)) socket.pause();
		if (hangUps > 0 && heard.length >= (script.hangUpAt ?? Number.POSITIVE_INFINITY)) {
			hangUps -= 1;
			socket.destroy();
			heard = Buffer.alloc(0);
			read = 0;
		}
		obey(socket);
		for (const look of waiting) look();
	};
	const server = createServer((socket) => {
		sockets.add(socket);
		count.all += 1;
		count.most = Math.max(count.most, sockets.size);
		socket.setNoDelay(true);
		socket.on("data", (bytes) => hear(socket, bytes));
		socket.on("error", () => socket.destroy());
		socket.on("close", () => sockets.delete(socket));
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		port: (server.address() as AddressInfo).port,
		received: () => heard,
		connections: () => count,
		asked: (wanted) =>
			new Promise((resolve) => {
				const look = () => {
					if (!heard.includes(Buffer.from(wanted))) return;
					waiting.delete(look);
					resolve();
				};
				waiting.add(look);
				look();
			}),
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, "close");
		},
	};
}
