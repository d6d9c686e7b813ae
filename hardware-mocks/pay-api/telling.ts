import { styleText } from "node:util";
import type { PostbackRecord } from "./postbacks.ts";
import type { Providers } from "./providers.ts";
import type { PayApiRecord } from "./reception.ts";
import type { PayRequest } from "./requests.ts";

type ProviderList = Providers["list"];

/** Columns for what a line is about. */
const width = 46;

/** One line for each call: when, what, about what, what the till got, and what went wrong on the way. */
export function callLine(record: PayApiRecord): string {
	const { at, call, answer, repeat, trouble, got } = record;
	const isTold = got === "200" || got === "201";
	const words = isTold ? ` ${wordsOfAnswer(answer)}${begun(call, answer)}`.trimEnd() : "";
	const again = repeat ? styleText("dim", " (again)") : "";
	const mishap = trouble === undefined ? "" : styleText("yellow", `  ! ${trouble}`);
	return `${start(at, call)}${aboutOf(record).padEnd(width)} -> ${colored(got)}${words}${again}${mishap}`;
}

/** The same for a postback. */
export function postbackLine({ at, kind, body, got }: PostbackRecord): string {
	const { transactionId } = body as Readonly<Record<string, string | undefined>>;
	const lie = kind === "true" ? "" : styleText("yellow", `  ! ${kind}`);
	return `${start(at, "postback")}${`${short(transactionId)} ${wordsOfAnswer(body)}`.padEnd(width)} <- ${colored(got)}${lie}`;
}

function start(at: number, what: string): string {
	return `${styleText("dim", new Date(at).toISOString().slice(11, 23))}  ${what.padEnd(14)}  `;
}

function aboutOf({ call, request, method, path }: PayApiRecord): string {
	if (request !== undefined) return aboutRequest(call as PayRequest["call"], request);
	return call === "other" ? `${method} ${path.slice(0, width - method.length - 1)}` : "";
}

function aboutRequest(call: PayRequest["call"], request: PayRequest["body"]): string {
	const about = { call, body: request } as PayRequest;
	switch (about.call) {
		case "providers":
			return purchase(about.body.checkoutInvoice);
		case "checkout": {
			const types = about.body.paymentMethods.map(({ type }) => type).join(" or ");
			return `${purchase(about.body.checkoutInvoice)}, ${types}`;
		}
		case "status":
		case "cancel":
			return short(about.body.transactionId ?? refundOf(about.body));
		case "refund": {
			const { transactionId, refundAmount, items } = about.body;
			return `${short(transactionId)}, ${roubles(refundAmount)} back for ${items.length} position(s)`;
		}
		case "receipt": {
			const { receiptId, receiptType, totalAmount } = about.body.invoice;
			return `${short(about.body.transactionId)}, receipt ${receiptId} (${receiptType}), ${roubles(totalAmount)}`;
		}
	}
}

function refundOf(body: object): string | undefined {
	return "refTransactionId" in body ? `${body.refTransactionId}` : undefined;
}

function purchase({
	orderId,
	totalAmount,
}: {
	readonly orderId: string;
	readonly totalAmount: number;
}): string {
	return `order ${orderId}, ${roubles(totalAmount)}`;
}

/** What an answer means: its states and errors, or the ways to pay, or the id of what has begun. */
function wordsOfAnswer(answer: object = {}): string {
	const { status, refStatus, errorCode } = answer as Readonly<Record<string, string | undefined>>;
	const state = status === "" ? "no such transaction" : status;
	return [state, refStatus && `ref ${refStatus}`, errorCode, ...waysIn(answer)].filter(Boolean).join(", ");
}

function waysIn(answer: object): string[] {
	if (!("paymentTypeAvailabilityInfoList" in answer)) return [];
	const ways = answer.paymentTypeAvailabilityInfoList as ProviderList;
	return ways.map(({ paymentType, available }) => `${paymentType} ${available ? "yes" : "no"}`);
}

/** The id of what a call has begun. */
function begun(call: PayApiRecord["call"], answer: object = {}): string {
	const { transactionId, refTransactionId } = answer as Readonly<Record<string, string | undefined>>;
	if (call === "checkout") return `: ${short(transactionId)}`;
	return call === "refund" ? `: ${short(refTransactionId)}` : "";
}

function colored(got: string): string {
	return styleText(/^20[01]( after|$)/.test(got) ? "green" : "red", got);
}

/** The beginning of a GUID is enough to tell it from the others on the screen. */
function short(id: string | undefined): string {
	return `${id?.slice(0, 8)}`;
}

function roubles(kopecks: number): string {
	return `${(kopecks / 100).toFixed(2)} RUB`;
}
