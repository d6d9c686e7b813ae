import { createSecureContext, getCACertificates } from "node:tls";
import { Client, errors } from "undici";
import type { PayApiSettings } from "../model/settings/pay-api.ts";

/**
 * Clients of the server, one for each connection of the settings; a connection opens with the first request and is
 * kept open. One request at a time on each; HTTP/1.1 only, so that what a broken connection means for its request
 * is never in doubt.
 * @param ca PEM of authorities to trust besides those of Node.js and of the system.
 */
export function openClients(origin: string, settings: PayApiSettings, ca: string | undefined): Client[] {
	// Read once: to parse a hundred certificates anew for each connection takes longer than to connect.
	const secureContext = createSecureContext({
		minVersion: "TLSv1.2",
		...(ca === undefined ? {} : { ca: authoritiesWith(ca) }),
	});
	// Two rounds of warming, so that only a connection which is not needed ends by itself.
	const idleMs = 2 * settings.warm.everyMs;
	const options: Client.Options = {
		pipelining: 1,
		allowH2: false,
		keepAliveTimeout: idleMs,
		keepAliveMaxTimeout: idleMs,
		// The whole answer has one deadline, and the caller watches it.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: { secureContext, timeout: settings.deadlines.connectMs },
	};
	return Array.from({ length: settings.connections }, () => new Client(origin, options));
}

/** A list replaces the usual authorities, so they are in it; what Node.js and the system both have, once. */
export function authoritiesWith(ca: string): string[] {
	return [...new Set([...getCACertificates("default"), ...getCACertificates("system"), ca])];
}

/** Whether a connection failed because the server could not prove who it is (codes of Node.js and OpenSSL). */
export function isCertificateTrouble(error: unknown): boolean {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return typeof code === "string" && /CERT|SIGNATURE|HOSTNAME_MISMATCH/.test(code);
}

/** Whether an answer broke off because it is no HTTP, or its headers are too long. */
export function isNoHttp(error: unknown): boolean {
	return error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError;
}

/** What went wrong. Errors of connections name hosts, ports and certificates, never a header or a body. */
export function wordsOf(error: unknown): string {
	const words = error instanceof AggregateError ? error.errors.map(String).join("; ") : String(error);
	return words.slice(0, 300);
}
