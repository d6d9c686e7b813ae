import { z } from "zod";
import { type FaultCode, faultOf422, faultOfHttp } from "../model/fault.ts";
import type { PayCall } from "../model/operation.ts";
import { readHttpDate } from "./http-date.ts";

/** What came of one request, as far as the wire tells. A detail is for the technician and holds no secret. */
export type Reply =
	/** A JSON object; whether it answers this request is for the caller to see. */
	| {
			readonly kind: "answer";
			/** 201 is the promise of an answer, of `providers` alone. */
			readonly status: 200 | 201;
			readonly json: object;
			/** Of a 201: where its answer will be, as the server has written it. Nothing to be followed blindly. */
			readonly location?: string;
	  }
	/** The server, or a gateway before it, said no: HTTP 422 with a `code`, or another 4xx. */
	| {
			readonly kind: "refusal";
			readonly fault: FaultCode;
			readonly wireCode?: string;
			readonly httpStatus?: number;
			readonly detail: string;
	  }
	/** Nothing can have happened: no byte of it left, or the server put it off (429). */
	| NotAnswered<"not-sent">
	/** It left, and what the server did is not known. */
	| NotAnswered<"unanswered">;

type NotAnswered<Kind> = {
	readonly kind: Kind;
	readonly fault: FaultCode;
	/** Absent when there was no whole answer. */
	readonly httpStatus?: number;
	readonly detail: string;
	/** For how long the server wants to be left alone, within what the settings grant. */
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
 * What an HTTP answer to a call means. Only JSON under a 200 is an answer and only a 4xx is a refusal
 * (cm_pay_api 1.2.1, "Errors"); behind anything else, as a redirect, the request may have been carried out.
 * Two calls differ: `providers` may be promised an answer (201), and that to a `receipt` is empty.
 * @param mostRetryAfterMs the longest `Retry-After` that is granted.
 */
export function replyOf(call: PayCall, answer: HttpAnswer, mostRetryAfterMs: number): Reply {
	const { status, headers, body } = answer;
	const detail = `HTTP ${status}`;
	const http = { httpStatus: status, detail };
	if (status === 200 && call === "receipt" && body.length === 0) return { kind: "answer", status, json: {} };
	if (status === 200) return answerOf(status, body);
	if (status === 201 && call === "providers") return promiseOf(status, answer);
	if (status === 422) return refusalOf(body);
	const wait = retryAfter(headers, mostRetryAfterMs);
	if (status === 429) return { kind: "not-sent", fault: faultOfHttp(status), ...http, ...wait };
	// 408: the server gave up on a request of which it may have seen everything.
	if (status === 408 || status >= 500)
		return { kind: "unanswered", fault: faultOfHttp(status), ...http, ...wait };
	if (status >= 400) return { kind: "refusal", fault: faultOfHttp(status), ...http };
	return unreadable(status, detail);
}

function answerOf(status: 200 | 201, body: Uint8Array): Reply {
	const json = parse(body);
	if (typeof json !== "object" || json === null || Array.isArray(json)) {
		return unreadable(status, `HTTP ${status}, but ${body.length} bytes are not a JSON object`);
	}
	return nestedWithin(json, mostLevels)
		? { kind: "answer", status, json }
		: unreadable(status, `HTTP ${status}, nested too deeply`);
}

function promiseOf(status: 201, { headers: { location }, body }: HttpAnswer): Reply {
	const told = typeof location === "string" && /^[!-~]{1,1024}$/.test(location) ? { location } : {};
	const reply = answerOf(status, body);
	return reply.kind === "answer" ? { ...reply, ...told } : reply;
}

function refusalOf(body: Uint8Array): Reply {
	const refusal = refusalShape.safeParse(parse(body));
	if (!refusal.success) return unreadable(422, "HTTP 422 without a code");
	const { code } = refusal.data;
	return {
		kind: "refusal",
		fault: faultOf422(code),
		wireCode: code,
		httpStatus: 422,
		detail: `HTTP 422 ${code}`,
	};
}

const unreadable = (httpStatus: number, detail: string): Reply => ({
	kind: "unanswered",
	fault: "server-answer-unreadable",
	httpStatus,
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

/** Both forms of RFC 9110, 10.2.3. A date is counted from the server's own clock, not from the till's. */
function retryAfter(headers: HttpAnswer["headers"], mostMs: number): { retryAfterMs?: number } {
	const { "retry-after": asked, date } = headers;
	if (typeof asked !== "string") return {};
	const [until, now] = [readHttpDate(asked), readHttpDate(date)];
	const ms = /^\d{1,9}$/.test(asked) ? Number(asked) * 1_000 : (until ?? Number.NaN) - (now ?? Number.NaN);
	return Number.isNaN(ms) ? {} : { retryAfterMs: Math.min(Math.max(ms, 0), mostMs) };
}
