import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Stage } from "../../hardware-mocks/demo/stage.ts";

/** A program on kassad's socket that keeps to no rule. */
export type RawClient = {
	/** Sends these bytes. Resolves when the socket would take more, or has ended. */
	send(bytes: string | Uint8Array): Promise<void>;
	/** Sends the same so many times, or until kassad takes no more. */
	sendOver(bytes: string | Uint8Array, times: number): Promise<void>;
	/** The next line that kassad says. Rejects when kassad has closed the connection. */
	answer(): Promise<Readonly<Record<string, unknown>>>;
	close(): void;
};

export async function connectRaw({ folder }: Stage): Promise<RawClient> {
	// Half open: it goes on sending when kassad has said its last word.
	const socket = connect({ path: join(folder, "kassad.sock"), allowHalfOpen: true });
	await once(socket, "connect");
	// Its `close` follows, and that is what a story waits for.
	socket.on("error", () => undefined);
	const closed = new Promise((resolve) => socket.once("close", resolve));
	let lines: AsyncIterator<string> | undefined;
	const send = async (bytes: string | Uint8Array) => {
		if (socket.write(bytes)) return;
		await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), closed]);
	};
	return {
		send,
		sendOver: async (bytes, times) => {
			for (let sent = 0; sent < times && socket.writable; sent += 1) await send(bytes);
		},
		answer: async () => {
			// Nothing is read before the first answer is asked for.
			lines ??= createInterface({ input: socket })[Symbol.asyncIterator]();
			const { value, done } = await lines.next();
			if (done) throw new Error("kassad has closed the connection");
			return JSON.parse(value);
		},
		close: () => socket.destroy(),
	};
}
