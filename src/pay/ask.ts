import type { AttemptResult, PayCall } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";
import type { Desk } from "./desk.ts";
import type { Reply } from "./reply.ts";
import { cancelBody, type Facts, readAnswer, statusBody } from "./wire.ts";

/** What came of one request once its answer has been read. */
export type Answer =
	| { readonly kind: "answer"; readonly facts: Facts }
	| Exclude<Reply, { readonly kind: "answer" }>;

type Request = {
	readonly call: PayCall;
	readonly requestId: string;
	readonly body: object;
	/** The attempt's number in the diary. */
	readonly attempt: number;
	/** Undefined for a checkout, which finds it out. */
	readonly transactionId?: string;
	readonly token?: Secret;
	readonly signal?: AbortSignal;
};

/** Sends a request that stands in the diary already, reads its answer and writes down what came of it. */
export async function send(desk: Desk, request: Request): Promise<Answer> {
	const { tools, stop } = desk;
	const { call, body, token, signal } = request;
	const reply = await tools.client.call(call, body, {
		...(token === undefined ? {} : { token }),
		signal: signal === undefined ? stop : AbortSignal.any([stop, signal]),
	});
	const answer = read(reply, request);
	noteDown(desk, request, answer);
	stop.throwIfAborted();
	return answer;
}

/** Asks for the status of a payment; `Desk.pollTurn` comes before. */
export function askStatus(desk: Desk, transactionId: string, signal?: AbortSignal): Promise<Answer> {
	const requestId = desk.tools.newId();
	return send(desk, {
		call: "status",
		requestId,
		body: statusBody(requestId, transactionId),
		attempt: desk.tools.diary.before("status", requestId),
		transactionId,
		...(signal === undefined ? {} : { signal }),
	});
}

export function askCancel(desk: Desk, transactionId: string, requestId: string): Promise<Answer> {
	return send(desk, {
		call: "cancel",
		requestId,
		body: cancelBody(requestId, transactionId, desk.tools.store),
		attempt: desk.tools.diary.before("cancel", requestId),
		transactionId,
	});
}

/** The server's wish to be left alone for some ms, 0 when it has none. */
export function retryAfterOf(answer: Answer): number {
	return "retryAfterMs" in answer ? (answer.retryAfterMs ?? 0) : 0;
}

/** An answer that is not ours, or makes no sense, is none: what the server did is not known. */
function read(reply: Reply, request: Request): Answer {
	if (reply.kind !== "answer") return reply;
	const facts = readAnswer(request.call, reply.json, request);
	if (typeof facts !== "string") return { kind: "answer", facts };
	return { kind: "unanswered", fault: "server-answer-unreadable", detail: `answer ${facts}` };
}

function noteDown({ payment, tools }: Desk, request: Request, answer: Answer): void {
	const { call, attempt, transactionId } = request;
	const { diary, log, settings } = tools;
	// First the id: after a power loss between the two, the payment must not look as if it had none.
	if (answer.kind === "answer" && transactionId === undefined) {
		diary.learned({ transactionId: answer.facts.transactionId });
	}
	const result = resultOf(answer);
	diary.after(attempt, result);
	log.debug({ operation: payment.id, call, ...result }, "pay api call");
	const { statuses } = settings.enums;
	if (answer.kind !== "answer" || answer.facts.status === "") return;
	const { status } = answer.facts;
	if (!Object.values(statuses).some((words) => words.includes(status))) {
		log.warn({ operation: payment.id, call, status }, "a status that no list has");
	}
}

function resultOf(answer: Answer): AttemptResult {
	if (answer.kind === "answer") {
		const { status, refStatus, errorCode } = answer.facts;
		const words = [status === "" ? "unknown" : status, refStatus, errorCode];
		return { kind: "answered", summary: words.filter((word) => word !== undefined).join(" ") };
	}
	if (answer.kind === "refusal") return { kind: "answered", summary: answer.detail };
	return { kind: answer.kind, summary: `${answer.fault}: ${answer.detail}` };
}
