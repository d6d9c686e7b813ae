import type { FinalOutcome } from "../../src/model/operation.ts";
import { Paper } from "../../src/paper.ts";
import type { Rooms } from "../../src/rooms.ts";
import { settled } from "../journal/intents.ts";
import { begun, handClock, opened, temporaryFolder } from "../journal/kit.ts";
import { documents, printersOf, scriptedPrinter } from "../paper-kit.ts";

/** A journal whose payment "a" has a slip in the queue of `receipt`, and printers of which `bar` is the substitute. */
export function desk({ folder = temporaryFolder(), names = ["receipt", "bar"], mostAgeMinutes = 60 } = {}) {
	const clock = handClock();
	const journal = opened(folder, clock);
	const scripted = names.map((name) => scriptedPrinter(name));
	const logged: string[] = [];
	const write = (_: object, words: string) => void logged.push(words);
	const failures: unknown[] = [];
	const settings = {
		payApi: { paymentTypeTitles: { SBP: "СБП" } },
		store: { storeId: "store 1", terminalId: "till 1", terminals: [] },
		prints: { mostAgeMinutes },
		printers: [
			{ name: "receipt", substitute: "bar" },
			{ name: "bar", substitute: "receipt" },
		],
	};
	const rooms = {
		...{ journal, settings, clock, documents, log: { info: write, warn: write } },
		...{ explain: (about: string) => ({ title: about, text: "" }) },
		printers: printersOf(...scripted.map(({ printer }) => printer)),
	};
	const paper = new Paper(rooms as unknown as Rooms, (error) => failures.push(error));
	const slipOf = (outcome: FinalOutcome = settled, id = "operation a") => {
		const { printId = 0 } = journal.finish(id, outcome, { eventBody: {}, print: { printer: "receipt" } });
		return printId;
	};
	const prints = () => journal.events.since(0, 99).filter(({ type }) => type === "print");
	const { prints: queue } = journal;
	return { journal, queue, clock, paper, scripted, slipOf, prints, logged, failures };
}

/** The same, with the payment made. */
export function paid(options?: Parameters<typeof desk>[0]) {
	const all = desk(options);
	begun(all.journal, "a");
	return { ...all, printId: all.slipOf() };
}
