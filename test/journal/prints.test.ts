import { expect, test } from "vitest";
import type { PrintSubject, PrintVerdict } from "../../src/model/print.ts";
import { intentOf, settled } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const slip: PrintSubject = { document: "payment", operationId: "operation a" };
const now = handClock().at;
const day = 86_400_000;

/** A journal in which one print waits. */
function waiting(folder = temporaryFolder(), clock = handClock()) {
	const journal = opened(folder, clock);
	begun(journal, "a");
	const { printId } = journal.finish("operation a", settled, { eventBody: {}, print: { printer: "front" } });
	if (printId === undefined) throw new TypeError("no print was queued");
	const { prints } = journal;
	return { journal, prints, printId, printOf: () => journal.find({ id: "operation a" })?.print };
}

const printed: PrintVerdict = { state: "printed", evidence: "process-id" };

test.each<PrintVerdict>([
	printed,
	{ state: "not-printed", fault: "printer-paper-out", detail: "paper end" },
	{ state: "unknown", fault: "print-unconfirmed" },
])("a print's verdict is kept with what belongs to it, and told: %o", (verdict) => {
	const { journal, printId, printOf } = waiting();
	journal.prints.begin(printId);
	const event = journal.prints.finish(printId, verdict, { state: verdict.state });
	expect(printOf()).toEqual({
		...{
			id: printId,
			subject: slip,
			operationId: "operation a",
			orderId: "order a",
			mark: "original",
			printer: "front",
		},
		...{ queuedAt: now, begunAt: now, judgedAt: now, ...verdict },
	});
	expect(event).toMatchObject({ type: "print", body: { state: verdict.state } });
	expect(journal.events.since(event.seq - 1, 100)).toEqual([event]);
	expect([journal.prints.inState("queued"), journal.prints.inState("printing")]).toEqual([[], []]);
});

test("a print that waited when the power failed still waits", () => {
	const folder = temporaryFolder();
	const { journal, printId } = waiting(folder);
	journal.close();
	const { prints } = opened(folder);
	expect(prints.inState("queued")).toMatchObject([{ id: printId, operationId: "operation a" }]);
	expect(prints.next("front")?.id).toBe(printId);
	expect([prints.next("back"), prints.waiting("front"), prints.waiting("back")]).toEqual([undefined, 1, 0]);
});

test("a print that had begun when the power failed stays so until it is judged, and is never the next one", () => {
	const folder = temporaryFolder();
	const { journal, printId } = waiting(folder);
	journal.prints.begin(printId);
	journal.close();
	const { prints, ...again } = opened(folder);
	expect(prints.inState("printing")).toMatchObject([{ id: printId }]);
	expect(prints.next("front")).toBeUndefined();
	prints.finish(printId, { state: "unknown", fault: "print-interrupted" }, {});
	expect(prints.inState("printing")).toEqual([]);
	expect(again.find({ id: "operation a" })?.print).toMatchObject({ state: "unknown" });
});

test("a print begins once: what has begun, has been judged or never was cannot begin", () => {
	const { journal, printId } = waiting();
	journal.prints.begin(printId);
	expect(() => journal.prints.begin(printId)).toThrow("internal-failure");
	journal.prints.finish(printId, printed, {});
	expect(() => journal.prints.begin(printId)).toThrow("internal-failure");
	expect(() => journal.prints.begin(printId + 1)).toThrow("internal-failure");
});

test("a printer that is not reached gives a verdict on a print that never began", () => {
	const { journal, printId, printOf } = waiting();
	journal.prints.finish(printId, { state: "not-printed", fault: "printer-unreachable" }, {});
	expect(printOf()).toMatchObject({ state: "not-printed", fault: "printer-unreachable" });
});

test("a verdict is final, and a second one tells nothing", () => {
	const { journal, printId, printOf } = waiting();
	journal.prints.finish(printId, printed, {});
	const before = journal.events.since(0, 100);
	const second = () => journal.prints.finish(printId, { state: "unknown", fault: "print-unconfirmed" }, {});
	expect(second).toThrow("internal-failure");
	expect(printOf()?.state).toBe("printed");
	expect(journal.events.since(0, 100)).toEqual(before);
});

const wish = { key: "k", bodyHash: "h", printer: "front" } as const;

test("a print that is asked for waits behind the others, with its key, over a restart", () => {
	const folder = temporaryFolder();
	const { journal, prints, printId } = waiting(folder);
	prints.finish(printId, printed, {});
	const asked = prints.ask({ ...wish, subject: slip });
	expect(asked).toEqual({ bodyHash: "h", answer: { printId: printId + 1, state: "queued", mark: "copy" } });
	journal.close();
	const again = opened(folder);
	expect(again.prints.answerFor("k")).toEqual(asked);
	expect(again.prints.ask({ ...wish, bodyHash: "other", subject: slip })).toEqual(asked);
	expect(again.prints.find(printId + 1)).toMatchObject({ mark: "copy", repeats: printId, subject: slip });
	expect(again.find({ id: "operation a" })?.print?.id).toBe(printId + 1);
});

test("while a print of the same slip is on its way no other one comes into the queue", () => {
	const { prints, printId } = waiting();
	expect(() => prints.ask({ ...wish, subject: slip })).toThrow(
		`print-unfinished: print ${printId} is queued`,
	);
	prints.begin(printId);
	expect(() => prints.ask({ ...wish, subject: slip })).toThrow("is printing");
	expect(prints.answerFor("k")).toBeUndefined();
});

