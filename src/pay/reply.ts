import { z } from "zod";
import { type FaultCode, faultOf422, faultOfHttp } from "../model/fault.ts";

/** What came of one request, as far as the wire tells. A detail is for the technician and holds no secret. */
export type Reply =
	/** HTTP 200 with JSON; whether it answers this request is for the caller to see. */
	| { readonly kind: "answer"; readonly json: unknown }
	/** The server, or a gateway before it, said no: HTTP 422 with a `code`, or another 4xx. */
	| {
			readonly kind: "refusal";
			readonly fault: FaultCode;
			readonly wireCode?: string;
			readonly detail: string;
	  }
	/** Nothing can have happened: no byte of it left, or the server put it off (429). */
	| NotAnswered<"not-sent">
	/** It left, and what the server did is not known. */
	| NotAnswered<"unanswered">;

type NotAnswered<Kind> = {
	readonly kind: Kind;
	readonly fault: FaultCode;
	readonly detail: string;
	/** The server's wish, not yet limited. */
	readonly retryAfterMs?: number;
};

/** A whole HTTP answer. Names of headers are in small letters; one that came several times is a list. */
export type HttpAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: Uint8Array;
};

/** Deeper JSON is an attack: what is kept of it could not be written down again. */
const mostLevels = 32;

const refusalShape = z.object({ code: z.string().regex(/^[!-~]{1,64}$/) });

/**
 * What an HTTP answer means. Only a 200 with JSON is an answer and only a 4xx is a refusal (cm_pay_api 1.2.1,
 * "Errors"); behind anything else the request may have been carried out.
 */
export function replyOf({ status, headers, body }: HttpAnswer): Reply {
	const detail = `HTTP ${status}`;
	if (status === 200) return answerOf(body);
	if (status === 422) return refusalOf(body);
	const asked = retryAfterMs(headers["retry-after"]);
	if (status === 429) return { kind: "not-sent", fault: faultOfHttp(status), detail, ...asked };
	// 408: the server gave up on a request of which it may have seen everything.
	if (status === 408 || status >= 500)
		return { kind: "unanswered", fault: faultOfHttp(status), detail, ...asked };
	if (status >= 400) return { kind: "refusal", fault: faultOfHttp(status), detail };
	return unreadable(detail);
}

function answerOf(body: Uint8Array): Reply {
	const json = parse(body);
	if (typeof json !== "object" || json === null) {
		return unreadable(`HTTP 200, but ${body.length} bytes are not a JSON object`);
	}
	return nestedWithin(json, mostLevels)
		? { kind: "answer", json }
		: unreadable("HTTP 200, nested too deeply");
}

function refusalOf(body: Uint8Array): Reply {
	const refusal = refusalShape.safeParse(parse(body));
	if (!refusal.success) return unreadable("HTTP 422 without a code");
	const { code } = refusal.data;
	return { kind: "refusal", fault: faultOf422(code), wireCode: code, detail: `HTTP 422 ${code}` };
}

const unreadable = (detail: string): Reply => ({
	kind: "unanswered",
	fault: "server-answer-unreadable",
	detail,
});

/** The content type is not asked: JSON that a gateway calls text is JSON, a page that it calls JSON is not. */
function parse(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(body));
	} catch {
		return undefined;
	}
}

function nestedWithin(value: unknown, levels: number): boolean {
	if (typeof value !== "object" || value === null) return true;
	return levels > 0 && Object.values(value).every((inner) => nestedWithin(inner, levels - 1));
}

/** Of the two forms of RFC 9110, 10.2.3, the seconds; a date would depend on the till's clock. */
function retryAfterMs(header: HttpAnswer["headers"][string]): { retryAfterMs?: number } {
	return typeof header === "string" && /^\d{1,6}$/.test(header)
		? { retryAfterMs: Number(header) * 1_000 }
		: {};
}
