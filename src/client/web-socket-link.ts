import type { RawData, WebSocket } from "ws";
import type { Hearer, Link } from "./link.ts";
import { notKassad } from "./pos-error.ts";

/** Messages over a WebSocket, one to a frame; `socket` may still be on its way. */
export function webSocketLink(socket: WebSocket, hearer: Hearer): Link {
	let broken: Error | undefined;
	socket.on("message", (data: RawData, isBinary: boolean) => {
		if (socket.readyState !== socket.OPEN) return;
		if (!isBinary) {
			hearer.text(data.toString());
			return;
		}
		broken ??= notKassad("its frame is no text");
		socket.terminate();
	});
	// Among them a frame that is too long, or no frame at all.
	socket.on("error", (error: Error) => {
		const isTheirs = "code" in error && String(error.code).startsWith("WS_ERR_");
		broken ??= isTheirs ? notKassad(error.message) : error;
	});
	socket.once("close", () => hearer.over(broken));
	return {
		send: (text) => {
			if (socket.readyState === socket.OPEN) socket.send(text);
		},
		close: () => socket.terminate(),
	};
}
