import { systemClock } from "../../src/clock.ts";
import { kopecks } from "../../src/model/money.ts";
import type { PayCall, PaymentWish } from "../../src/model/operation.ts";
import { Secret } from "../../src/model/secret.ts";
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
	readonly body: object | undefined;
	/** Of a GET. */
	readonly id: string | undefined;
	/** Fake ms since the operation began. */
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

export const slip = { id: "slip-1", orderId: "order-1", qrcId: "qr", totalAmount: kopecks(85_900) };
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
