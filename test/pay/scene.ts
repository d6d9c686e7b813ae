import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Log } from "../../src/model/log.ts";
import { kopecks } from "../../src/model/money.ts";
import type {
	AttemptResult,
	CancelReason,
	Diary,
	FinalOutcome,
	JournaledCall,
	OpenPayment,
	PayCall,
	PaymentWish,
	UnknownOutcome,
} from "../../src/model/operation.ts";
import { Secret } from "../../src/model/secret.ts";
import type { PayApiSettings } from "../../src/model/settings/pay-api.ts";
import type { PaymentTools } from "../../src/pay/desk.ts";
import { drivePayment } from "../../src/pay/payment.ts";
import type { Reply } from "../../src/pay/reply.ts";
import { shopSettings } from "./settings.ts";

export const wish: PaymentWish = {
	purchase: {
		orderId: "order-1",
		totalAmount: kopecks(85_900),
		items: [
			{
				name: "Чай",
				article: "tea-1",
				price: kopecks(85_900),
				quantity: 1,
				totalAmount: kopecks(85_900),
				tax: "none",
			},
		],
	},
	brand: "example",
	cardNumber: new Secret("1234567890123"),
	cardSession: new Secret("A1G97N"),
	paymentTypes: ["SBP"],
};

export const transactionId = "7d3a3b0e-0000-4000-8000-00000000000a";

/** A request as the scripted server sees it; `signal` is the caller's. */
export type Asked = {
	readonly call: PayCall;
	readonly requestId: string;
	readonly token: string | undefined;
	/** Fake ms since the payment began. */
	readonly at: number;
	readonly signal: AbortSignal;
};

/** One line of the script: what comes of a request. */
export type Turn = (asked: Asked) => Reply | Promise<Reply>;

/** The server answers with these facts about our transaction. */
export const says =
	(status: string, more: object = {}): Turn =>
	({ requestId }) => ({
		kind: "answer",
		status: 200,
		json: { requestId, transactionId, status, ...more },
	});

export const slip = { id: "slip-1", orderId: "order-1", qrcId: "qr", totalAmount: 85_900 };
export const accepts = says("accepted", { slip });
export const cancels = says("canceled", { refStatus: "accepted" });
/** The outcome of `accepts`. */
export const settled = { kind: "settled", transactionId, slip: { ...slip, unlisted: {} } };

/** Silence until the client's own deadline, or until it gives up. */
export const silence: Turn = ({ signal }) =>
	systemClock.sleep(shopSettings.deadlines.answerMs, signal).then(
		() => ({ kind: "unanswered", fault: "server-silent", detail: "no whole answer" }),
		() => ({ kind: "unanswered", fault: "server-silent", detail: "given up" }),
	);

export const lost: Turn = () => ({ kind: "unanswered", fault: "server-silent", detail: "connection reset" });
export const notSent: Turn = () => ({
	kind: "not-sent",
	fault: "server-unreachable",
	detail: "ECONNREFUSED",
});
export const refuses =
	(fault: Extract<Reply, { kind: "refusal" }>["fault"], wireCode?: string): Turn =>
	() => ({ kind: "refusal", fault, detail: "refused", ...(wireCode === undefined ? {} : { wireCode }) });

/** Does something at the moment a request arrives, and then what comes of it. */
export const after =
	(deed: () => void, turn: Turn): Turn =>
	(asked) => {
		deed();
		return turn(asked);
	};

/** Answers after some ms. */
export const late =
	(ms: number, turn: Turn): Turn =>
	async (asked) => {
		await systemClock.sleep(ms);
		return turn(asked);
	};

/** For each call its turns; the last one is played again and again. */
export type Script = Partial<Record<PayCall, readonly Turn[]>>;

/** What differs from a new payment in an ordinary shop. */
export type Begin = {
	/** What an earlier run has left of it; its checkout may have been sent. */
	readonly restarted?: Partial<OpenPayment>;
	readonly retry?: Partial<PayApiSettings["retry"]>;
	readonly token?: PaymentTools["token"];
	/** Whether the cashier wants it cancelled from the start. */
	readonly cancelled?: boolean;
	/** What the journal does before it writes. */
	readonly writing?: (what: string) => void;
};