test("a report that is printed again is marked by its own prints, and by no other report's", () => {
	const { prints } = opened();
	const subject = { document: "shift-report", from: 0, to: now } as const;
	const { printId } = prints.ask({ ...wish, subject }).answer;
	prints.finish(printId, { state: "unknown", fault: "print-unconfirmed" }, {});
	const again = (key: string, of: number) => prints.ask({ ...wish, key, subject, again: of }).answer;
	const repeat = again("k2", printId);
	expect(repeat.mark).toBe("repeat");
	prints.finish(repeat.printId, printed, {});
	expect(again("k3", repeat.printId).mark).toBe("copy");
	expect(prints.ask({ ...wish, key: "k4", subject }).answer.mark).toBe("original");
});

test("a key belongs to a print or to an operation, never to both", () => {
	const { journal, prints, printId } = waiting();
	prints.finish(printId, printed, {});
	expect(() => prints.ask({ ...wish, key: "key of a", subject: slip })).toThrow("key-conflict");
	prints.ask({ ...wish, subject: slip });
	expect(() => journal.begin({ ...intentOf("b"), key: "k" })).toThrow("key-conflict");
	expect(journal.find({ id: "operation b" })).toBeUndefined();
});

test("the key of a print is remembered for the days asked for, then it is free", () => {
	const clock = handClock();
	const { prints } = opened(temporaryFolder(), clock);
	const subject = { document: "self-test" } as const;
	const cancelled = (key: string) => prints.cancel(prints.ask({ ...wish, key, subject }).answer.printId, {});
	cancelled("k");
	for (let days = 1; days <= 30; days += 1) {
		clock.at += day;
		cancelled(`k ${days}`);
	}
	expect(prints.ask({ ...wish, subject }).answer.printId).toBe(1);
	clock.at += day;
	cancelled("last");
	expect(prints.ask({ ...wish, subject }).answer.printId).toBe(33);
});

test("what has not begun can go to another printer, and no other", () => {
	const { prints, printId } = waiting();
	prints.move(printId, "back");
	expect([prints.next("front"), prints.next("back")?.id]).toEqual([undefined, printId]);
	prints.begin(printId);
	expect(() => prints.move(printId, "front")).toThrow("internal-failure");
	expect(prints.find(printId)).toMatchObject({ printer: "back", state: "printing" });
});

test("what has not begun can be taken back, and then cannot begin", () => {
	const { prints, printId } = waiting();
	expect(prints.cancel(printId, { state: "cancelled" })).toMatchObject({ body: { state: "cancelled" } });
	expect(prints.find(printId)).toMatchObject({ state: "cancelled", fault: "print-cancelled" });
	expect(() => prints.begin(printId)).toThrow("print-cancelled");
	expect(() => prints.cancel(printId, {})).toThrow("print-not-open");
});

test("what has begun, or was never there, cannot be taken back", () => {
	const { prints, printId } = waiting();
	prints.begin(printId);
	expect(() => prints.cancel(printId, {})).toThrow("print-not-open");
	expect(() => prints.cancel(printId + 1, {})).toThrow("print-not-open");
});

test("the cashier's answer to an unknown print is kept, once, and marks the next one", () => {
	const { prints, printId } = waiting();
	expect(() => prints.resolve(printId, "on-paper", {})).toThrow("print-not-open");
	prints.finish(printId, { state: "unknown", fault: "print-unconfirmed" }, {});
	expect(prints.resolve(printId, "not-on-paper", {})).toMatchObject({ type: "print" });
	expect(() => prints.resolve(printId, "on-paper", {})).toThrow("print-not-open");
	expect(prints.find(printId)).toMatchObject({ state: "unknown", resolved: "not-on-paper" });
	expect(prints.ask({ ...wish, subject: slip }).answer.mark).toBe("original");
});

test("prints are listed the newest first, by state, operation and printer", () => {
	const { prints, printId } = waiting();
	const subject = { document: "self-test" } as const;
	prints.finish(printId, printed, {});
	prints.ask({ ...wish, subject, printer: "back" });
	const ids = (wanted: Partial<Parameters<typeof prints.list>[0]>) =>
		prints.list({ most: 9, ...wanted }).map(({ id }) => id);
	expect(ids({})).toEqual([printId + 1, printId]);
	expect(ids({ most: 1 })).toEqual([printId + 1]);
	expect(ids({ states: ["printed", "unknown"] })).toEqual([printId]);
	expect(ids({ operationId: "operation a" })).toEqual([printId]);
	expect(ids({ printer: "back" })).toEqual([printId + 1]);
	expect(ids({ printer: "back", states: ["printed"] })).toEqual([]);
});

test("a printer's next block is told whether the one before may have broken off, over a restart too", () => {
	const folder = temporaryFolder();
	const clock = handClock();
	const { journal, prints, printId } = waiting(folder, clock);
	expect(prints.mayHaveBrokenOff("front")).toBe(false);
	prints.begin(printId);
	prints.finish(printId, { state: "unknown", fault: "print-interrupted" }, {});
	const subject = { document: "self-test" } as const;
	const next = prints.ask({ ...wish, subject }).answer.printId;
	expect([prints.mayHaveBrokenOff("front"), prints.mayHaveBrokenOff("back")]).toEqual([true, false]);
	journal.close();
	const again = opened(folder, clock).prints;
	expect(again.mayHaveBrokenOff("front")).toBe(true);
	clock.at += 1;
	again.begin(next);
	again.finish(next, { state: "unknown", fault: "print-unconfirmable" }, {});
	expect(again.mayHaveBrokenOff("front")).toBe(false);
});
