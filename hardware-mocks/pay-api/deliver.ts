import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Answer } from "./answers.ts";
import type { Served } from "./desk.ts";
import type { Trouble } from "./trouble.ts";

/** Beyond what any client should be willing to read. */
const oversizeBytes = 5_000_000;

const page = "<!doctype html><title>Вход в сеть</title><h1>Войдите, чтобы пользоваться интернетом</h1>";

/**
 * Sends an answer the way its trouble wants it.
 * @returns what the client got, in a few words for the record.
 */
export function deliver(
	response: ServerResponse,
	{ answer, trouble = {} }: Served,
	stop: AbortSignal,
): string {
	if (trouble.status !== undefined) return sendStatus(response, trouble.status, trouble.retryAfter);
	if (answer === undefined || trouble.closeAfterProcessing) return cut(response);
	if (trouble.silent) return "silence";
	if (trouble.html) return `${send(response, 200, page, "text/html; charset=utf-8")} and a page of HTML`;
	const { status, headers = {} } = answer;
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	const text = textOf(answer, trouble);
	const cutAt = trouble.truncated ? Buffer.byteLength(text) / 2 : trouble.cutAnswerAt;
	if (cutAt !== undefined) return sendPart(response, status, text, cutAt);
	if (trouble.late === undefined) return send(response, status, text);
	const timer = setTimeout(() => send(response, status, text), trouble.late);
	stop.addEventListener("abort", () => clearTimeout(timer), { once: true });
	return `${status} after ${trouble.late} ms`;
}

function textOf({ json }: Answer, trouble: Trouble): string {
	const strange = {
		...(trouble.wrongRequestId && { requestId: randomUUID() }),
		...(trouble.wrongTransactionId && { transactionId: randomUUID() }),
		...(trouble.oversize && { padding: "x".repeat(oversizeBytes) }),
		...trouble.fields,
	};
	return json === undefined && Object.keys(strange).length === 0
		? ""
		: JSON.stringify({ ...json, ...strange });
}

/** Sends a whole answer. @returns its status, for the record. */
export function send(
	response: ServerResponse,
	status: number,
	text: string,
	type = "application/json; charset=utf-8",
): string {
	response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) });
	response.end(text);
	return `${status}`;
}

function sendStatus(response: ServerResponse, status: number, retryAfter?: string): string {
	const wait = retryAfter ?? (status === 429 ? "1" : undefined);
	if (wait !== undefined) response.setHeader("retry-after", wait);
	return send(response, status, "", "text/plain");
}

/** The head says how long the whole would be; of its body `cutAt` bytes come. */
function sendPart(response: ServerResponse, status: number, text: string, cutAt: number): string {
	const bytes = Buffer.from(text);
	const part = bytes.subarray(0, cutAt);
	response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length });
	response.flushHeaders();
	response.write(part, () => response.destroy());
	return `${part.length} of ${bytes.length} bytes of ${status}`;
}

/** Ends the connection without an answer. */
export function cut(response: ServerResponse): string {
	response.destroy();
	return "connection cut";
}
