import type { z } from "zod";
import type { Clock } from "../model/clock.ts";
import { FaultError } from "../model/fault.ts";
import type { SocketSettings } from "../model/settings/socket.ts";
import { check } from "./check.ts";
import type { Calls, Methods } from "./methods.ts";
import { helloParams, pingParams } from "./schema.ts";
import type { EventFeed } from "./subscription.ts";

export type Hello = z.infer<typeof helloParams>;

/** What the methods about the connection itself need. */
type Tools = {
	readonly methods: Pick<Methods, "hello">;
	readonly settings: Pick<SocketSettings, "heartbeatMs">;
	readonly feed: Pick<EventFeed, "lastSeq">;
	readonly clock: Clock;
};

/** The newest event and the till's time: a client that has missed something sees it. */
export function pulse({ feed, clock }: Pick<Tools, "feed" | "clock">) {
	return { seq: feed.lastSeq(), at: new Date(clock.now()).toISOString() };
}

/**
 * The methods about the connection itself.
 * @param beat sets the heartbeat that the client wants, ms; undefined: none.
 */
export function helloCalls(tools: Tools, beat: (everyMs: number | undefined) => void): Calls {
	const { least, most } = tools.settings.heartbeatMs;
	return new Map<string, (params: unknown) => Promise<object>>([
		[
			"hello",
			async (params) => {
				// The token has done its work, and goes no further.
				const { client, heartbeatMs } = check(helloParams, params);
				if (heartbeatMs !== undefined && (heartbeatMs < least || heartbeatMs > most)) {
					throw new FaultError("request-invalid", `heartbeatMs: expected ${least} to ${most}`);
				}
				beat(heartbeatMs);
				return tools.methods.hello({ client });
			},
		],
		[
			"ping",
			async (params) => {
				check(pingParams, params);
				return pulse(tools);
			},
		],
	]);
}
