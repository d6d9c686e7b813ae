import { createServer, type Socket } from "node:net";
import { FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { SocketSettings } from "../model/settings/socket.ts";
import { ClientSession, type Shared } from "./client-session.ts";
import { type Explain, rpcError, wordless } from "./errors.ts";
import { sayGoodbye } from "./goodbye.ts";
import { listenOn } from "./listen.ts";
import type { Methods } from "./methods.ts";
import { errorLine } from "./rpc.ts";
import { type EventFeed, eventLines } from "./subscription.ts";

export type PosServer = {
	/** Answers what is on its way, closes every connection and removes the socket's file. */
	close(): Promise<void>;
};

/** Above this a client has to read before it gets more of the kept events; far below `mostUnreadBytes`. */
const highWaterMark = 16_384;

/**
 * Serves POS programs over a Unix socket: JSON-RPC 2.0, one message per line, UTF-8.
 * @throws {FaultError} `config-invalid` when the socket cannot be had.
 */
export async function servePos(
	settings: SocketSettings,
	methods: Methods,
	feed: EventFeed,
	{ explain, log }: { readonly explain: Explain; readonly log: Log },
): Promise<PosServer> {
	const shared: Shared = {
		settings,
		methods,
		feed,
		live$: eventLines(feed),
		explain,
		log,
	};
	const sessions = new Set<ClientSession>();
	let clients = 0;
	// Half open: a client that has said all and only waits for its answer gets it.
	const server = createServer({ allowHalfOpen: true, highWaterMark }, (socket) => {
		if (sessions.size >= settings.mostClients) {
			turnAway(socket, shared);
			return;
		}
		clients += 1;
		const session = new ClientSession(socket, clients, shared);
		sessions.add(session);
		socket.once("close", () => sessions.delete(session));
	});
	await listenOn(server, settings.path, settings.mode);
	server.on("error", (error) => log.error({ error: wordless(error) }, "the POS socket failed"));
	return {
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const session of sessions) session.close();
			}),
	};
}

function turnAway(socket: Socket, { settings, explain, log }: Shared): void {
	log.warn({ most: settings.mostClients }, "too many clients");
	socket.on("error", (error) => log.debug({ error: wordless(error) }, "connection broken"));
	const fault = new FaultError("too-many-clients", `at most ${settings.mostClients} may be connected`);
	sayGoodbye(socket, errorLine(null, rpcError(fault, explain)));
}
