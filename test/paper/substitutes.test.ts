import { expect, test } from "vitest";
import type { PrintVerdict } from "../../src/model/print.ts";
import { substitutes } from "../../src/paper/substitutes.ts";
import { cannotBegin } from "../paper-kit.ts";
import { paid } from "./desk-kit.ts";

const away: PrintVerdict = { state: "not-printed", fault: "printer-unreachable" };
const ring = [
	{ name: "a", substitute: "b" },
	{ name: "b", substitute: "c" },
	{ name: "c", substitute: "a" },
];
const print = (printer: string, id = 1) => ({ id, printer });

test("a print goes from substitute to substitute, and comes to none twice", () => {
	const { nextFor } = substitutes(ring, () => true);
	expect(["a", "b", "c"].map((name) => nextFor(print(name), away))).toEqual(["b", "c", undefined]);
	expect(nextFor(print("a", 2), away)).toBe("b");
});

test("what has its verdict may be tried everywhere when it is printed again", () => {
	const { nextFor, forget } = substitutes(ring.slice(0, 2), () => true);
	nextFor(print("a"), away);
	forget(1);
	expect(nextFor(print("a"), away)).toBe("b");
});

test.each<[string, PrintVerdict]>([
	["may be on paper", { state: "unknown", fault: "print-unconfirmed" }],
	["is on paper", { state: "printed", evidence: "status" }],
	["failed for another reason than the printer", { state: "not-printed", fault: "internal-failure" }],
	["failed with the journal", { state: "not-printed", fault: "journal-failed" }],
])("what %s goes nowhere", (_, verdict) => {
	expect(substitutes(ring, () => true).nextFor(print("a"), verdict)).toBeUndefined();
});

test("a printer without a substitute, or with one that may not work, has none", () => {
	expect(
		substitutes([{ name: "a", substitute: null }], () => true).nextFor(print("a"), away),
	).toBeUndefined();
	expect(substitutes(ring, (name) => name !== "b").nextFor(print("a"), away)).toBeUndefined();
});

test("what a printer cannot begin its substitute prints, and no failure is told", async () => {
	const { paper, scripted, queue, printId, prints, logged } = paid();
	const [receipt, bar] = scripted;
	if (receipt) receipt.script.fate = cannotBegin("printer-paper-out");
	paper.open();
	await new Promise(setImmediate);
	expect([receipt?.blocks.length, bar?.blocks.length]).toEqual([0, 1]);
	expect(queue.find(printId)).toMatchObject({ state: "printed", printer: "bar" });
	expect(prints()).toMatchObject([{ body: { printer: "bar", state: "printed" } }]);
	expect(logged).toContain("a substitute prints instead");
});

test("when no printer can begin the last one's failure is told, once", async () => {
	const { paper, scripted, queue, printId, prints } = paid();
	for (const { script } of scripted) script.fate = cannotBegin("printer-cover-open");
	paper.open();
	await new Promise(setImmediate);
	expect(queue.find(printId)).toMatchObject({
		state: "not-printed",
		fault: "printer-cover-open",
		printer: "bar",
	});
	expect(prints()).toHaveLength(1);
});

test("a substitute that is held does not take over", async () => {
	const { paper, scripted, queue, printId } = paid();
	const [receipt] = scripted;
	if (receipt) receipt.script.fate = cannotBegin("printer-offline");
	queue.hold("bar");
	paper.open();
	await new Promise(setImmediate);
	expect(queue.find(printId)).toMatchObject({ state: "not-printed", printer: "receipt" });
});

test("what stopped in the middle is no substitute's business", async () => {
	const { paper, scripted, queue, printId } = paid();
	const [receipt, bar] = scripted;
	if (receipt) {
		receipt.script.fate = ({ begun }) => {
			begun();
			return { state: "unknown", fault: "print-unconfirmed" };
		};
	}
	paper.open();
	await paper.close();
	expect(queue.find(printId)).toMatchObject({ state: "unknown", printer: "receipt" });
	expect(bar?.blocks).toEqual([]);
});
