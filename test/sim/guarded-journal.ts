import type { Journal } from "../../src/journal/journal.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { Mortal } from "./mortal.ts";

/** What changes the disk; each is one commit. */
const writes: ReadonlySet<string> = new Set([
	...["begin", "ask", "answered", "finish", "tell", "diary.before", "diary.after", "diary.learned"],
	...["prints.ask", "prints.move", "prints.begin", "prints.finish", "prints.cancel", "prints.resolve"],
	...["prints.hold", "prints.release", "events.append", "events.announce"],
]);

/** Whether the disk is full at its next write. */
type DiskFull = () => boolean;

/**
 * The journal of one run: the real one, whose every commit may be the run's last deed, or find the disk full.
 * After a write that failed the journal is not to be trusted, as the real one says of itself.
 */
export function guardedJournal(journal: Journal, run: Mortal, isFull: DiskFull): Journal {
	const { promise: failed, reject } = Promise.withResolvers<never>();
	failed.catch(() => undefined);
	journal.failed.catch(reject);
	const write = (name: string, deed: () => unknown) =>
		run.do(name, () => {
			if (!isFull()) return deed();
			const full = new FaultError("journal-failed", "the disk is full");
			reject(full);
			throw full;
		});
	const guard = (part: object, prefix: string): object =>
		new Proxy(part, {
			get: (target, name) => {
				if (name === "failed") return failed;
				const value = Reflect.get(target, name);
				const path = `${prefix}${String(name)}`;
				if (name === "prints" || name === "events") return guard(value, `${path}.`);
				if (typeof value !== "function") return value;
				if (name === "diary") return (id: string) => guard(value.call(target, id), "diary.");
				const call = (given: unknown[]) => () => value.apply(target, given);
				return (...given: unknown[]) => (writes.has(path) ? write(path, call(given)) : run.look(call(given)));
			},
		});
	return guard(journal, "") as Journal;
}
