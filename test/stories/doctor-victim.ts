import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { WebSocketServer } from "ws";

/** Answers whatever comes, at once and at length, and never ends a connection. */
function obey(socket: Socket): void {
	socket.on("error", () => undefined);
	socket.on("data", (piece) => {
		if (piece.includes("\n")) socket.write(answer);
	});
}

const answer = `{"jsonrpc":"2.0","id":1,"result":{"words":"${"x".repeat(300_000)}"}}\n`;

/**
 * Looks like kassad from outside, and lets everything and everybody in, other machines too.
 * @param path of its Unix socket.
 */
export async function startVictim(path: string) {
	const careless = { allowHalfOpen: true };
	const unix = createServer(careless, obey).listen(path);
	const tcp = createServer(careless, obey).listen(0, "0.0.0.0");
	const pages = new WebSocketServer({ host: "0.0.0.0", port: 0 });
	pages.on("connection", (socket) => {
		socket
			.on("error", () => undefined)
			.on("message", () => socket.send('{"jsonrpc":"2.0","id":1,"result":{}}'));
	});
	await Promise.all([once(unix, "listening"), once(tcp, "listening"), once(pages, "listening")]);
	return {
		tcp: (tcp.address() as AddressInfo).port,
		webSocket: (pages.address() as AddressInfo).port,
		close: () => {
			for (const page of pages.clients) page.terminate();
			for (const server of [unix, tcp, pages]) server.close();
		},
	};
}
