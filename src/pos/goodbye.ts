import type { Duplex } from "node:stream";

/** How long a client may take to read its last line and hang up, ms. */
const lastLineMs = 1_000;
/** The same for a client that has said all and is given what it has asked for, which may be long. */
const lastAnswersMs = 30_000;

/**
 * Sends a last line and closes. Until the client hangs up, what it still sends is read and thrown away:
 * closing at once would reset the connection before a client in the middle of a long message has read why.
 */
export function sayGoodbye(stream: Duplex, line: Buffer): void {
	stream.end(line);
	hangUpSoon(stream);
}

/** Ends with the answers that are on their way; who does not read them does not keep the connection for ever. */
export function endWithAnswers(stream: Duplex): void {
	stream.end();
	hangUpWithin(lastAnswersMs, stream);
}

/** Throws away what still arrives and closes for good when the client does not do so itself. */
export function hangUpSoon(stream: Duplex): void {
	stream.resume();
	hangUpWithin(lastLineMs, stream);
}

function hangUpWithin(ms: number, stream: Duplex): void {
	const timer = setTimeout(() => stream.destroy(), ms);
	stream.once("close", () => clearTimeout(timer));
}
