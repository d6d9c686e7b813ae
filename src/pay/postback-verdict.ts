import type { IncomingHttpHeaders } from "node:http";
import type { Fate } from "./posted.ts";
import { replyOf } from "./reply.ts";
import { type Facts, readAnswer } from "./wire.ts";

/** All of a request that counts. */
type PostbackRequest = {
	readonly method: string | undefined;
	readonly path: string | undefined;
	readonly headers: IncomingHttpHeaders;
	readonly body: Uint8Array | "too-long";
};

/** What to answer. */
export type Verdict = {
	readonly status: 200 | 401 | 404 | 405 | 413 | 415 | 422;
	/** What became of the postback, when it was one. */
	readonly fate?: Fate;
	/** What is wrong with the body, without any of its values. */
	readonly detail?: string;
};

/** What the verdict depends on besides the request. */
type Judge = {
	readonly path: string;
	readonly authorized: (authorization: string | undefined) => boolean;
	readonly take: (facts: Facts) => Fate;
};

/**
 * Hands over a postback that bears everything it must, and says what to answer. A body is not even parsed before
 * the password was right.
 *
 * The answer to a transaction that nobody has waited for is 404, so that the server repeats it: the till may only
 * now be asking about it itself. A server that gives up costs nothing, because the till goes on asking. What comes
 * late or twice is answered 200: there is nothing to gain from another repeat.
 */
export function verdictOf({ method, path, headers, body }: PostbackRequest, judge: Judge): Verdict {
	if (path !== judge.path) return { status: 404 };
	if (method !== "POST") return { status: 405 };
	if (!judge.authorized(headers.authorization)) return { status: 401 };
	if (body === "too-long") return { status: 413 };
	// The type of the content is not asked for: the document names none, and a body that is no JSON is refused anyway.
	if ((headers["content-encoding"] ?? "identity") !== "identity") return { status: 415 };
	const facts = factsOf(body);
	if (typeof facts === "string") return { status: 422, detail: facts };
	const fate = judge.take(facts);
	return { status: fate === "unknown" ? 404 : 200, fate };
}

/** The body is that of an answer to transaction/status, under a requestId of the server's own. */
function factsOf(body: Uint8Array): Facts | string {
	const reply = replyOf("status", { status: 200, headers: {}, body }, 0);
	if (reply.kind !== "answer") return "not a JSON object";
	const { requestId } = reply.json as { readonly requestId?: unknown };
	return readAnswer("status", reply.json, { requestId: typeof requestId === "string" ? requestId : "" });
}
