import type { AttemptResult, LearnedIds, PayCall } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";
import { msBetween } from "../model/step.ts";
import { cancelBody, statusBody } from "./bodies.ts";
import type { CallLine } from "./call-lines.ts";
import { type Desk, wordsOf } from "./desk.ts";
import type { Reply } from "./reply.ts";
import { type Facts, readAnswer } from "./wire.ts";

type Told = Extract<Reply, { readonly kind: "answer" }>;

/** A request that brought no answer to read. */
export type NoAnswer = Exclude<Reply, Told>;

/** What came of one request once its answer has been read; most are about a transaction. */
export type Answer<T = Facts> = { readonly kind: "answer"; readonly facts: T } | NoAnswer;

export type Request<T> = {
	readonly call: PayCall;
	readonly requestId: string;
	/** Of a POST. */
	readonly body?: object;
	/** Which list of providers `providers-poll` asks for. */
	readonly id?: string;
	/** The attempt's number in the diary. */
	readonly attempt: number;
	readonly token?: Secret;
	readonly signal?: AbortSignal;
	/** @returns the facts of an answer, or in words (and no value of it) why it cannot be read. */
	readonly read: (told: Told) => T | string;
	/** The ids in an answer that the diary takes in as it crosses the answer off. */
	readonly learn?: (facts: T) => LearnedIds | undefined;
	/** An answer's words, for the journal. */
	readonly words: (facts: T) => string;
};

/** Sends a request that stands in the diary already, reads its answer and writes down what came of it. */
export async function send<T extends object>(desk: Desk, request: Request<T>): Promise<Answer<T>> {
	const { tools, stop, mail } = desk;
	const { call, body, id, token, signal, requestId } = request;
	const left = tools.clock.now();
	const reply = await tools.client.call(call, body, {
		...(token === undefined ? {} : { token }),
		...(id === undefined ? {} : { id }),
		signals: [stop, mail, ...(signal === undefined ? [] : [signal])],
	});
	const answer = read(reply, request);
	const result = resultOf(answer, request);
	const learned = answer.kind === "answer" ? request.learn?.(answer.facts) : undefined;
	tools.diary.after(request.attempt, result, learned);
	const ms = msBetween(left, tools.clock.now());
	desk.calls.came({ call, requestId, ms, summary: result.summary, ...lineOf(reply, answer) });
	desk.throwIfStopped();
	return answer;
}

/** A transaction: the payment's, and the refund's own beside it when that is asked for. */
export type Transaction = { readonly transactionId: string; readonly refTransactionId?: string };

/**
 * Asks for the status of a payment or a refund; `Desk.pollTurn` comes before. What the server has posted meanwhile
 * is as good as its answer, and saves the question.
 */
export async function askStatus(desk: Desk, about: Transaction, signal?: AbortSignal): Promise<Answer> {
	const posted = desk.takeMail();
	if (posted !== undefined) return { kind: "answer", facts: posted };
	const requestId = desk.tools.newId();
	const answer = await send(desk, {
		call: "status",
		requestId,
		body: statusBody(requestId, about),
		attempt: desk.tools.diary.before("status", requestId),
		...(signal === undefined ? {} : { signal }),
		...readsTransaction(desk, "status", { requestId, ...about }),
	});
	const facts = answer.kind === "answer" ? undefined : desk.takeMail();
	return facts === undefined ? answer : { kind: "answer", facts };
}

/** @param journaled the attempt's number when it stands in the diary already. */
export function askCancel(
	desk: Desk,
	transactionId: string,
	requestId: string,
	journaled: number | undefined,
): Promise<Answer> {
	return send(desk, {
		call: "cancel",
		requestId,
		body: cancelBody(requestId, transactionId, desk.tools.store),
		attempt: journaled ?? desk.tools.diary.before("cancel", requestId),
		...readsTransaction(desk, "cancel", { requestId, transactionId }),
	});
}

/** How an answer about a transaction is read: it must be ours, and a word that the shop does not know is warned about. */
export function readsTransaction(desk: Desk, call: PayCall, asked: Parameters<typeof readAnswer>[2]) {
	return {
		words: wordsOf,
		read: ({ json }: Told): Facts | string => {
			const facts = readAnswer(call, json, asked);
			if (typeof facts !== "string") warnOfUnlisted(desk, call, facts);
			return facts;
		},
	};
}

/** The server's wish to be left alone for some ms, 0 when it has none. */
export function retryAfterOf(answer: Answer<unknown>): number {
	return "retryAfterMs" in answer ? (answer.retryAfterMs ?? 0) : 0;
}

/** An answer that is not ours, or makes no sense, is none: what the server did is not known. */
function read<T extends object>(reply: Reply, request: Request<T>): Answer<T> {
	if (reply.kind !== "answer") return reply;
	const facts = request.read(reply);
	if (typeof facts !== "string") return { kind: "answer", facts };
	return { kind: "unanswered", fault: "server-answer-unreadable", detail: `answer ${facts}` };
}

function resultOf<T>(answer: Answer<T>, request: Request<T>): AttemptResult {
	if (answer.kind === "answer") return { kind: "answered", summary: request.words(answer.facts) };
	if (answer.kind === "refusal") return { kind: "answered", summary: answer.detail };
	return { kind: answer.kind, summary: `${answer.fault}: ${answer.detail}` };
}

/** What the log says of an answer besides its words. */
function lineOf(
	reply: Reply,
	answer: Answer<unknown>,
): Pick<CallLine, "outcome" | "fault" | "wireCode" | "httpStatus"> {
	const httpStatus = reply.kind === "answer" ? reply.status : reply.httpStatus;
	const http = httpStatus === undefined ? {} : { httpStatus };
	if (answer.kind === "answer") return { outcome: "answered", ...http };
	const { kind, fault } = answer;
	if (kind !== "refusal") return { outcome: kind, fault, ...http };
	return { outcome: "refused", fault, ...http, ...(answer.wireCode && { wireCode: answer.wireCode }) };
}

function warnOfUnlisted({ operation, tools }: Desk, call: PayCall, { status, refStatus }: Facts): void {
	const { statuses, refStatuses } = tools.settings.enums;
	const isListed = (word: string | undefined, lists: Readonly<Record<string, readonly string[]>>) =>
		word === undefined || word === "" || Object.values(lists).some((words) => words.includes(word));
	if (!isListed(status, statuses)) tools.log.warn({ operation, call, status }, "a status that no list has");
	if (!isListed(refStatus, refStatuses)) {
		tools.log.warn({ operation, call, refStatus }, "a refStatus that no list has");
	}
}
