import { z } from "zod";
import type { PosEvent } from "../model/event.ts";
import { reasons } from "./check.ts";
import type { RpcError } from "./errors.ts";

/** Error codes that JSON-RPC 2.0, section 5.1, fixes for what is wrong with a message as such. */
export const rpcCodes = { parseError: -32_700, invalidRequest: -32_600 } as const;

const requestId = z.union([z.string().max(128), z.int()], {
	error: "expected a text of at most 128 characters or a whole number",
});

type RequestId = z.infer<typeof requestId>;

const envelope = z.object({
	jsonrpc: z.literal("2.0"),
	id: requestId.optional(),
	method: z.string().min(1).max(128),
	params: z.unknown().optional(),
});

/** One line of a client. A notification is a request without `id`: it asks for no answer. */
export type Message =
	| { readonly kind: "request"; readonly id: RequestId; readonly method: string; readonly params: unknown }
	| { readonly kind: "notification"; readonly method: string }
	| {
			readonly kind: "unreadable";
			/** `null` when the message does not even tell its id. */
			readonly id: RequestId | null;
			readonly code: (typeof rpcCodes)[keyof typeof rpcCodes];
			readonly detail: string;
	  };

/** Reads one line by JSON-RPC 2.0. Batches are refused: with one message per line they bring nothing. */
export function readMessage(text: string): Message {
	const json = parsed(text);
	if (json === undefined) return unreadable(rpcCodes.parseError, "the line is not JSON");
	if (Array.isArray(json)) {
		return unreadable(rpcCodes.invalidRequest, "batches are not served: send one request per line");
	}
	const read = envelope.safeParse(json);
	if (!read.success) {
		return unreadable(rpcCodes.invalidRequest, reasons(read.error, "message"), idOf(json));
	}
	const { id, method, params = {} } = read.data;
	return id === undefined ? { kind: "notification", method } : { kind: "request", id, method, params };
}

/** The answer to a request that went well. */
export function answerLine(id: RequestId, result: object): Buffer {
	return toLine({ jsonrpc: "2.0", id, result });
}

/** The answer to a request that went wrong; `id` is null when the request's own is not known. */
export function errorLine(id: RequestId | null, error: RpcError): Buffer {
	return toLine({ jsonrpc: "2.0", id, error });
}

/** The notification that carries an event. */
export function eventLine(event: PosEvent): Buffer {
	return notificationLine("event", event);
}

/** Something that nobody has asked for. */
export function notificationLine(method: string, params: object): Buffer {
	return toLine({ jsonrpc: "2.0", method, params });
}

function toLine(message: object): Buffer {
	return Buffer.from(`${JSON.stringify(message)}\n`);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function unreadable(
	code: (typeof rpcCodes)[keyof typeof rpcCodes],
	detail: string,
	id: RequestId | null = null,
): Message {
	return { kind: "unreadable", id, code, detail };
}

function idOf(json: unknown): RequestId | null {
	const read = z.object({ id: requestId }).safeParse(json);
	return read.success ? read.data.id : null;
}
