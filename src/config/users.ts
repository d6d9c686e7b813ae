import { spawnSync } from "node:child_process";
import { FaultError } from "../model/fault.ts";

/** Names may come from a directory in the network; a till's start does not wait for it. */
const mostMs = 5_000;

/**
 * Users of this machine by their numbers, with what the log calls them. Names are looked up by `id`, which also asks
 * the directories that the system uses.
 * @throws {FaultError} `config-invalid` when there is no such user.
 */
export function usersByNumber(users: readonly (string | number)[]): ReadonlyMap<number, string> {
	return new Map(
		users.map((user) => (typeof user === "number" ? [user, `${user}`] : [numberOf(user), user])),
	);
}

function numberOf(user: string): number {
	const { status, stdout } = spawnSync("id", ["-u", "--", user], { encoding: "utf8", timeout: mostMs });
	if (status === 0 && /^\d+\n$/.test(stdout)) return Number(stdout);
	throw new FaultError("config-invalid", `expected users of this machine, which does not know ${user}`);
}
