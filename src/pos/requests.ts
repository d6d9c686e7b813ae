import { randomUUID } from "node:crypto";
import { FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import { type Explain, rpcError, wordless } from "./errors.ts";
import type { Calls } from "./methods.ts";
import { answerLine, errorLine, type Message } from "./rpc.ts";

export type Request = Extract<Message, { kind: "request" }>;

/** What a request is answered with. */
export type RequestTools = { readonly calls: Calls; readonly explain: Explain; readonly log: Log };

/** Does what a request asks, at once, and resolves to the line that answers it. Never rejects. */
export async function answerTo(request: Request, tools: RequestTools): Promise<Buffer> {
	try {
		return answerLine(request.id, await callOf(request, tools.calls)(request.params));
	} catch (error) {
		return refusalOf(error, request, tools);
	}
}

/** The line that refuses a request. */
export function refusalOf(error: unknown, request: Request, { explain, log }: RequestTools): Buffer {
	const fault = error instanceof FaultError ? error : hiddenFault(error, request.method, log);
	return errorLine(request.id, rpcError(fault, explain));
}

function callOf({ method }: Request, calls: Calls) {
	const call = calls.get(method);
	if (call !== undefined) return call;
	const known = [...calls.keys(), "events.subscribe"].join(", ");
	throw new FaultError("method-unknown", `the methods are ${known}`);
}

/** A failure without a row in the table stays in the log, under a reference that the technician can name. */
function hiddenFault(error: unknown, method: string, log: Log): FaultError {
	const reference = randomUUID().slice(0, 8);
	log.error({ reference, method, error: wordless(error) }, "unexpected failure");
	return new FaultError("internal-failure", `in the log of kassad as ${reference}`);
}
