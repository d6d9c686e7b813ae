import { z } from "zod";
import { milliseconds, text, textLike, wholeNumber } from "./common.ts";

/** The local socket of the POS program and what one client may ask of it. */
export const socketSettings = z.strictObject({
	/** A Unix socket's file. The system allows about 100 characters. */
	path: text(100),
	/** Permissions of that file, octal text such as "0660". */
	mode: textLike(/^0[0-7]{3}$/, 'octal text in quotes, such as "0660"'),
	mostClients: wholeNumber(1, 64),
	mostMessageBytes: wholeNumber(1_024, 16_777_216),
	mostPending: wholeNumber(1, 1_024),
	/** A client that has this much unread waiting for it is cut off. The least is room for the answer to `rpc.discover`. */
	mostUnreadBytes: wholeNumber(262_144, 268_435_456),
	/** How long a scan can be used for paying. */
	scanLifetimeMs: milliseconds(1_000, 600_000),
	/** How many scans and device events are kept for clients that come back. */
	mostRecentEvents: wholeNumber(16, 65_536),
});

export type SocketSettings = z.infer<typeof socketSettings>;
