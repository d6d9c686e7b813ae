import type { PayCall } from "../model/operation.ts";
import type { Secret } from "../model/secret.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";
import type { HttpRequest } from "./exchange.ts";

export type PayCredentials = { readonly login: string; readonly password: Secret };

/** What goes with a call besides its body. */
export type CallOptions = {
	/** The value of the header `token`, for calls that need it. */
	readonly token?: Secret;
	/** Each of them gives the request up before its deadline. */
	readonly signals?: readonly AbortSignal[];
	/** Which list of providers `providers-poll` asks for. */
	readonly id?: string;
};

/** cm_pay_api 1.2.1, "Calls". */
const paths: Readonly<Record<PayCall, string>> = {
	providers: "/api/v1/merchant/availability-info/task",
	"providers-poll": "/api/v1/merchant/availability-info",
	checkout: "/api/v1/merchant/checkout",
	status: "/api/v1/merchant/transaction/status",
	cancel: "/api/v1/merchant/transaction/cancel",
	refund: "/api/v1/merchant/transaction/refund",
	receipt: "/api/v1/merchant/transaction/receipt",
};

/** Makes the HTTP request of a call. Secrets stand in it in clear: it goes to the wire and nowhere else. */
export function requestMaker(settings: PayApiSettings, credentials: PayCredentials) {
	const basePath = new URL(settings.baseUrl[settings.environment]).pathname.replace(/\/$/, "");
	const authorization = basicAuthorization(credentials);
	return (call: PayCall, body: object | undefined, { token, id }: CallOptions): HttpRequest => {
		const path = basePath + paths[call];
		const headers = {
			authorization,
			accept: "application/json",
			...(token === undefined ? {} : { token: token.reveal() }),
		};
		if (call === "providers-poll") {
			return { method: "GET", path: `${path}/${encodeURIComponent(id ?? "")}`, headers };
		}
		return {
			method: "POST",
			path,
			headers: { ...headers, "content-type": "application/json; charset=utf-8" },
			body: JSON.stringify(body),
		};
	};
}

/** RFC 7617, UTF-8. */
function basicAuthorization({ login, password }: PayCredentials): string {
	return `Basic ${Buffer.from(`${login}:${password.reveal()}`).toString("base64")}`;
}
