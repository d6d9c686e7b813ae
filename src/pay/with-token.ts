import { faultOf } from "../model/fault.ts";
import { msBetween } from "../model/step.ts";
import { type Answer, type Request, send } from "./ask.ts";
import type { Desk } from "./desk.ts";

/**
 * Sends a request with a fresh token. Without one it never leaves, and the token's own fault says why.
 * @param journaled its number when it stands in the diary already.
 */
export async function sendWithToken<T extends object>(
	desk: Desk,
	journaled: number | undefined,
	request: Omit<Request<T>, "attempt" | "token">,
): Promise<Answer<T>> {
	const { diary, token, clock } = desk.tools;
	const asked = clock.now();
	const attempt = journaled ?? diary.before(request.call, request.requestId);
	const fresh = await token().catch((error: unknown) => faultOf(error));
	if (typeof fresh !== "string") return send(desk, { ...request, attempt, token: fresh });
	const [outcome, summary] = ["not-sent", `no token: ${fresh}`] as const;
	diary.after(attempt, { kind: outcome, summary });
	const { call, requestId } = request;
	desk.calls.came({ call, requestId, outcome, summary, fault: fresh, ms: msBetween(asked, clock.now()) });
	desk.throwIfStopped();
	return { kind: "not-sent", fault: fresh, detail: "no token" };
}
