import { randomUUID } from "node:crypto";

/** What the server takes from the world around it; a simulation has a world of its own. */
export type Ambient = {
	/** Wall-clock ms since 1970. */
	now(): number;
	/** A GUID. */
	newId(): string;
};

export const realWorld: Ambient = { now: () => Date.now(), newId: () => randomUUID() };
