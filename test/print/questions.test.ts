import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Inquiry, PrinterReply } from "../../src/model/printer.ts";
import { type Owed, questionsOver } from "../../src/print/questions.ts";
import { handClock } from "./hand-clock.ts";
import { asb } from "./port-in-hand.ts";
import { epson, nothing, silenceMs } from "./printing-kit.ts";

function scene(owed: Owed = { count: 0 }) {
	const clock = handClock();
	const reports: PrinterReply[] = [];
	const questions = questionsOver({
		listen: epson.listen(),
		owed,
		unasked: (report) => reports.push(report),
		clock,
	});
	const say = (...bytes: number[]) => questions.take(Uint8Array.from(bytes));
	return { clock, questions, say, reports, owed };
}

/** The first queued byte. */
const queued: Inquiry<number>["read"] = (replies) => {
	const answer = replies.find(({ kind }) => kind === "queued");
	return answer?.kind === "queued" ? answer.byte : undefined;
};
/** Four real-time bytes, in their order. */
const four: Inquiry<string>["read"] = (replies) => {
	const bytes = replies.flatMap((reply) => (reply.kind === "real-time" ? [reply.byte] : []));
	return bytes.length < 4 ? undefined : Buffer.from(bytes.slice(0, 4)).toString("hex");
};

test("what came before the question does not answer it", async () => {
	const { questions, say } = scene();
	say(0x01);
	const { answer } = questions.pose(queued, "by-turn");
	say(0x02);
	expect(await answer).toBe(2);
});

test("the late answer to a question that was given up answers no newer one", async () => {
	const { questions, say, owed } = scene();
	const old = questions.pose(queued, "by-turn");
	old.withdraw();
	expect([await old.answer, owed.count]).toEqual([undefined, 1]);
	const { answer } = questions.pose(queued, "by-turn");
	say(0x01);
	say(0x02);
	expect([await answer, owed.count]).toEqual([2, 0]);
});

test("what a printer owes it owes over all channels", async () => {
	const first = scene();
	first.questions.pose(queued, "by-turn");
	first.questions.withdrawAll();
	const second = scene(first.owed);
	const { answer } = second.questions.pose(queued, "by-turn");
	second.say(0x01, 0x02);
	expect(await answer).toBe(2);
});

test("answers that are given in turn go to the questions in their order", async () => {
	const { questions, say } = scene();
	const [first, second] = [questions.pose(queued, "by-turn"), questions.pose(queued, "by-turn")];
	say(0x01, 0x02);
	expect(await Promise.all([first.answer, second.answer])).toEqual([1, 2]);
});

test("on a new channel the answer that comes at once is the last before a silence", async () => {
	const { questions, say, clock } = scene();
	const { answer } = questions.pose(four, "at-once");
	say(0x1a, 0x32, 0x12);
	say(0x12, 0x16, 0x12);
	await clock.waiting(silenceMs);
	say(0x1e);
	clock.pass(silenceMs);
	expect(await answer).toBe("1216121e");
});

test("a question that was answered at once leaves no doubt, one that was not leaves it", async () => {
	const { questions, say, clock } = scene();
	const begin = questions.pose(four, "at-once");
	clock.pass(silenceMs);
	say(0x12, 0x12, 0x12, 0x12);
	await begin.answer;
	const sure = questions.pose(four, "at-once");
	say(0x16, 0x12, 0x12, 0x12, 0x1a);
	expect(await sure.answer).toBe("16121212");
	questions.pose(four, "at-once").withdraw();
	const doubtful = questions.pose(four, "at-once");
	say(0x16, 0x12, 0x12, 0x12, 0x1a, 0x12, 0x12, 0x12);
	expect(await doubtful.answer).toBe("1a121212");
});

test("unasked reports answer no question, and are handed on behind the answers of the same piece", async () => {
	const { questions, say, reports } = scene();
	const order: string[] = [];
	const { answer } = questions.pose((replies) => {
		order.push(...replies.map(({ kind }) => kind));
		return replies.length === 0 ? undefined : reports.length;
	}, "by-turn");
	say(...asb.paperOut, 0x00);
	expect([await answer, order, reports.length]).toEqual([0, ["queued"], 1]);
});

test("of a printer that talks without end little is kept, and the echo that was asked for is still found", async () => {
	const { questions } = scene();
	let most = 0;
	const { answer } = questions.pose((replies) => {
		most = Math.max(most, replies.length);
		return replies.some(({ kind }) => kind === "block") ? "found" : undefined;
	}, "by-name");
	const noise = new Uint8Array(1_024).fill(0x12);
	for (let piece = 0; piece < 64; piece += 1) questions.take(noise);
	questions.take(Uint8Array.of(0x37, 0x22, 0x41, 0x30, 0x30, 0x31, 0));
	expect([await answer, most]).toEqual(["found", 16]);
});

test("100 MB that nobody asked for leave nothing in memory", () => {
	setFlagsFromString("--expose-gc");
	const collect: () => void = runInNewContext("gc");
	const { questions } = scene();
	const noise = new Uint8Array(65_536).fill(0x12);
	const used = () => {
		collect();
		return process.memoryUsage().heapUsed;
	};
	const before = used();
	for (let piece = 0; piece < 1_600; piece += 1) questions.take(noise);
	expect(used() - before).toBeLessThan(1_048_576);
});

test("however many one-byte answers are lost or late, none answers a newer question than its own", () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom("ask", "give up", "answer"), { maxLength: 60 }), (deeds) => {
			const { questions, say } = scene();
			const asked: { id: number; withdraw: () => void; open: boolean }[] = [];
			const pending: number[] = [];
			let wrong = 0;
			for (const deed of deeds) {
				const last = asked.at(-1);
				if (deed === "ask" && !last?.open && asked.length < 16) {
					const id = asked.length;
					const entry = { id, open: true, withdraw: nothing };
					asked.push(entry);
					pending.push(id);
					const question = questions.pose((replies) => {
						const byte = queued(replies);
						if (byte === undefined) return undefined;
						if (byte !== id) wrong += 1;
						entry.open = false;
						return byte;
					}, "by-turn");
					entry.withdraw = question.withdraw;
				}
				if (deed === "give up" && last?.open) {
					last.withdraw();
					last.open = false;
				}
				const [next] = pending;
				if (deed === "answer" && next !== undefined) {
					pending.shift();
					say(next);
				}
			}
			expect(wrong).toBe(0);
		}),
	);
});
