import type { Exchanged } from "../../src/pay/exchange.ts";
import type { HttpAnswer } from "../../src/pay/reply.ts";
import type { NetworkMishap } from "./plan.ts";
import type { WorldTime } from "./world-time.ts";

/** A server as the wire sees it. */
export type Serve = () => HttpAnswer;

/** Ms that a request, and its answer, are usually on their way. */
const wayMs = 20;

const gateway = (status: number, headers: HttpAnswer["headers"] = {}): HttpAnswer => ({
	status,
	headers,
	body: Buffer.from("<html>gateway</html>"),
});

/**
 * One request on its way to the server and back, with its mishap, if any. Like real wires it does not know whether
 * anybody still waits: what the client has given up arrives all the same.
 */
export async function travel(
	time: WorldTime,
	mishap: NetworkMishap | undefined,
	serve: Serve,
): Promise<Exchanged> {
	const whole = (answer: HttpAnswer): Exchanged => ({ kind: "whole", answer });
	const broken = (left: boolean, words: string): Exchanged => ({
		kind: "broken",
		left,
		error: new Error(words),
	});
	const what = mishap?.what;
	const ms = mishap?.ms ?? 0;
	if (what === "not sent") return broken(false, "connect ECONNREFUSED");
	await time.pass(what === "request late" ? ms : wayMs);
	if (what === "request lost") return broken(true, "read ECONNRESET");
	if (what === "server error before") return whole(gateway(502));
	if (what === "too many requests") return whole(gateway(429, { "retry-after": "1" }));
	const answer = serve();
	if (what === "request twice") time.after(ms, serve);
	await time.pass(what === "answer late" ? ms : wayMs);
	if (what === "answer lost") return broken(true, "read ECONNRESET");
	if (what === "server error after") return whole(gateway(504));
	if (what === "answer cut")
		return whole({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) });
	if (what === "answer garbled") return whole({ ...answer, body: Buffer.from("<html>welcome</html>") });
	return whole(answer);
}

/** The same for a client that may give up before its end. */
export function untilGivenUp(travelling: Promise<Exchanged>, signal: AbortSignal): Promise<Exchanged> {
	const givenUp = new Promise<Exchanged>((resolve) => {
		const giveUp = () => resolve({ kind: "broken", left: true, error: signal.reason });
		if (signal.aborted) giveUp();
		else signal.addEventListener("abort", giveUp, { once: true });
	});
	return Promise.race([travelling, givenUp]);
}
