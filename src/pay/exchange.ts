import type { Dispatcher } from "undici";
import { FaultError } from "../model/fault.ts";
import { whenAborted } from "../model/when-aborted.ts";
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
 * One request over undici. It uses `dispatch` because that alone says when the first byte is about to leave: an
 * error before that moment, whatever it is, proves that nothing has happened. Redirects are not followed.
 * @param done called once, when undici has finished with the request; that may be after it was given up.
 */
export function exchange(
	dispatcher: Dispatcher,
	done: () => void,
	...[request, mostBytes, signal, startBy]: Parameters<Transport>
): Promise<Exchanged> {
	if (signal.aborted || startBy.aborted) {
		done();
		return Promise.resolve({ kind: "broken", left: false, error: reasonOf(signal, startBy) });
	}
	const { promise, resolve } = Promise.withResolvers<Exchanged>();
	let wire: Dispatcher.DispatchController | undefined;
	const isOver = () => signal.aborted || (wire === undefined && startBy.aborted);
	const broken = (error: unknown) => resolve({ kind: "broken", left: wire !== undefined, error });
	const giveUp = () => {
		if (!isOver()) return;
		broken(reasonOf(signal, startBy));
		wire?.abort(new FaultError("server-silent", "given up"));
	};
	const handler: Dispatcher.DispatchHandler = {
		onRequestStart: (controller) => {
			if (isOver()) controller.abort(new FaultError("server-silent", "given up before it left"));
			else wire = controller;
		},
		...gathering(mostBytes, (answer) => {
			resolve({ kind: "whole", answer });
			done();
		}),
		onResponseError: (_, error) => {
			broken(error);
			done();
		},
	};
	// `reset: false`, or undici ends the connection after a HEAD.
	dispatcher.dispatch({ ...request, reset: false }, handler);
	return promise.finally(whenAborted([signal, startBy], giveUp));
}

/** Why the first of them that has aborted did so. */
export function reasonOf(...signals: readonly AbortSignal[]): unknown {
	return signals.find(({ aborted }) => aborted)?.reason;
}

/** Gathers an answer, as long as it is not too long. */
function gathering(mostBytes: number, whole: (answer: HttpAnswer) => void) {
	const chunks: Uint8Array[] = [];
	let length = 0;
	let head: Omit<HttpAnswer, "body"> = { status: 0, headers: {} };
	return {
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
		onResponseEnd: () => whole({ ...head, body: Buffer.concat(chunks) }),
	} satisfies Dispatcher.DispatchHandler;
}
