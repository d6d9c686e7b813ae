import type { Socket } from "node:net";
import { LineCutter } from "../pos/lines.ts";
import { type Hearer, type Link, mostMessageBytes } from "./link.ts";
import { notKassad } from "./pos-error.ts";

/** Messages over a stream, one to a line; `socket` is connected. */
export function streamLink(socket: Socket, hearer: Hearer): Link {
	let broken: Error | undefined;
	const cutter = new LineCutter(mostMessageBytes);
	socket.on("data", (chunk: Buffer) => {
		for (const line of cutter.push(chunk)) {
			if (socket.destroyed) return;
			if (line.kind === "text") hearer.text(line.text);
			else socket.destroy(notKassad(line.kind === "too-long" ? "its message has no end" : "it is not UTF-8"));
		}
	});
	// Whatever breaks a connection also closes it.
	socket.on("error", (error) => {
		broken ??= error;
	});
	socket.once("close", () => hearer.over(broken));
	return {
		send: (text) => {
			if (socket.writable) socket.write(`${text}\n`);
		},
		close: () => socket.destroy(),
	};
}
