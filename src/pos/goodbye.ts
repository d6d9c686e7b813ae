import type { Socket } from "node:net";

/** How long a client may take to read its last line and hang up, ms. */
const patienceMs = 1_000;

/**
 * Sends a last line and closes. Until the client hangs up, what it still sends is read and thrown away:
 * closing at once would reset the connection before a client in the middle of a long message has read why.
 */
export function sayGoodbye(socket: Socket, line: Buffer): void {
	socket.end(line);
	hangUpSoon(socket);
}

/** Throws away what still arrives and closes for good when the client does not do so itself. */
export function hangUpSoon(socket: Socket): void {
	socket.resume();
	const timer = setTimeout(() => socket.destroy(), patienceMs);
	socket.once("close", () => clearTimeout(timer));
}
