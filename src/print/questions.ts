import type { Clock } from "../model/clock.ts";
import type { Inquiry, PrinterReply } from "../model/printer.ts";
import type { PrinterDriver } from "../model/printer-driver.ts";

/**
 * How the answer to a question is told from a late answer to an older one:
 * - `by-name`: it carries the question's own name (the process id of GS ( H), so an older one never fits;
 * - `by-turn`: one byte without a name, given in the order of the questions (GS r), however late;
 * - `at-once`: bytes without a name, given at once or never (DLE EOT). A line that stood still hands an old answer on
 *   just before the new one.
 */
export type Telling = "by-name" | "by-turn" | "at-once";

/** One-byte answers that a printer still owes, over all its channels: the next ones answer questions given up. */
export type Owed = { count: number };

/** A question that waits for its answer. */
export type Question<T> = {
	/** Undefined when it was withdrawn. */
	readonly answer: Promise<T | undefined>;
	/** Gives it up. Nothing happens when it has been answered. */
	withdraw(): void;
};

/** Replies of one printer on one channel, and the questions that wait for them. */
export type Questions = {
	/** What has arrived, in pieces of any size. */
	take(bytes: Uint8Array): void;
	/** Waits for an answer among the replies from now on: it is to be called just before the question leaves. */
	pose<T>(read: Inquiry<T>["read"], told: Telling): Question<T>;
	/** Gives up all that wait. */
	withdrawAll(): void;
};

type Take = (reply: PrinterReply) => void;

export type QuestionTools = {
	readonly listen: ReturnType<PrinterDriver["listen"]>;
	readonly owed: Owed;
	/** Takes the reports that nobody asked for. */
	readonly unasked: (report: PrinterReply) => void;
	readonly clock: Clock;
};

/** Replies kept for one question, the latest ones; the longest answer, to DLE EOT 1 to 4, has four. */
const mostKept = 16;

/** Bytes heard of one piece, the last ones: all that a printer can be asked for at once is shorter. */
const mostHeard = 1_024;

/** After a question that was not answered at once, the next one's answer is the last before so long a silence, in ms. */
const silenceMs = 100;

/**
 * Hands each reply to the questions that wait. What is kept is bounded, and so is the work for a piece, whatever arrives
 * for however long.
 *
 * A one-byte answer that the printer owes goes to the question that was given up, not to a newer one. A channel may
 * begin with what is left from another, and a question that nobody answered may be answered late: then the answers
 * that come at once are read from their end, once it is silent.
 */
export function questionsOver({ listen, owed, unasked, clock }: QuestionTools): Questions {
	const open = new Map<Take, { readonly told: Telling; readonly withdraw: () => void }>();
	let staleMayCome = true;

	const hear = (reply: PrinterReply) => {
		if (reply.kind !== "queued") for (const take of [...open.keys()]) take(reply);
		else if (owed.count > 0) owed.count -= 1;
		else firstInTurn()?.(reply);
	};
	const firstInTurn = () => [...open].find(([, { told }]) => told === "by-turn")?.[0];
	const pose = <T>(read: Inquiry<T>["read"], told: Telling): Question<T> => {
		const { promise: answer, resolve } = Promise.withResolvers<T | undefined>();
		const end = (found: T | undefined) => {
			if (!open.delete(take)) return;
			if (told === "at-once") staleMayCome = found === undefined;
			if (told === "by-turn" && found === undefined) owed.count += 1;
			resolve(found);
		};
		const listener = told === "at-once" && staleMayCome ? fromTheEnd : fromTheBeginning;
		const take: Take = listener(read, clock, end, () => open.has(take));
		open.set(take, { told, withdraw: () => end(undefined) });
		return { answer, withdraw: () => end(undefined) };
	};
	return {
		take: (bytes) => {
			const replies = listen(bytes.subarray(-mostHeard));
			// Answers first: what they prove was so before whatever is reported together with them.
			for (const reply of replies) if (reply.kind !== "automatic") hear(reply);
			for (const reply of replies) if (reply.kind === "automatic") unasked(reply);
		},
		pose,
		withdrawAll: () => {
			for (const { withdraw } of [...open.values()]) withdraw();
		},
	};
}

type Listener = <T>(
	read: Inquiry<T>["read"],
	clock: Clock,
	found: (answer: T) => void,
	waits: () => boolean,
) => Take;

function keep(replies: PrinterReply[], reply: PrinterReply): void {
	replies.push(reply);
	if (replies.length > mostKept) replies.shift();
}

/** The first replies that make an answer are the answer. */
const fromTheBeginning: Listener = (read, _clock, found) => {
	const replies: PrinterReply[] = [];
	return (reply) => {
		keep(replies, reply);
		const answer = read(replies);
		if (answer !== undefined) found(answer);
	};
};

/** The last replies before a silence that make an answer are the answer. */
const fromTheEnd: Listener = (read, clock, found, waits) => {
	const replies: PrinterReply[] = [];
	let count = 0;
	const listenForSilence = async () => {
		for (let heard = -1; heard !== count; ) {
			heard = count;
			await clock.sleep(silenceMs);
		}
		count = 0;
		for (let from = replies.length - 1; from >= 0 && waits(); from -= 1) {
			const answer = read(replies.slice(from));
			if (answer !== undefined) found(answer);
		}
	};
	return (reply) => {
		keep(replies, reply);
		count += 1;
		if (count === 1) void listenForSilence();
	};
};
