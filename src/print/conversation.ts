import { type Observable, ReplaySubject } from "rxjs";
import type { Gone, Port } from "../model/device.ts";
import type { Inquiry } from "../model/printer.ts";
import { within } from "./deadline.ts";
import { oneByOne } from "./one-by-one.ts";
import { type Patience, pieceWriter, type Unsent } from "./pieces.ts";
import { type Question, type QuestionTools, questionsOver, type Telling } from "./questions.ts";

/** A talk with a printer over one open channel. None of its promises rejects because the channel died. */
export type Conversation = {
	/** Sends all, each piece within `ms`. Undefined when the system has taken every byte. */
	send(bytes: Uint8Array, ms: number, patience?: Patience): Promise<Unsent | undefined>;
	/** Asks, waits at most `ms` for the question to leave and as long for the answer; undefined when there is none. */
	ask<T>(inquiry: Inquiry<T>, ms: number, told: Telling): Promise<T | undefined>;
	/** Asks, with `ms` for the question to leave, and waits until the question is withdrawn or the channel ends. */
	pose<T>(inquiry: Inquiry<T>, ms: number, told: Telling): Question<T>;
	/** Why the channel ended, once it has. */
	ended(): Gone | undefined;
	/** Emits why the channel ended, once it has. */
	readonly gone$: Observable<Gone>;
	/** Ends the talk; waits at most `ms` for the channel to close. */
	close(ms: number): Promise<void>;
};

/** A question to a channel that has ended. */
const unasked: Question<never> = { answer: Promise.resolve(undefined), withdraw: () => undefined };

/**
 * Begins a talk for the whole life of a channel: everything that arrives is cut into replies at once and handed on, and
 * little is kept. Questions that are answered at once wait for one another, so that answers without names are not mixed.
 */
export function converse(port: Port, tools: QuestionTools): Conversation {
	const { clock } = tools;
	const questions = questionsOver(tools);
	const listening = port.bytes$.subscribe((bytes) => questions.take(bytes));
	const send = pieceWriter(port, clock);
	const { ended, gone$ } = endOf(port, questions.withdrawAll);

	const leave = <T>({ request, read }: Inquiry<T>, ms: number, told: Telling) => {
		// Listening begins before the question leaves: the answer may come before the write is known to be done.
		const question = questions.pose(read, told);
		const left = send(request, ms).then((unsent) => {
			if (unsent !== undefined) question.withdraw();
		});
		return { question, left };
	};
	const inOrder = oneByOne();
	const askNow = async <T>(inquiry: Inquiry<T>, ms: number, told: Telling) => {
		if (ended() !== undefined) return undefined;
		const { question, left } = leave(inquiry, ms, told);
		await left;
		const answer = await within(ms, clock, question.answer);
		question.withdraw();
		return answer;
	};
	const ask: Conversation["ask"] = (inquiry, ms, told) =>
		told === "at-once" ? inOrder(() => askNow(inquiry, ms, told)) : askNow(inquiry, ms, told);
	const close = async (ms: number) => {
		// However badly a channel closes, it says nothing more about what went through it.
		await within(ms, clock, Promise.allSettled([port.close()]));
		questions.withdrawAll();
		listening.unsubscribe();
	};
	const pose = <T>(inquiry: Inquiry<T>, ms: number, told: Telling) =>
		ended() === undefined ? leave(inquiry, ms, told).question : unasked;
	return { send, ask, pose, ended, gone$, close };
}

/** How a channel ended, once it has; `then` is called at that moment. */
function endOf(port: Port, then: () => void): Pick<Conversation, "ended" | "gone$"> {
	const gone$ = new ReplaySubject<Gone>(1);
	let ended: Gone | undefined;
	void port.gone.then((gone) => {
		ended = gone;
		gone$.next(gone);
		then();
	});
	return { ended: () => ended, gone$ };
}
