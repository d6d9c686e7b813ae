import { z } from "zod";
import type { MethodDescription } from "./description.ts";
import { helloResult } from "./results.ts";
import { helloParams, pingParams } from "./schema.ts";

/** As `pulse`. */
const pulseResult = z.object({
	seq: z.int().describe("The newest event."),
	at: z.iso.datetime({ offset: true }).describe("The till's time."),
});

/** The methods about the connection itself. */
export const helloDescriptions = {
	hello: {
		summary: "Version, protocol, language and the newest event",
		...{ params: helloParams, result: helloResult, faults: ["not-allowed", "too-many-clients"] },
		example: {
			params: { client: "till 3", heartbeatMs: 10_000 },
			result: { name: "kassad", version: "0.1.0", protocol: 1, language: "ru", seq: 17 },
		},
	},
	ping: {
		summary: "Whether the till is there; the newest event and its time",
		...{ params: pingParams, result: pulseResult, faults: [] },
		example: { params: {}, result: { seq: 17, at: "2026-11-24T12:18:54.958Z" } },
	},
} as const satisfies Record<string, MethodDescription>;

/** What comes when nothing else does. */
export const helloNotifications = {
	heartbeat: {
		summary: "Nothing else was said for heartbeatMs; after a hello that asks for it.",
		params: pulseResult,
	},
} as const;
