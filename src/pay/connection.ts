import { createSecureContext, getCACertificates } from "node:tls";
import { Pool } from "undici";
import type { PayApiSettings } from "../model/settings/pay-api.ts";

/**
 * Connections to the server, kept open between requests. One request at a time on each; HTTP/1.1 only, so that
 * what a broken connection means for its request is never in doubt.
 * @param ca PEM of authorities to trust besides those of Node.js and of the system.
 */
export function openPool(origin: string, settings: PayApiSettings, ca: string | undefined): Pool {
	// Read once: to parse a hundred certificates anew for each connection takes longer than to connect.
	const secureContext = createSecureContext({
		minVersion: "TLSv1.2",
		...(ca === undefined ? {} : { ca: authoritiesWith(ca) }),
	});
	// Two rounds of warming, so that only a connection which is not needed ends by itself.
	const idleMs = 2 * settings.warm.everyMs;
	return new Pool(origin, {
		connections: settings.connections,
		pipelining: 1,
		allowH2: false,
		keepAliveTimeout: idleMs,
		keepAliveMaxTimeout: idleMs,
		// The whole answer has one deadline, and the caller watches it.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: { secureContext, timeout: settings.deadlines.connectMs },
	});
}

/** A list replaces the usual authorities, so they are in it; what Node.js and the system both have, once. */
function authoritiesWith(ca: string): string[] {
	return [...new Set([...getCACertificates("default"), ...getCACertificates("system"), ca])];
}

const certificateTrouble = /CERT|SIGNATURE|HOSTNAME_MISMATCH/;

/** Whether a connection failed because the server could not prove who it is (codes of Node.js and OpenSSL). */
export function isCertificateTrouble(error: unknown): boolean {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	return typeof code === "string" && certificateTrouble.test(code);
}
