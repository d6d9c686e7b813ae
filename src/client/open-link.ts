import { once } from "node:events";
import { connect } from "node:net";
import { WebSocket } from "ws";
import type { Clock } from "../model/clock.ts";
import { type Hearer, type Link, mostMessageBytes } from "./link.ts";
import { NoAnswer } from "./pos-error.ts";
import { streamLink } from "./stream-link.ts";
import { webSocketLink } from "./web-socket-link.ts";
import { within } from "./within.ts";

/** Where kassad listens, as `socket` in its settings says. */
export type Where =
	/** The Unix socket's file, or a named pipe of Windows. */
	| string
	| { readonly path: string }
	| { readonly host: string; readonly port: number; readonly token: string }
	/** Of a WebSocket; `origin` is one of those that the settings list. */
	| { readonly url: string; readonly token: string; readonly origin?: string };

type Patience = { readonly connectMs: number; readonly clock: Clock };

/**
 * Goes to kassad. Rejects with the operating system's error when nobody answers there, with the other side's word when it
 * is no kassad, and with {NoAnswer} `late` after `connectMs`.
 */
export function openLink(where: Where, hearer: Hearer, patience: Patience): Promise<Link> {
	if (typeof where === "object" && "url" in where) return openWebSocket(where, hearer, patience);
	return openStream(where, hearer, patience);
}

async function openStream(
	where: Exclude<Where, { url: string }>,
	hearer: Hearer,
	{ connectMs, clock }: Patience,
): Promise<Link> {
	const path = typeof where === "string" ? where : "path" in where ? where.path : undefined;
	const socket = path !== undefined ? connect(path) : connect(where as { host: string; port: number });
	try {
		await within(connectMs, clock, once(socket, "connect"), () => tooSlow(connectMs));
	} catch (error) {
		socket.on("error", () => undefined).destroy();
		throw error;
	}
	return streamLink(socket, hearer);
}

async function openWebSocket(
	{ url, origin }: Extract<Where, { url: string }>,
	hearer: Hearer,
	{ connectMs, clock }: Patience,
): Promise<Link> {
	const socket = new WebSocket(url, {
		...(origin !== undefined && { origin }),
		maxPayload: mostMessageBytes,
		perMessageDeflate: false,
		followRedirects: false,
	});
	const link = webSocketLink(socket, hearer);
	try {
		await within(connectMs, clock, once(socket, "open"), () => tooSlow(connectMs));
	} catch (error) {
		link.close();
		throw error;
	}
	return link;
}

const tooSlow = (ms: number) => new NoAnswer("late", `kassad did not take the connection within ${ms} ms`);
