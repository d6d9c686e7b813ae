import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Log } from "../../src/model/log.ts";
import type {
	AttemptResult,
	CancelReason,
	Diary,
	JournaledCall,
	PayCall,
	UnknownOutcome,
} from "../../src/model/operation.ts";
import { Secret } from "../../src/model/secret.ts";
import type { PayApiSettings } from "../../src/model/settings/pay-api.ts";
import type { Tools } from "../../src/pay/desk.ts";
import { PostedDesk } from "../../src/pay/posted.ts";
import { shopSettings } from "./settings.ts";
import { type Asked, lost, type Script } from "./turns.ts";

/** What differs from an ordinary shop. */
export type Shop = {
	readonly settings?: Partial<PayApiSettings>;
	readonly retry?: Partial<PayApiSettings["retry"]>;
	readonly token?: Tools["token"];
	readonly random?: Tools["random"];
	/** What the journal does before it writes. */
	readonly writing?: ((what: string) => void) | undefined;
};

/** Everything an operation is driven with, against a script, and all that can be seen of it. */
export function openStage(script: Script, { settings, retry, token, random = () => 0, writing }: Shop = {}) {
	const startedAt = Date.now();
	const book = openBook(writing);
	const told: UnknownOutcome[] = [];
	const warnings: object[] = [];
	const stop = new AbortController();
	const posted = new PostedDesk(10_000, systemClock);
	let tokens = 0;
	const { asked, call } = openServer(script, startedAt, stop.signal);
	const tools: Tools & { readonly tellUnknown: (outcome: UnknownOutcome) => void } = {
		client: { call },
		diary: book.diary,
		settings: { ...shopSettings, retry: { ...shopSettings.retry, ...retry }, ...settings },
		store: { storeId: "store-1", terminalId: "till-1" },
		clock: systemClock,
		log: logOf(warnings),
		token: token ?? (async () => new Secret(`token-${++tokens}`)),
		stop: stop.signal,
		tellUnknown: (outcome) => void told.push(outcome),
		newId: randomUUID,
		random,
		posted,
	};
	return {
		tools,
		startedAt,
		asked,
		told,
		warnings,
		stop,
		posted,
		...book,
		calls: () => asked.map(({ call }) => call),
		/** Lets fake time pass. */
		pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
	};
}

/** Watches an operation until it has ended. */
export function watch<T>(driven: Promise<T>) {
	let outcome: T | undefined;
	driven.then(
		(final) => {
			outcome = final;
		},
		() => undefined,
	);
	return {
		driven,
		outcome: () => outcome,
		/** Lets fake time pass until the operation has ended. */
		ending: async (withinMs = 120_000) => {
			for (let ms = 0; ms < withinMs && outcome === undefined; ms += 50)
				await vi.advanceTimersByTimeAsync(50);
			return outcome;
		},
	};
}

function openServer(script: Script, startedAt: number, stop: AbortSignal) {
	const asked: Asked[] = [];
	const counts = new Map<PayCall, number>();
	const call: Tools["client"]["call"] = async (call, body, { token, id, signals = [] }) => {
		const { requestId = "" } = (body ?? {}) as { requestId?: string };
		const at = Date.now() - startedAt;
		const signal = AbortSignal.any([stop, ...signals]);
		const request = { call, requestId, token: token?.reveal(), body, id, at, signal };
		asked.push(request);
		const count = counts.get(call) ?? 0;
		counts.set(call, count + 1);
		const turns = script[call] ?? [];
		const turn = turns[Math.min(count, turns.length - 1)];
		return turn?.(request) ?? lost(request);
	};
	return { asked, call };
}

function logOf(warnings: object[]): Log {
	const quiet = () => undefined;
	return {
		trace: quiet,
		debug: quiet,
		info: quiet,
		warn: (facts) => void warnings.push(facts),
		error: quiet,
	};
}

/** A diary in memory; `learnt` and `attempts` are what the next run would find. */
function openBook(writing: (what: string) => void = () => undefined) {
	const attempts: { call: JournaledCall; requestId: string; result?: AttemptResult["kind"] }[] = [];
	const learnt: { transactionId?: string; cancelWanted?: CancelReason; refTransactionId?: string } = {};
	const lines: string[] = [];
	const diary: Diary = {
		before: (call, requestId, facts) => {
			if (facts !== undefined) diary.learned(facts);
			writing(`before ${call}`);
			return attempts.push({ call, requestId }) - 1;
		},
		after: (number, { kind, summary }, facts) => {
			const attempt = attempts[number];
			writing(`after ${attempt?.call} ${kind}`);
			const known = facts === undefined ? "" : `, learned ${Object.values(facts).join()}`;
			lines.push(`${attempt?.call} ${kind}: ${summary}${known}`);
			if (attempt !== undefined) attempt.result = kind;
			Object.assign(learnt, facts);
		},
		learned: (facts) => {
			writing(`learned ${Object.keys(facts).join()}`);
			lines.push(`learned ${Object.values(facts).join()}`);
			Object.assign(learnt, facts);
		},
	};
	return { attempts, learnt, lines, diary };
}
