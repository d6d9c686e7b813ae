import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { PrintMark } from "../model/print.ts";
import type { Database } from "./database.ts";

type Bearer = { readonly id: string; readonly bodyHash: string };
type PrintBearer = { readonly id: number; readonly bodyHash: string; readonly mark: PrintMark };
type ShiftBearer = { readonly id: number; readonly bodyHash: string; readonly deed: "open" | "close" };

/**
 * Which wish of the POS program bears a key. A key is remembered while its wish is open and for `keepDays` after that.
 * The days are reckoned up to the newest wish and no further than the clock, and on so many days wishes must have begun
 * since: a clock that jumps ahead makes nobody pay, give back or print twice. Inside a transaction or a read.
 */
export type Keys = {
	operation(key: string): Bearer | undefined;
	print(key: string): PrintBearer | undefined;
	/** A shift is opened by one key and closed by another; both are remembered from its end. */
	shift(key: string): ShiftBearer | undefined;
	/** @throws {FaultError} `key-conflict` when the key belongs to another kind of wish than this. */
	refuseOthers(key: string, kind: "operation" | "print" | "shift"): void;
};

const dayMs = 86_400_000;

/** What a table calls the number of a wish, and when it began and ended. */
type Table = {
	readonly name: string;
	readonly number: string;
	readonly begun: string;
	readonly ended: string;
	/** Of the columns of the key and of the body's hash. */
	readonly prefix?: string;
};

/** By key, the clock's ms and `keepDays`. */
const bearer = (database: Database, what: string, { name, number, begun, ended, prefix = "" }: Table) =>
	database.prepare(
		`SELECT ${what}, ${prefix}body_hash AS bodyHash FROM ${name}
		WHERE ${prefix}key = ?1 AND (${ended} IS NULL OR ${ended} >=
			min(?2, (SELECT coalesce(${ended}, ${begun}) FROM ${name} ORDER BY ${number} DESC LIMIT 1))
				- ?3 * ${dayMs}
			OR (SELECT count(DISTINCT later.${begun} / ${dayMs}) FROM ${name} AS later
				WHERE later.${number} > ${name}.${number}) < ?3)
		ORDER BY ${number} DESC LIMIT 1`,
	);

export function openKeys(database: Database, keepDays: number, clock: Clock): Keys {
	const operation = bearer(database, "id", {
		name: "operations",
		number: "number",
		begun: "started_at",
		ended: "finished_at",
	});
	const print = bearer(database, "id, mark", {
		name: "prints",
		number: "id",
		begun: "queued_at",
		ended: "judged_at",
	});
	const shifts = { name: "shifts", number: "number", begun: "opened_at", ended: "closed_at" };
	const opening = bearer(database, "number AS id, 'open' AS deed", shifts);
	const closing = bearer(database, "number AS id, 'close' AS deed", { ...shifts, prefix: "close_" });
	const values = (key: string) => [key, clock.now(), keepDays] as const;
	const keys = {
		operation: (key: string) => operation.get(...values(key)) as Bearer | undefined,
		print: (key: string) => print.get(...values(key)) as PrintBearer | undefined,
		shift: (key: string) =>
			(opening.get(...values(key)) ?? closing.get(...values(key))) as ShiftBearer | undefined,
	};
	return {
		...keys,
		refuseOthers: (key, kind) => {
			for (const other of ["operation", "print", "shift"] as const) {
				const bearer = other === kind ? undefined : keys[other](key);
				if (bearer) throw new FaultError("key-conflict", `the key belongs to ${other} ${bearer.id}`);
			}
		},
	};
}
