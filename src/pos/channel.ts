import type { Duplex } from "node:stream";
import type { Line } from "./lines.ts";

/** The way by which a client has come. */
type Transport = "unix" | "tcp" | "web-socket";

/** A client's connection, so that one session speaks over all of them. */
export type Channel = {
	readonly transport: Transport;
	/** Each write is one message and its line feed. */
	readonly stream: Duplex;
	/** Makes messages of what has arrived; never holds more of an unfinished one than a message may have. */
	readonly cutter: { push(chunk: Buffer): Iterator<Line> };
};
