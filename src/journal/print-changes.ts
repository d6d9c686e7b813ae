import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { Database } from "./database.ts";
import type { EventBook } from "./events.ts";
import type { Prints } from "./prints.ts";

type Changes = Pick<Prints, "move" | "begin" | "finish" | "cancel" | "resolve">;

/** What becomes of prints that are in the queue. */
export function printChanges({
	database,
	events,
	clock,
}: {
	readonly database: Database;
	readonly events: EventBook;
	readonly clock: Clock;
}): Changes {
	const stateOf = database.prepare("SELECT state FROM prints WHERE id = ?");
	const move = database.prepare("UPDATE prints SET printer = ? WHERE id = ? AND state = 'queued'");
	const begin = database.prepare(
		"UPDATE prints SET state = 'printing', begun_at = ? WHERE id = ? AND state = 'queued'",
	);
	const judge = database.prepare(
		`UPDATE prints SET state = :state, evidence = :evidence, fault = :fault, detail = :detail, judged_at = :at
		WHERE id = :id AND state IN ('queued', 'printing')`,
	);
	const cancel = database.prepare(
		`UPDATE prints SET state = 'cancelled', fault = 'print-cancelled', judged_at = ?
		WHERE id = ? AND state = 'queued'`,
	);
	const resolve = database.prepare(
		`UPDATE prints SET resolved = ?, resolved_at = ?
		WHERE id = ? AND state = 'unknown' AND resolved IS NULL`,
	);
	const refuse = (printId: number): FaultError => {
		const { state } = (stateOf.get(printId) ?? { state: "not there" }) as { state: string };
		if (state === "cancelled") return new FaultError("print-cancelled", `print ${printId}`);
		return new FaultError("internal-failure", `print ${printId} is ${state}`);
	};
	return {
		move: (printId, printer) => {
			const change = database.defer("give a print to another printer", () => move.run(printer, printId));
			if (change.changes !== 1) throw refuse(printId);
		},
		begin: (printId) => {
			const change = database.transact("write down that a print begins", () =>
				begin.run(clock.now(), printId),
			);
			if (change.changes !== 1) throw refuse(printId);
		},
		finish: (printId, verdict, eventBody) =>
			events.record("write down what came of a print", (append) => {
				const nothing = { evidence: null, fault: null, detail: null };
				const { state, evidence, fault, detail } = { ...nothing, ...verdict };
				const change = judge.run({ state, evidence, fault, detail, id: printId, at: clock.now() });
				if (change.changes !== 1) throw new FaultError("internal-failure", `print ${printId} is not open`);
				return append("print", eventBody);
			}),
		cancel: (printId, eventBody) =>
			events.record("write down that a print is taken back", (append) => {
				if (cancel.run(clock.now(), printId).changes !== 1) throw new FaultError("print-not-open");
				return append("print", eventBody);
			}),
		resolve: (printId, resolved, eventBody) =>
			events.record("write down what the cashier found on paper", (append) => {
				if (resolve.run(resolved, clock.now(), printId).changes !== 1) throw new FaultError("print-not-open");
				return append("print", eventBody);
			}),
	};
}
