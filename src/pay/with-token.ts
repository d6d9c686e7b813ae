import { faultOf } from "../model/fault.ts";
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
	const { diary, token } = desk.tools;
	const attempt = journaled ?? diary.before(request.call, request.requestId);
	const fresh = await token().catch((error: unknown) => faultOf(error));
	if (typeof fresh !== "string") return send(desk, { ...request, attempt, token: fresh });
	diary.after(attempt, { kind: "not-sent", summary: `no token: ${fresh}` });
	desk.throwIfStopped();
	return { kind: "not-sent", fault: fresh, detail: "no token" };
}
