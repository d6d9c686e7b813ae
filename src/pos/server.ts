import { createServer, type Server, type Socket } from "node:net";
import type { Clock } from "../model/clock.ts";
import type { Log } from "../model/log.ts";
import type { OnDisk } from "../model/on-disk.ts";
import type { SocketSettings } from "../model/settings/socket.ts";
import type { Turn } from "../model/turns.ts";
import type { Channel } from "./channel.ts";
import { type Explain, wordless } from "./errors.ts";
import { eventLines } from "./event-lines.ts";
import { LineCutter } from "./lines.ts";
import { listenOn } from "./listen.ts";
import type { Methods } from "./methods.ts";
import { openPeerUser } from "./peer-user.ts";
import { Reception } from "./reception.ts";
import type { EventFeed } from "./subscription.ts";
import { listenAt } from "./tcp.ts";
import { type NamedToken, tokenCheck } from "./tokens.ts";
import { type Guard, receiveUser } from "./unix.ts";
import { webSocketServer } from "./web-socket.ts";

export type PosServer = {
	/** Answers what is on its way, closes every connection and removes the socket's file. */
	close(): Promise<void>;
};

/** What the server is given besides its settings. */
export type ServerTools = {
	readonly explain: Explain;
	readonly log: Log;
	readonly clock: Clock;
	/** What every line that is said to a client waits for. */
	readonly onDisk: OnDisk;
	/** What every request waits for before it is dealt with. */
	readonly turn: Turn;
	/** Who comes in over TCP and WebSocket. */
	readonly tokens: readonly NamedToken[];
	/** Who may connect to the Unix socket, by number with the name for the log; without it all whom its mode lets. */
	readonly users?: ReadonlyMap<number, string>;
};

/** Above this a client has to read before it gets more of the kept events; far below `mostUnreadBytes`. */
const highWaterMark = 16_384;
/** Besides those that are served, and those that are told why they are not. What comes on top is hung up on. */
const mostLeaving = 64;

/**
 * Serves POS programs: JSON-RPC 2.0, one message per line, UTF-8, over a Unix socket, and over TCP
 * and WebSocket where they are set.
 * @throws {FaultError} `config-invalid` when a socket cannot be had.
 */
export async function servePos(
	settings: SocketSettings,
	methods: Methods,
	feed: EventFeed,
	{ tokens, users, ...tools }: ServerTools,
): Promise<PosServer> {
	const guard = users && { users, userOf: await openPeerUser() };
	const shared = { ...tools, settings, methods, feed, live: eventLines(feed.live$) };
	const reception = new Reception(shared, tokenCheck(tokens));
	const open: Entrance[] = [];
	const close = async () => {
		const closed = open.map(({ server }) => new Promise((resolve) => server.close(resolve)));
		for (const { clear } of open) clear?.();
		reception.close();
		await Promise.all(closed);
	};
	try {
		for (const entrance of entrances(settings, reception, guard, tools.log)) {
			const { server } = entrance;
			server.maxConnections = settings.mostClients + settings.mostStrangers + mostLeaving;
			await entrance.listen();
			open.push(entrance);
			server.on("error", (error) => tools.log.error({ error: wordless(error) }, "a POS socket failed"));
		}
	} catch (error) {
		await close();
		throw error;
	}
	return { close };
}

type Entrance = {
	readonly server: Server;
	listen(): Promise<void>;
	/** Hangs up on those who are not clients yet. */
	clear?(): void;
};

/** Where clients come in. */
function entrances(
	settings: SocketSettings,
	reception: Reception,
	guard: Guard | undefined,
	log: Log,
): readonly Entrance[] {
	const { path, mode, tcp, webSocket } = settings;
	// Half open: a client that has said all and only waits for its answer gets it.
	const lines = { allowHalfOpen: true, highWaterMark };
	const unix = createServer(lines, (socket) =>
		receiveUser(reception, linesOver("unix", socket, settings), socket, guard),
	);
	const all: Entrance[] = [{ server: unix, listen: () => listenOn(unix, path, mode) }];
	if (tcp !== null) {
		const server = createServer({ ...lines, noDelay: true }, (socket) =>
			reception.meet(linesOver("tcp", socket, settings)),
		);
		all.push({ server, listen: () => listenAt(server, tcp, "socket.tcp") });
	}
	if (webSocket !== null) {
		const server = webSocketServer(webSocket, { ...settings, highWaterMark }, reception, log);
		all.push({
			server,
			listen: () => listenAt(server, webSocket, "socket.webSocket"),
			clear: () => server.closeAllConnections(),
		});
	}
	return all;
}

function linesOver(
	transport: Channel["transport"],
	stream: Socket,
	{ mostMessageBytes }: SocketSettings,
): Channel {
	return { transport, stream, cutter: new LineCutter(mostMessageBytes) };
}
