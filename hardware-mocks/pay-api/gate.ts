import type { PayCall } from "../../src/model/operation.ts";
import type { Arrival } from "./arrivals.ts";
import type { PayRequest } from "./requests.ts";

export type GateOptions = { readonly login: string; readonly password: string; readonly partner: string };

/** Which call a request is: one with a body, or the question for a list of providers that was promised. */
export type Call =
	| { readonly call: PayRequest["call"] }
	| { readonly call: "providers-poll"; readonly availabilityInfoId: string };

/** What is wrong with a request. */
export type Verdict = { readonly status: number; readonly why: string };

const paths: Readonly<Record<string, PayRequest["call"]>> = {
	"/api/v1/merchant/availability-info/task": "providers",
	"/api/v1/merchant/checkout": "checkout",
	"/api/v1/merchant/transaction/status": "status",
	"/api/v1/merchant/transaction/cancel": "cancel",
	"/api/v1/merchant/transaction/refund": "refund",
	"/api/v1/merchant/transaction/receipt": "receipt",
};

const promised = /^\/api\/v1\/merchant\/availability-info\/([0-9a-f-]{36})$/;

/** Base64 of the till's fingerprint, then a one-time password of three digits; a brand may have agreed on more. */
const tokenPattern =
	/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})\d{3,10}$/;

/** cm_pay_api 1.2.1, "Calls". */
const needToken: ReadonlySet<PayCall> = new Set(["providers", "checkout", "refund"]);

/** By method and path; undefined when the API has no such call. */
export function callOf(
	{ method, path }: Pick<Arrival, "method" | "path">,
	partner: string,
): Call | undefined {
	if (!path.startsWith(partner)) return undefined;
	const own = path.slice(partner.length);
	const call = Object.hasOwn(paths, own) ? paths[own] : undefined;
	if (method === "POST") return call && { call };
	const availabilityInfoId = method === "GET" ? promised.exec(own)?.[1] : undefined;
	return availabilityInfoId === undefined ? undefined : { call: "providers-poll", availabilityInfoId };
}

/** What is wrong with the headers of a call. */
export function wrongHeaders(
	{ headers }: Arrival,
	call: PayCall,
	{ login, password }: GateOptions,
): Verdict | undefined {
	const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;
	if (headers.authorization !== authorization) return { status: 401, why: "wrong login or password" };
	if (call === "providers-poll") return undefined;
	if (!/^application\/json(;|$)/i.test(headers["content-type"] ?? "")) {
		return { status: 400, why: "content-type is not application/json" };
	}
	if (needToken.has(call) && !tokenPattern.test(`${headers.token}`)) {
		return { status: 400, why: "header token is not base64 and three digits" };
	}
	return undefined;
}
