import fc from "fast-check";
import { expect, test } from "vitest";
import { readJournal } from "../../src/journal/read-journal.ts";
import { openShiftReader } from "../../src/journal/shifts.ts";
import { intentOf } from "./intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./kit.ts";

const terminal = "till-1";
const wish = (key: string, till = terminal) => ({ key, bodyHash: `hash of ${key}`, terminal: till });

test("a shift is opened and closed, and the next one has the next number", () => {
	const clock = handClock(1_000);
	const { shifts } = opened(temporaryFolder(), clock);
	expect(shifts.open(wish("a")).shift).toEqual({ number: 1, terminal, openedAt: 1_000 });
	clock.at = 2_000;
	const closed = { number: 1, terminal, openedAt: 1_000, closedAt: 2_000 };
	expect(shifts.close(wish("b")).shift).toEqual(closed);
	clock.at = 3_000;
	const next = { number: 2, terminal, openedAt: 3_000 };
	expect(shifts.open(wish("c")).shift).toEqual(next);
	expect([shifts.current(terminal), shifts.last(terminal), shifts.find(1)]).toEqual([next, closed, closed]);
	expect(shifts.list({ most: 9 })).toEqual([next, closed]);
	expect(shifts.list({ most: 9, before: 2 })).toEqual([closed]);
	expect(shifts.list({ most: 9, terminal: "till-2" })).toEqual([]);
});

test("a till has one shift at a time, and each till its own", () => {
	const { shifts } = opened();
	shifts.open(wish("a"));
	expect(() => shifts.open(wish("b"))).toThrow("shift-already-open: shift 1 goes on");
	expect(shifts.open(wish("c", "till-2")).shift.number).toBe(2);
	expect(() => shifts.close(wish("d", "till-3"))).toThrow("shift-not-open: till till-3 has no shift");
	shifts.close(wish("e"));
	expect(shifts.current("till-2")?.number).toBe(2);
	expect(() => shifts.close(wish("f"))).toThrow("shift-not-open");
});

test("the same key gets the first answer, also over a restart and when the shift is over", () => {
	const [folder, clock] = [temporaryFolder(), handClock(1_000)];
	const before = opened(folder, clock);
	const first = before.shifts.open(wish("a"));
	expect(before.shifts.open(wish("a"))).toEqual(first);
	const last = before.shifts.close(wish("b"));
	before.close();
	clock.at = 5_000;
	const { shifts } = opened(folder, clock);
	expect([shifts.open(wish("a")), shifts.answerFor("a")]).toEqual([first, first]);
	expect([shifts.close(wish("b")), shifts.answerFor("b")]).toEqual([last, last]);
	expect([first.deed, last.deed]).toEqual(["open", "close"]);
	expect(shifts.list({ most: 9 })).toHaveLength(1);
	expect(shifts.answerFor("c")).toBeUndefined();
});

test("a key means one wish, whatever kind it is", () => {
	const journal = opened();
	const print = { subject: { document: "self-test" }, printer: "receipt" } as const;
	begun(journal, "a");
	journal.prints.ask({ ...wish("of a print"), ...print });
	journal.shifts.open(wish("of a shift"));
	expect(() => journal.shifts.close(wish("key of a"))).toThrow("key-conflict: the key belongs to operation");
	expect(() => journal.shifts.close(wish("of a print"))).toThrow("key-conflict: the key belongs to print 1");
	expect(() => journal.prints.ask({ ...wish("of a shift"), ...print })).toThrow(
		"key-conflict: the key belongs to shift 1",
	);
	expect(() => journal.begin({ ...intentOf("b"), key: "of a shift" })).toThrow("key-conflict");
});

const step = fc.record({
	deed: fc.constantFrom("open" as const, "close" as const, "pay" as const, "pay" as const),
	at: fc.integer({ min: 0, max: 40 }),
	till: fc.constantFrom("till-1", "till-2"),
});

/** A day of two tills; `at` is what their clock shows, and tells in which shift each payment was begun. */
function live(steps: readonly { deed: "open" | "close" | "pay"; at: number; till: string }[]) {
	const clock = handClock(0);
	const journal = opened(temporaryFolder(), clock);
	const begunIn: (number | undefined)[] = [];
	for (const [index, { deed, at, till }] of steps.entries()) {
		clock.at = at;
		if (deed !== "pay") attempt(() => journal.shifts[deed](wish(`${index}`, till)));
		else {
			pay(journal, `${index}`, at, till);
			begunIn.push(journal.shifts.current(till)?.number);
		}
	}
	return { journal, begunIn, rows: journal.ledger.between({ from: 0, to: 1_000 }) };
}

test("each operation is in the shift of its till in which it was begun", () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
			const { journal, begunIn, rows } = live(steps.map((one, index) => ({ ...one, at: index })));
			expect(rows.map(({ shift }) => shift)).toEqual(begunIn);
			journal.close();
		}),
		{ numRuns: 15 },
	);
});

test("however the clock jumps, the shifts divide what was sold among them", () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
			const { journal, rows } = live(steps);
			for (const { number, terminal, openedAt, closedAt = 999 } of journal.shifts.list({ most: 99 })) {
				const period = { from: openedAt, to: closedAt + 1, terminal, shift: number };
				expect(journal.ledger.between(period)).toEqual(rows.filter(({ shift }) => shift === number));
			}
			journal.close();
		}),
		{ numRuns: 15 },
	);
});

function attempt(deed: () => unknown): void {
	try {
		deed();
	} catch (error) {
		expect(error).toHaveProperty("code", expect.stringMatching(/^shift-/));
	}
}

function pay(journal: ReturnType<typeof opened>, name: string, startedAt: number, terminal: string): void {
	const { operation, ...intent } = intentOf(name);
	journal.begin({ ...intent, operation: { ...operation, terminal, startedAt } });
	journal.tell(operation.id, { kind: "unknown", fault: "server-silent" }, {});
}

test("shifts are read beside the journal that writes them", () => {
	const folder = temporaryFolder();
	const { shift } = opened(folder).shifts.open(wish("a"));
	const reader = readJournal(folder);
	expect(openShiftReader(reader).current(terminal)).toEqual(shift);
	reader.close();
});