/** A payment being driven against a script, and all that could be seen of it. */
export function scene(
	script: Script,
	{ restarted, retry = {}, token, cancelled = false, writing }: Begin = {},
) {
	const startedAt = Date.now();
	const asked: Asked[] = [];
	const book = openBook(writing);
	const told: UnknownOutcome[] = [];
	const warnings: object[] = [];
	const cashier = new AbortController();
	const stop = new AbortController();
	if (cancelled) cashier.abort();
	const counts: Record<PayCall, number> = {
		providers: 0,
		"providers-poll": 0,
		checkout: 0,
		status: 0,
		cancel: 0,
		refund: 0,
		receipt: 0,
	};
	let tokens = 0;

	const quiet = () => undefined;
	const log: Log = {
		trace: quiet,
		debug: quiet,
		info: quiet,
		warn: (facts) => void warnings.push(facts),
		error: quiet,
	};
	const payment: OpenPayment = {
		kind: "payment",
		id: "operation-1",
		requestId: "request-1",
		cancelRequestId: "cancel-1",
		wish,
		startedAt,
		...(restarted === undefined
			? { maybeSent: false, firstAttempt: book.diary.before("checkout", "request-1") }
			: { maybeSent: true, ...restarted }),
	};
	const tools: PaymentTools = {
		client: {
			call: async (call, body, options) => {
				const { requestId } = body as { requestId: string };
				const signal = options.signal ?? stop.signal;
				const request = {
					call,
					requestId,
					token: options.token?.reveal(),
					at: Date.now() - startedAt,
					signal,
				};
				asked.push(request);
				const turns = script[call] ?? [];
				const turn = turns[Math.min(counts[call]++, turns.length - 1)];
				return turn?.(request) ?? lost(request);
			},
		},
		diary: book.diary,
		settings: { ...shopSettings, retry: { ...shopSettings.retry, ...retry } },
		store: { storeId: "store-1", terminalId: "till-1" },
		clock: systemClock,
		log,
		token: token ?? (async () => new Secret(`token-${++tokens}`)),
		cancelled: cashier.signal,
		stop: stop.signal,
		tellUnknown: (outcome) => void told.push(outcome),
		newId: randomUUID,
	};
	let outcome: FinalOutcome | undefined;
	const driven = drivePayment(payment, tools).then((final) => {
		outcome = final;
		return final;
	});
	driven.catch(quiet);
	return {
		asked,
		told,
		warnings,
		cashier,
		stop,
		driven,
		...book,
		calls: () => asked.map(({ call }) => call),
		outcome: () => outcome,
		/** Lets fake time pass. */
		pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
		/** Lets fake time pass until the payment has ended. */
		ending: async (withinMs = 120_000) => {
			for (let ms = 0; ms < withinMs && outcome === undefined; ms += 50)
				await vi.advanceTimersByTimeAsync(50);
			return outcome;
		},
	};
}

/** A diary in memory; `learnt` and `attempts` are what the next run would find. */
function openBook(writing: (what: string) => void = () => undefined) {
	const attempts: { call: JournaledCall; requestId: string; result?: AttemptResult["kind"] }[] = [];
	const learnt: { transactionId?: string; cancelWanted?: CancelReason } = {};
	const lines: string[] = [];
	const diary: Diary = {
		before: (call, requestId) => {
			writing(`before ${call}`);
			return attempts.push({ call, requestId }) - 1;
		},
		after: (number, { kind, summary }) => {
			const attempt = attempts[number];
			writing(`after ${attempt?.call} ${kind}`);
			lines.push(`${attempt?.call} ${kind}: ${summary}`);
			if (attempt !== undefined) attempt.result = kind;
		},
		learned: (facts) => {
			writing(`learned ${Object.keys(facts).join()}`);
			lines.push(`learned ${Object.values(facts).join()}`);
			Object.assign(learnt, facts);
		},
	};
	return { attempts, learnt, lines, diary };
}
