import { z } from "zod";
import { type FaultCode, faultOf422, faultOfHttp } from "../model/fault.ts";
import type { Exchanged } from "./wire.ts";

/** What one call came to. A detail is one line, for the technician. */
export type Answer =
	/** The server has done it; `json` is what it says, undefined when it says nothing. */
	| { readonly kind: "accepted"; readonly json: unknown }
	/** The server said no, to the request as a whole. */
	| ({ readonly kind: "refused" } & Trouble)
	/** Nothing can have happened. */
	| ({ readonly kind: "not-sent"; readonly retryAfterMs?: number } & Trouble)
	/** It left, and what the server did is not known. */
	| ({ readonly kind: "unknown" } & Trouble);

export type Trouble = { readonly fault: FaultCode; readonly detail: string };

const refusalShape = z.object({ code: z.string(), details: z.string().optional() });
const rejectionShape = z.object({ errorCode: z.string() });

/**
 * What an HTTP exchange means. The public part of the document (Store API 1.0.0) names no answer but "200, JSON";
 * refusals are read as those of the Pay API are. Only a 2xx with JSON, or with nothing, is an acceptance, and only a
 * 4xx a refusal: behind anything else, as a gateway's page or a redirect, the request may have been carried out.
 */
export function answerOf(exchanged: Exchanged): Answer {
	if (exchanged.kind === "broken") return brokenOff(exchanged);
	const { status, body, retryAfter } = exchanged;
	const detail = `HTTP ${status}`;
	if (status >= 200 && status < 300) return acceptance(detail, body);
	if (status === 429) return { kind: "not-sent", fault: faultOfHttp(status), detail, ...waitOf(retryAfter) };
	// 408: the server gave up on a request of which it may have seen everything.
	if (status < 400 || status === 408 || status >= 500) {
		const fault = status < 400 ? "server-answer-unreadable" : faultOfHttp(status);
		return { kind: "unknown", fault, detail };
	}
	const told = refusalShape.safeParse(parse(body)).data;
	if (told === undefined) return { kind: "refused", fault: faultOfHttp(status), detail };
	const words = [detail, told.code, told.details ?? ""].filter(Boolean).join(" ");
	const fault = status === 422 ? faultOf422(told.code) : faultOfHttp(status);
	return { kind: "refused", fault, detail: oneLine(words) };
}

function acceptance(detail: string, body: Uint8Array): Answer {
	if (body.length === 0) return { kind: "accepted", json: undefined };
	const json = parse(body);
	if (json === undefined) {
		const words = `${detail}, but ${body.length} bytes are not JSON`;
		return { kind: "unknown", fault: "server-answer-unreadable", detail: words };
	}
	const rejection = rejectionShape.safeParse(json).data;
	if (rejection === undefined) return { kind: "accepted", json };
	return { kind: "refused", fault: "unlisted-refusal", detail: oneLine(`${detail} ${rejection.errorCode}`) };
}

function brokenOff({ left, error }: Exchanged & { kind: "broken" }): Answer {
	const words = error instanceof AggregateError ? error.errors.map(String).join("; ") : String(error);
	const detail = oneLine(words);
	if (left) return { kind: "unknown", fault: "server-silent", detail };
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	const fault = /CERT|SIGNATURE|HOSTNAME_MISMATCH/.test(code) ? "server-certificate" : "server-unreachable";
	return { kind: "not-sent", fault, detail };
}

/** Seconds only: a date is of no use without knowing the server's clock. */
function waitOf(retryAfter: string): { retryAfterMs?: number } {
	return /^\d{1,6}$/.test(retryAfter) ? { retryAfterMs: Number(retryAfter) * 1_000 } : {};
}

/** The value of UTF-8 JSON, or undefined. */
function parse(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
	} catch {
		return undefined;
	}
}

/** Text of the server, without what would move the cursor of a terminal, and not too long. */
function oneLine(text: string): string {
	return text.replace(/[\p{C}\s]+/gu, " ").slice(0, 300);
}
