import { getCACertificates } from "node:tls";
import { Client } from "undici";
import type { Clock } from "../model/clock.ts";
import type { StoreApiSettings } from "../model/settings/stores.ts";

/** One HTTP request; the path is relative to the server's origin. */
export type HttpRequest = {
	readonly method: StoreApiSettings["calls"]["add"]["method"];
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
};

/** What came of one HTTP request. */
export type Exchanged =
	| {
			readonly kind: "whole";
			readonly status: number;
			/** The header `Retry-After` as it came, or empty. */
			readonly retryAfter: string;
			readonly body: Uint8Array;
	  }
	/** There is no whole answer; `left` tells whether a byte of the request may have left. */
	| { readonly kind: "broken"; readonly left: boolean; readonly error: unknown };

/**
 * Sends one request over a connection of its own and reads its answer. Never rejects; redirects are not followed.
 * Nothing of a request leaves before the connection stands, TLS included: so `left` is known.
 * @param ca PEM of authorities to trust besides the usual ones.
 */
export async function exchange(
	request: HttpRequest,
	settings: Pick<StoreApiSettings, "baseUrl" | "deadlines" | "mostAnswerBytes">,
	ca: string | undefined,
	clock: Clock,
): Promise<Exchanged> {
	const client = new Client(new URL(settings.baseUrl).origin, {
		allowH2: false,
		// The whole answer has one deadline, and it is watched here.
		headersTimeout: 0,
		bodyTimeout: 0,
		maxResponseSize: settings.mostAnswerBytes,
		connect: {
			timeout: settings.deadlines.connectMs,
			...(ca === undefined ? {} : { ca: authoritiesWith(ca) }),
		},
	});
	let left = false;
	client.once("connect", () => {
		left = true;
	});
	const { answerMs } = settings.deadlines;
	const over = new AbortController();
	const tooLate = async (): Promise<Exchanged> => {
		await clock.sleep(answerMs, over.signal);
		return { kind: "broken", left, error: `no whole answer within ${answerMs} ms` };
	};
	try {
		return await Promise.race([whole(client, request), tooLate()]);
	} catch (error) {
		return { kind: "broken", left, error };
	} finally {
		over.abort();
		await client.destroy();
	}
}

async function whole(client: Client, request: HttpRequest): Promise<Exchanged> {
	const { statusCode: status, headers, body } = await client.request(request);
	const retryAfter = String(headers["retry-after"] ?? "");
	return { kind: "whole", status, retryAfter, body: await body.bytes() };
}

/** A list replaces the usual authorities, so they are in it; what Node.js and the system both have, once. */
function authoritiesWith(ca: string): string[] {
	return [...new Set([...getCACertificates("default"), ...getCACertificates("system"), ca])];
}
