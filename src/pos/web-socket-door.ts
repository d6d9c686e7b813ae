import type { IncomingMessage } from "node:http";
import type { WebSocketSettings } from "../model/settings/socket.ts";

/** What a request for a WebSocket is refused with, and why. */
export type Refused = { readonly status: 403 | 404; readonly why: string; readonly said: string | undefined };

/** The names that this machine has for itself, as a URL writes them. */
const ownNames = ["127.0.0.1", "localhost", "[::1]"];
/** A browser leaves it out of `Host`. */
const httpPort = 80;

/**
 * Whether a page may connect. A browser lets every page open a WebSocket to any address, and says truly of which origin
 * the page is (RFC 6455, section 10.2). A page whose own name has been pointed at this machine (DNS rebinding) is told
 * by `Host`, which then has that name.
 */
export function refusedPage(
	{ headersDistinct, url }: Pick<IncomingMessage, "headersDistinct" | "url">,
	{ port, path, origins }: Pick<WebSocketSettings, "port" | "path" | "origins">,
): Refused | undefined {
	const host = theOne(headersDistinct.host)?.toLowerCase();
	const hosts = ownNames.flatMap((name) => [`${name}:${port}`, ...(port === httpPort ? [name] : [])]);
	if (host === undefined || !hosts.includes(host)) {
		return { status: 403, why: "Host is not a name of this machine with the port", said: host };
	}
	const origin = theOne(headersDistinct.origin);
	if (origin === undefined || !origins.includes(origin)) {
		return { status: 403, why: "Origin is not in socket.webSocket.origins", said: origin };
	}
	if (url === path) return undefined;
	// Behind a question mark programs like to write their token.
	return { status: 404, why: "the path is not socket.webSocket.path", said: url?.replace(/[?#].*/, "?...") };
}

/** A header that is there once: of two, somebody on the way might have read the other. */
function theOne(values: readonly string[] | undefined): string | undefined {
	return values?.length === 1 ? values[0] : undefined;
}
