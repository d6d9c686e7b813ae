import { z } from "zod";
import {
	listOf,
	milliseconds,
	name,
	namedOnce,
	oneOf,
	secretSource,
	text,
	textLike,
	wholeNumber,
} from "./common.ts";

/** Only programs of this machine: there is no TLS here. */
const loopback = { host: oneOf(["127.0.0.1", "::1", "localhost"]), port: wholeNumber(1, 65_535) };

const badOrigin = {
	error: "expected what the browser sends as Origin: scheme://host, with :port unless it is the scheme's own",
};

/** As RFC 6454, section 6.2, writes an origin: lower case, no path. `null` is nobody's, and so is not accepted. */
const origin = z.string(badOrigin).refine((written) => {
	if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@A-Z]*$/.test(written)) return false;
	const url = URL.parse(written);
	return url !== null && (url.origin === "null" || url.origin === written);
}, badOrigin);

const webSocket = z.strictObject({
	...loopback,
	path: textLike(/^\/[\w.~/-]{0,255}$/, "a path that begins with /, of letters, digits and . _ ~ - /"),
	/** Of the pages that may connect. */
	origins: listOf(origin, 16),
});

/** Who may come in over TCP and WebSocket, and the name that he has in the log. */
const tokens = z
	.array(z.strictObject({ name, token: secretSource }), { error: "expected a list of tokens" })
	.max(64, { error: "expected at most 64 tokens" })
	.superRefine(namedOnce);

const user = z.union(
	[wholeNumber(0, 4_294_967_294), textLike(/^[a-z_][a-z0-9_.-]{0,31}\$?$/i, "a user's name")],
	{
		error: "expected a list of users of this machine, by name or number",
	},
);

const heartbeat = milliseconds(100, 600_000);

/** The local sockets of the POS programs and what one client may ask of them. */
export const socketSettings = z.strictObject({
	/** A Unix socket's file, or a named pipe of Windows. The system allows about 100 characters. */
	path: text(100),
	/** Permissions of that file, octal text such as "0660". */
	mode: textLike(/^0[0-7]{3}$/, 'octal text in quotes, such as "0660"'),
	/** Who may connect there, whatever the mode; null for all whom it lets. */
	allowedUsers: listOf(user, 64).nullable(),
	tcp: z.strictObject(loopback).nullable(),
	webSocket: webSocket.nullable(),
	tokens,
	/** For so long a connection over TCP or WebSocket may stay without having said its token. */
	authMs: milliseconds(100, 60_000),
	/** So many such connections at once; one more ends the one that has waited longest. */
	mostStrangers: wholeNumber(1, 64),
	mostClients: wholeNumber(1, 64),
	mostMessageBytes: wholeNumber(1_024, 16_777_216),
	mostPending: wholeNumber(1, 1_024),
	/** A client that has this much unread waiting for it is cut off. The document of `rpc.discover` has to fit. */
	mostUnreadBytes: wholeNumber(262_144, 268_435_456),
	/** What a client may ask for as `heartbeatMs`. */
	heartbeatMs: z
		.strictObject({ least: heartbeat, most: heartbeat })
		.refine(({ least, most }) => least <= most, { error: "expected least not above most" }),
	/** How long a scan can be used for paying. */
	scanLifetimeMs: milliseconds(1_000, 600_000),
	/** How many scans and device events are kept for clients that come back. */
	mostRecentEvents: wholeNumber(16, 65_536),
});

export type SocketSettings = z.infer<typeof socketSettings>;
export type WebSocketSettings = z.infer<typeof webSocket>;
