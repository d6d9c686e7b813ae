import type { Dispatcher } from "undici";
import { FaultError } from "../model/fault.ts";
import type { HttpAnswer } from "./reply.ts";

/** One HTTP request; the path is relative to the server's origin. */
export type HttpRequest = {
	readonly method: "GET" | "HEAD" | "POST";
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
};

/** What came of one HTTP request: a whole answer, or why there is none. */
export type Exchanged =
	| { readonly kind: "whole"; readonly answer: HttpAnswer }
	| {
			readonly kind: "broken";
			/** Whether bytes of the request may have left. */
			readonly left: boolean;
			readonly error: unknown;
	  };

/**
 * Sends one request, once, and reads its whole answer. Never rejects.
 * @param mostBytes of the answer's body; a longer one is broken.
 * @param signal ends the exchange, wherever it stands.
 * @param startBy ends it too, but only while no byte of the request has left.
 */
export type Transport = (
	request: HttpRequest,
	mostBytes: number,
	signal: AbortSignal,
	startBy: AbortSignal,
) => Promise<Exchanged>;

/**
 * A `Transport` over undici. It uses `dispatch` because that alone says when the first byte is about to leave: an
 * error before that moment, whatever it is, proves that nothing has happened. Redirects are not followed.
 */
export function exchange(
	dispatcher: Dispatcher,
	request: HttpRequest,
	mostBytes: number,
	signal: AbortSignal,
	startBy: AbortSignal,
): Promise<Exchanged> {
	if (signal.aborted) return Promise.resolve({ kind: "broken", left: false, error: signal.reason });
	const { promise, resolve } = Promise.withResolvers<Exchanged>();
	const chunks: Uint8Array[] = [];
	let length = 0;
	let head: Omit<HttpAnswer, "body"> = { status: 0, headers: {} };
	let wire: Dispatcher.DispatchController | undefined;
	const broken = (error: unknown) => resolve({ kind: "broken", left: wire !== undefined, error });
	const isOver = () => signal.aborted || (wire === undefined && startBy.aborted);
	const giveUp = () => {
		if (!isOver()) return;
		broken(signal.aborted ? signal.reason : startBy.reason);
		wire?.abort(new FaultError("server-silent", "given up"));
	};
	const heard = new AbortController();
	for (const end of [signal, startBy]) end.addEventListener("abort", giveUp, { signal: heard.signal });
	// `reset: false`, or undici ends the connection after a HEAD.
	dispatcher.dispatch(
		{ ...request, reset: false },
		{
			onRequestStart: (controller) => {
				if (isOver()) controller.abort(new FaultError("server-silent", "given up before it left"));
				else wire = controller;
			},
			onResponseStart: (_, status, headers) => {
				head = { status, headers };
			},
			onResponseData: (controller, chunk) => {
				chunks.push(chunk);
				length += chunk.length;
				if (length > mostBytes) {
					controller.abort(new FaultError("server-answer-unreadable", `more than ${mostBytes} bytes`));
				}
			},
			onResponseEnd: () => resolve({ kind: "whole", answer: { ...head, body: Buffer.concat(chunks) } }),
			onResponseError: (_, error) => broken(error),
		},
	);
	return promise.finally(() => heard.abort());
}
