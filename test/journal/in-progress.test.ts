import fc from "fast-check";
import { expect, test } from "vitest";
import type { Journal } from "../../src/journal/journal.ts";
import { FaultError } from "../../src/model/fault.ts";
import { intentOf, receiptOf, refundOf, settled } from "./intents.ts";
import { opened, temporaryFolder } from "./kit.ts";

const tills = ["till-1", "till-2"] as const;

const deeds = fc.array(
	fc.record({
		do: fc.constantFrom(
			"payment",
			"payment",
			"refund",
			"receipt",
			"tell",
			"finish",
			"finish badly",
			"restart",
		),
		name: fc.nat(11),
		/** Undefined is no known till. */
		terminal: fc.constantFrom(...tills, ...tills, undefined),
	}),
	{ maxLength: 50, size: "max" },
);

type Deed = typeof deeds extends fc.Arbitrary<(infer One)[]> ? One : never;

/** What the database says. */
function payingAt(journal: Journal, terminal: string): boolean {
	const id = journal.inProgress(terminal);
	return id !== undefined && journal.find({ id })?.kind === "payment";
}

/** What is known in memory and what the database says, till by till and of all. */
function known(journal: Journal) {
	return [...tills.map((till) => journal.isPaying(till)), journal.isPaying()];
}
function kept(journal: Journal) {
	const each = tills.map((till) => payingAt(journal, till));
	return [...each, each.includes(true)];
}

/** What cannot be written as JSON: the deed fails when part of it is done. */
const unwritable = { amount: 1n };

function wish(journal: Journal, { do: kind, name, terminal }: Deed) {
	const of = (operation: object) => (terminal === undefined ? operation : { ...operation, terminal });
	const begin = (intent: ReturnType<typeof intentOf | typeof refundOf | typeof receiptOf>) =>
		journal.begin({ ...intent, operation: of(intent.operation) as typeof intent.operation }).kind;
	if (kind === "payment") return begin(intentOf(`${name}`));
	if (kind === "refund") return begin(refundOf(`transaction ${name}`, `${name}`));
	return begin(receiptOf(`transaction ${name}`, `${name}`));
}

/** What came of it in a word. */
function outcomeOf(journal: Journal, deed: Deed): string {
	const id = `operation ${deed.name}`;
	const { slip: _, ...paid } = settled;
	try {
		if (deed.do === "tell") journal.tell(id, { kind: "unknown", fault: "server-silent" }, {});
		else if (deed.do === "finish") journal.finish(id, paid, { eventBody: {} });
		else if (deed.do === "finish badly") journal.finish(id, paid, { eventBody: unwritable });
		else return wish(journal, deed);
		return deed.do;
	} catch (error) {
		if (error instanceof FaultError) return error.code;
		if (error instanceof TypeError) return "not written";
		throw error;
	}
}

test("after every deed, and when it is told, a till is paying or busy exactly when the database says so", () => {
	const met = new Set<string>();
	fc.assert(
		fc.property(deeds, (all) => {
			const folder = temporaryFolder();
			const heard: (readonly [boolean[], boolean[]])[] = [];
			const open = () => {
				const journal = opened(folder);
				journal.events.live$.subscribe(() => void heard.push([known(journal), kept(journal)]));
				return journal;
			};
			let journal = open();
			for (const deed of all) {
				if (deed.do === "restart") {
					journal.close();
					journal = open();
				} else {
					const isBusy = journal.inProgress(deed.terminal) !== undefined;
					const outcome = outcomeOf(journal, deed);
					met.add(outcome);
					if (outcome === "till-busy" || (outcome === "begun" && deed.do !== "receipt")) {
						expect(outcome).toBe(isBusy ? "till-busy" : "begun");
					}
				}
				expect(known(journal)).toEqual(kept(journal));
				if (journal.isPaying("till-1") && !journal.isPaying("till-2")) met.add("one till");
				if (deed.do === "restart" && journal.isPaying()) met.add("paying after a restart");
			}
			journal.close();
			for (const [inMemory, inDatabase] of heard) expect(inMemory).toEqual(inDatabase);
		}),
		{ numRuns: 40, seed: 7 },
	);
	// The property says something only when all of this was met.
	const needed = ["begun", "known", "till-busy", "tell", "finish", "not written", "internal-failure"];
	needed.push("one till", "paying after a restart");
	expect(needed.filter((what) => !met.has(what))).toEqual([]);
});

test("who hears that a payment is finished finds its till free, though another event is being told", () => {
	const journal = opened();
	const heard: unknown[] = [];
	journal.begin(intentOf("a"));
	journal.events.live$.subscribe(({ type }) => {
		if (type === "device") journal.finish("operation a", settled, { eventBody: {} });
		heard.push(`${type}: ${journal.isPaying("till-1")}`);
	});
	journal.events.announce("device", {});
	expect(heard).toEqual(["device: false", "operation: false"]);
});
