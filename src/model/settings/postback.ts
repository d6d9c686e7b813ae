import { z } from "zod";
import { milliseconds, secretSource, text, textLike, wholeNumber } from "./common.ts";

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/**
 * Where the Pay API's server tells by itself what became of a transaction (cm_pay_api 1.2.1, "postback"), or null
 * for a till that it cannot reach.
 */
export const postbackSettings = z
	.strictObject({
		/** The address to listen on: of this machine, or 0.0.0.0 for all that it has. */
		host: textLike(/^[0-9A-Za-z.:-]{1,253}$/, "a host name or an IP address"),
		port: wholeNumber(1, 65_535),
		path: textLike(/^\/[\w.~/-]{0,255}$/, "a path that begins with /, of letters, digits and . _ ~ - /"),
		/** HTTP Basic cannot carry a colon in a login (RFC 7617, section 2). */
		login: textLike(/^[^:\p{Cc}]{1,256}$/u, "text of 1 to 256 characters without a colon"),
		password: secretSource,
		/** PEM files, or null for plain http on a loopback address, behind a proxy of this machine. */
		tls: z.strictObject({ certFile: text(4_096), keyFile: text(4_096) }).nullable(),
		mostBodyBytes: wholeNumber(1_024, 1_048_576),
		mostConnections: wholeNumber(1, 1_024),
		/** For a whole request: a sender that takes longer is cut off. */
		requestMs: milliseconds(100, 60_000),
		/** How long a connection may stay open without a request. */
		idleMs: milliseconds(100, 600_000),
		/** For so long a postback that came before the answer to our own request is kept. */
		keepMs: milliseconds(100, 60_000),
	})
	.refine(({ host, tls }) => tls !== null || loopback.test(host), {
		error:
			"expected tls, because without it the password would travel in clear: only a loopback host may do without",
		path: ["tls"],
	})
	.nullable();

export type PostbackSettings = NonNullable<z.infer<typeof postbackSettings>>;
