import type { Dispatcher, Pool } from "undici";
import { FaultError } from "../model/fault.ts";
import type { HttpAnswer } from "./reply.ts";

/** One HTTP exchange: a whole answer, or why there is none. */
export type Exchanged =
	| { readonly kind: "whole"; readonly answer: HttpAnswer }
	| {
			readonly kind: "broken";
			/** Whether bytes of the request may have left. */
			readonly left: boolean;
			readonly error: unknown;
	  };

/**
 * Sends one request and reads its whole answer. Never rejects.
 *
 * It uses undici's `dispatch` because that alone says when the first byte is about to leave: an error before
 * that moment, whatever it is, proves that nothing has happened.
 * @param mostBytes of the body; a longer one is cut off and broken.
 * @param signal ends the exchange; a request that still waits for a connection then never leaves.
 */
export function exchange(
	pool: Pool,
	request: Dispatcher.DispatchOptions,
	mostBytes: number,
	signal: AbortSignal,
): Promise<Exchanged> {
	if (signal.aborted) return Promise.resolve({ kind: "broken", left: false, error: signal.reason });
	const { promise, resolve } = Promise.withResolvers<Exchanged>();
	const chunks: Uint8Array[] = [];
	let length = 0;
	let head: Omit<HttpAnswer, "body"> = { status: 0 };
	let wire: Dispatcher.DispatchController | undefined;
	const broken = (error: unknown) => resolve({ kind: "broken", left: wire !== undefined, error });
	const giveUp = () => {
		broken(signal.reason);
		wire?.abort(new FaultError("server-silent", "given up"));
	};
	signal.addEventListener("abort", giveUp, { once: true });
	pool.dispatch(request, {
		onRequestStart: (controller) => {
			if (signal.aborted) controller.abort(new FaultError("server-silent", "given up before it left"));
			else wire = controller;
		},
		onResponseStart: (_, status, { "retry-after": retryAfter }) => {
			head = { status, ...(typeof retryAfter === "string" ? { retryAfter } : {}) };
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
	});
	return promise.finally(() => signal.removeEventListener("abort", giveUp));
}
