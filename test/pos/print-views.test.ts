import { expect, test } from "vitest";
import { faults } from "../../src/model/fault.ts";
import { needs, type PrintFacts, printView } from "../../src/pos/print-views.ts";

const explain = (about: string) => ({ title: about, text: "" });

const slip: PrintFacts = {
	...{ id: 7, subject: { document: "payment", operationId: "op" }, mark: "original", printer: "receipt" },
	...{ state: "queued", queuedAt: Date.parse("2026-11-24T12:00:00Z") },
};
const report: PrintFacts = { ...slip, subject: { document: "shift-report", from: 0, to: 60_000 } };
const titleOf = (facts: PrintFacts) => printView(facts, explain).cashier?.title;

test("a print that is done has its evidence and no message", () => {
	expect(
		printView({ ...slip, state: "printed", evidence: "process-id", mark: "copy", repeats: 3 }, explain),
	).toEqual({
		...{ printId: 7, document: "payment", operationId: "op", mark: "copy", repeats: 3, printer: "receipt" },
		...{ state: "printed", evidence: "process-id", queuedAt: "2026-11-24T12:00:00.000Z" },
	});
});

test("another has its reason and the sentence about its operation", () => {
	const facts = { state: "not-printed", fault: "printer-paper-out", detail: "end" } as const;
	expect(printView({ ...slip, ...facts }, explain)).toMatchObject({
		...{ state: "not-printed", reason: "printer-paper-out", detail: "end" },
		cashier: { title: "printer-paper-out" },
	});
});

test("a report says of which time it is, and its message speaks of no operation", () => {
	const view = printView({ ...report, state: "not-printed", fault: "printer-paper-out" }, explain);
	expect(view).toMatchObject({
		...{ document: "shift-report", from: "1970-01-01T00:00:00.000Z", to: "1970-01-01T00:01:00.000Z" },
		cashier: { title: "printer-needs-paper" },
	});
	expect(titleOf({ ...report, state: "unknown", fault: "print-unconfirmed" })).toBe("print-look");
	expect(titleOf({ ...report, state: "cancelled", fault: "print-cancelled" })).toBe("print-cancelled");
});

test("what keeps a printer from printing has a sentence of its own", () => {
	const stops = Object.keys(faults).filter((code) => /^printer-(?!not-)/.test(code));
	expect(stops.filter((code) => !needs.has(code as never))).toEqual([]);
});

test("a print that waits says what for: its printer's release, or somebody's help in the middle", () => {
	expect(printView({ ...slip, isHeld: true }, explain)).toMatchObject({
		held: true,
		cashier: { title: "printer-held" },
	});
	const standing = { state: "printing", waits: "printer-cover-open", isHeld: true } as const;
	const view = printView({ ...slip, ...standing }, explain);
	expect(view).toMatchObject({ waits: "printer-cover-open", cashier: { title: "print-waits" } });
	expect(view).not.toHaveProperty("held");
});

test("a question that the cashier has answered is asked no more", () => {
	const unknown = { ...slip, state: "unknown", fault: "print-unconfirmed" } as const;
	expect(titleOf(unknown)).toBe("print-unconfirmed");
	expect(printView({ ...unknown, resolved: "on-paper" }, explain)).toMatchObject({ resolved: "on-paper" });
	expect(titleOf({ ...unknown, resolved: "on-paper" })).toBeUndefined();
});
