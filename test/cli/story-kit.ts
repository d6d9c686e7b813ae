import type { Journal } from "../../src/journal/journal.ts";
import { kopecks } from "../../src/model/money.ts";
import type { AttemptResult, FinalOutcome, JournaledCall } from "../../src/model/operation.ts";
import type { PrintVerdict } from "../../src/model/print.ts";
import { receiptOf, refundOf, refused, settled } from "../journal/intents.ts";
import { begun, handClock, opened, temporaryFolder } from "../journal/kit.ts";

/** A till whose day is lived by hand; times are wall-clock ms of its clock. */
export function storyTill(folder = temporaryFolder()) {
	const clock = handClock();
	const journal = opened(folder, clock);
	return { folder, clock, journal, ...hands(journal, clock) };
}

function hands(journal: Journal, clock: { at: number }) {
	const answer = (name: string, attempt: number, ms: number, [kind, summary]: Came) => {
		clock.at += ms;
		journal.diary(`operation ${name}`).after(attempt, { kind, summary });
	};
	return {
		/** The first request stands in the journal already. */
		answer,
		ask: (name: string, call: JournaledCall, requestId: string, ms: number, came: Came) => {
			clock.at += 1_000;
			answer(name, journal.diary(`operation ${name}`).before(call, requestId), ms, came);
		},
		finish: (name: string, outcome: FinalOutcome) =>
			journal.finish(`operation ${name}`, outcome, { eventBody: {}, print: { printer: "front" } })
				.printId as number,
		print: (id: number, verdict: PrintVerdict) => {
			clock.at += 5;
			journal.prints.begin(id);
			clock.at += 1_200;
			journal.prints.finish(id, verdict, {});
		},
	};
}

type Came = readonly [AttemptResult["kind"], string];

type Till = ReturnType<typeof storyTill>;

/** Makes a payment begin; returns its first attempt. */
const pay = ({ journal }: Till, name: string) => begun(journal, name).firstAttempt;

const firstOf = (begun: ReturnType<Journal["begin"]>) =>
	begun.kind === "begun" ? begun.operation.firstAttempt : 0;

const silent = "server-silent: no answer within 8000 ms";
const created = ["answered", "created"] as const;

const slipOf123 = { document: "payment", operationId: "operation 123" } as const;

/** What can become of order 123. */
export const days = {
	settled: (till: Till) => {
		till.answer("123", pay(till, "123"), 312, created);
		for (let poll = 1; poll <= 5; poll++) {
			till.ask("123", "status", `poll ${poll}`, 40 + poll, ["answered", "processing"]);
		}
		till.ask("123", "status", "poll 6", 38, ["answered", "paid"]);
		till.print(till.finish("123", settled), { state: "printed", evidence: "process-id" });
	},
	repeated: (till: Till) => {
		till.answer("123", pay(till, "123"), 8_000, ["unanswered", silent]);
		till.ask("123", "checkout", "request 123", 8_000, ["unanswered", silent]);
		const doubt = { kind: "unknown", fault: "server-silent" } as const;
		const body = { operationId: "operation 123", state: "unknown", fault: "server-silent" };
		till.journal.tell("operation 123", doubt, body);
		till.ask("123", "checkout", "request 123", 250, created);
		till.ask("123", "postback", "request 123", 0, ["answered", "paid"]);
		till.finish("123", settled);
	},
	refused: (till: Till) => {
		till.answer("123", pay(till, "123"), 312, created);
		till.journal
			.diary("operation 123")
			.learned({ transactionId: "transaction 1", cancelWanted: "timed-out" });
		till.ask("123", "cancel", "cancel 123", 77, ["answered", "canceled"]);
		till.journal.finish("operation 123", { ...refused, wireCode: "TIME_IS_OVER" }, { eventBody: {} });
	},
	resolved: (till: Till) => {
		till.answer("123", pay(till, "123"), 312, ["answered", "paid"]);
		const print = till.finish("123", settled);
		const detail = "no echo of the block within 5000 ms";
		till.print(print, { state: "unknown", fault: "print-unconfirmed", detail });
		till.clock.at += 42_000;
		till.journal.prints.resolve(print, "not-on-paper", {});
		const { answer } = till.journal.prints.ask({
			key: "again",
			bodyHash: "again",
			subject: slipOf123,
			printer: "back",
		});
		till.print(answer.printId, { state: "printed", evidence: "paper-barrier" });
	},
	refunded: (till: Till) => {
		till.answer("123", pay(till, "123"), 312, ["answered", "paid"]);
		till.print(till.finish("123", settled), { state: "printed", evidence: "status" });
		till.clock.at = Date.parse("2026-03-01T10:01:40Z");
		const refund = till.journal.begin(refundOf("transaction 1", "r", 10_050));
		till.answer("r", firstOf(refund), 420, ["answered", "refunded"]);
		const slip = { refundTransactionId: "refund 1", totalAmount: kopecks(10_050), unlisted: {} };
		till.finish("r", { ...settled, refTransactionId: "refund 1", slip });
		till.clock.at = Date.parse("2026-03-01T10:03:20Z");
		const receipt = till.journal.begin(receiptOf("transaction 1", "receipt"));
		const noLine = "server-unreachable: no connection within 3000 ms";
		till.answer("receipt", firstOf(receipt), 3_000, ["not-sent", noLine]);
		till.clock.at = Date.parse("2026-03-01T21:30:00Z");
		till.journal.diary("operation receipt").before("receipt", "request receipt");
	},
	"paper out": (till: Till) => {
		const { journal, clock } = till;
		const question = { id: "operation q", requestId: "request q", orderId: "order 123", brand: "example" };
		const { firstAttempt } = journal.ask({
			...{ ...question, amount: kopecks(85_900), cardMasked: "77*************2345", startedAt: clock.at },
		});
		till.answer("q", firstAttempt, 90, ["answered", "SBP"]);
		journal.answered("operation q", { kind: "settled" }, "SBP yes, DOLYAME no");
		pay(till, "123");
		const print = till.finish("123", settled);
		clock.at += 5;
		journal.prints.begin(print);
		journal.prints.finish(print, { state: "not-printed", fault: "printer-paper-out" }, {});
		clock.at += 30_000;
		const { answer } = journal.prints.ask({
			key: "again",
			bodyHash: "again",
			subject: slipOf123,
			printer: "front",
		});
		clock.at += 7_000;
		journal.prints.cancel(answer.printId, {});
	},
} as const satisfies Record<string, (till: Till) => void>;
