import { z } from "zod";
import { httpUrl, listOf, milliseconds, oneOf, secretSource, text, textLike, wholeNumber } from "./common.ts";

/** One call: its method, and its path behind the base URL; `{brandId}` in it is replaced. */
const call = z.strictObject({
	method: oneOf(["GET", "POST", "PUT", "PATCH"]),
	path: textLike(/^\/[\w.~/?=&{}-]{0,255}$/, "a path that begins with /"),
});

/** Whoever keeps a chain's list of stores talks to the Store API 1.0.0 with these; a till does not need them. */
export const storeApiSettings = z.strictObject({
	baseUrl: httpUrl,
	/** HTTP Basic cannot carry a colon in a login (RFC 7617, section 2). */
	login: textLike(/^[^:\p{Cc}]{1,256}$/u, "text of 1 to 256 characters without a colon"),
	password: secretSource,
	/** A PEM file of certificate authorities to trust besides the system's, or null. */
	caFile: text(4_096).nullable(),
	brandId: z.guid({ error: "expected a GUID of 36 characters" }),
	calls: z.strictObject({ add: call, list: call, update: call }),
	/** Stores in one request. */
	mostPerRequest: wholeNumber(1, 1_000),
	deadlines: z.strictObject({
		/** To connect, TLS included. */
		connectMs: milliseconds(100, 60_000),
		/** From the request to the last byte of its answer. */
		answerMs: milliseconds(100, 600_000),
	}),
	/** Repeats of what surely did nothing: it never left, or the server was too busy to take it. */
	retry: z.strictObject({
		attempts: wholeNumber(1, 20),
		waitMs: milliseconds(10, 600_000),
		/** The longest wish of the server (`Retry-After`) that is granted. */
		mostRetryAfterMs: milliseconds(100, 3_600_000),
	}),
	/** A longer answer counts as unreadable. */
	mostAnswerBytes: wholeNumber(1_024, 268_435_456),
	/** Every value that a store may have. */
	enums: z.strictObject({ paymentMethods: listOf(text(36), 256), statuses: listOf(text(36), 256) }),
});

export type StoreApiSettings = z.infer<typeof storeApiSettings>;
