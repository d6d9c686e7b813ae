import { expect, test } from "vitest";
import type { PrintVerdict } from "../../src/model/print.ts";
import { settled } from "./intents.ts";
import { begun, opened, temporaryFolder } from "./kit.ts";

/** A journal in which one print waits. */
function waiting(folder = temporaryFolder()) {
	const journal = opened(folder);
	begun(journal, "a");
	const { printId } = journal.finish("operation a", settled, { eventBody: {}, print: { printer: "front" } });
	if (printId === undefined) throw new TypeError("no print was queued");
	const printOf = () => journal.find({ id: "operation a" })?.print;
	return { journal, printId, printOf, open: { id: printId, operationId: "operation a", printer: "front" } };
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
	expect(printOf()).toEqual({ id: printId, printer: "front", ...verdict });
	expect(event).toMatchObject({ type: "print", body: { state: verdict.state } });
	expect(journal.events.since(event.seq - 1, 100)).toEqual([event]);
	expect(journal.prints.open()).toEqual({ queued: [], interrupted: [] });
});

test("a print that waited when the power failed still waits", () => {
	const folder = temporaryFolder();
	const { journal, open } = waiting(folder);
	journal.close();
	expect(opened(folder).prints.open()).toEqual({ queued: [open], interrupted: [] });
});

test("a print that had begun when the power failed is interrupted, and stays so until it is judged", () => {
	const folder = temporaryFolder();
	const { journal, printId, open } = waiting(folder);
	journal.prints.begin(printId);
	journal.close();
	const again = opened(folder);
	expect(again.prints.open()).toEqual({ queued: [], interrupted: [open] });
	again.prints.finish(printId, { state: "unknown", fault: "print-interrupted" }, {});
	expect(again.prints.open()).toEqual({ queued: [], interrupted: [] });
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
