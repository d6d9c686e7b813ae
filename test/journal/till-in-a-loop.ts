/**
 * A till that pays and gives back without end, for tests that kill it: `node till-in-a-loop.ts FOLDER`.
 * It writes a line of JSON to its output after each commit, and nothing before.
 */
import { randomUUID } from "node:crypto";
import { writeSync } from "node:fs";
import { openJournal } from "../../src/journal/journal.ts";
import { faultOf } from "../../src/model/fault.ts";
import { folderSettings, intentOf, refundOf, settled } from "./intents.ts";

const [folder = ""] = process.argv.slice(2);
const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
const say = (fact: object) => writeSync(1, `${JSON.stringify(fact)}\n`);

function pay(journal: ReturnType<typeof openJournal>) {
	const name = randomUUID();
	const id = `operation ${name}`;
	journal.begin(intentOf(name));
	say({ begun: id });
	journal.diary(id).learned({ transactionId: name });
	say({ learned: id });
	say({ seq: journal.events.announce("scan", {}).seq });
	const paid = { ...settled, transactionId: name };
	const { event } = journal.finish(id, paid, { eventBody: { id }, print: { printer: "front" } });
	say({ finished: id, seq: event.seq });
	return name;
}

/** Gives back the whole payment of a transaction. */
function giveBack(journal: ReturnType<typeof openJournal>, transactionId: string) {
	const name = `back ${transactionId}`;
	const id = `operation ${name}`;
	journal.begin(refundOf(transactionId, name, 85_900));
	say({ begun: id });
	journal.diary(id).learned({ refTransactionId: name });
	say({ learned: id });
	const outcome = { ...settled, transactionId, refTransactionId: name };
	const { event } = journal.finish(id, outcome, { eventBody: { id }, print: { printer: "front" } });
	say({ finished: id, seq: event.seq });
}

try {
	const journal = openJournal(folderSettings(folder), clock);
	journal.failed.catch((error: unknown) => say({ failed: String(error) }));
	// After a kill an operation may be open still; it makes room as the cashier is told "unknown".
	const open = journal.inProgress();
	if (open !== undefined) journal.tell(open, { kind: "unknown", fault: "server-silent" }, {});
	say({ opened: true });
	for (;;) {
		giveBack(journal, pay(journal));
		await new Promise((resolve) => setImmediate(resolve));
	}
} catch (error) {
	say({ fault: faultOf(error), words: String(error) });
}
