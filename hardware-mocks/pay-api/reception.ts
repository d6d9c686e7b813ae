import type { ServerResponse } from "node:http";
import type { PayCall } from "../../src/model/operation.ts";
import type { Arrival } from "./arrivals.ts";
import { deliver, send } from "./deliver.ts";
import type { Desk } from "./desk.ts";
import { type PayRequest, readRequest } from "./requests.ts";

/** One request as it came, and what became of it. */
export type PayApiRecord = Arrival & {
	/** `warm` is a HEAD request; `other` is nothing that the API has. */
	readonly call: PayCall | "warm" | "other";
	/** The body when it was a right one. */
	readonly request?: PayRequest["body"];
	/** Whether this requestId had come before. */
	readonly repeat: boolean;
	/** What the client got, in a few words: `200`, `422 UNKNOWN_SESSION_ID`, `connection cut`. */
	readonly got: string;
};

type ReceptionOptions = {
	readonly login: string;
	readonly password: string;
	readonly partner: string;
	readonly tell?: (record: PayApiRecord) => void;
};

const paths: Readonly<Record<string, PayRequest["call"]>> = {
	"/api/v1/merchant/availability-info/task": "providers",
	"/api/v1/merchant/checkout": "checkout",
	"/api/v1/merchant/transaction/status": "status",
	"/api/v1/merchant/transaction/cancel": "cancel",
	"/api/v1/merchant/transaction/refund": "refund",
	"/api/v1/merchant/transaction/receipt": "receipt",
};

/** Base64 of the till's fingerprint, then a one-time password of three digits. */
const tokenPattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})\d{3}$/;

/** cm_pay_api 1.2.1, "Calls". */
const needToken: ReadonlySet<PayCall> = new Set(["providers", "checkout", "refund"]);

const promised = /^\/api\/v1\/merchant\/availability-info\/([0-9a-f-]{36})$/;

type Awaited = { readonly call: PayApiRecord["call"]; readonly resolve: (record: PayApiRecord) => void };
type Verdict = { readonly status: number; readonly why: string };

/** Looks at each request from outside, hands the right ones to the desk, and writes all of them down. */
export class Reception {
	readonly requests: PayApiRecord[] = [];
	readonly complaints: string[] = [];
	readonly #desk: Desk;
	readonly #options: ReceptionOptions;
	readonly #authorization: string;
	#awaited: Awaited[] = [];
	readonly #closing = new AbortController();

	constructor(desk: Desk, options: ReceptionOptions) {
		this.#desk = desk;
		this.#options = options;
		this.#authorization = `Basic ${Buffer.from(`${options.login}:${options.password}`).toString("base64")}`;
	}

	receive(arrival: Arrival, response: ServerResponse): void {
		if (arrival.method === "HEAD") {
			this.#write({ ...arrival, call: "warm", repeat: false, got: send(response, 200, "") });
			return;
		}
		if (arrival.method === "GET") {
			this.#poll(arrival, response);
			return;
		}
		const call = this.#callOf(arrival);
		const wrong = call === undefined ? { status: 404, why: "no such call" } : this.#wrong(arrival, call);
		if (call === undefined || wrong !== undefined) {
			const got = this.#refuse(response, call, wrong ?? { status: 404, why: "no such call" });
			this.#write({ ...arrival, call: call ?? "other", repeat: false, got });
			return;
		}
		const request = readRequest(call, arrival.body);
		if (typeof request === "string") {
			const got = this.#refuse(response, call, { status: 400, why: request });
			this.#write({ ...arrival, call, repeat: false, got });
			return;
		}
		this.#serve(arrival, request, response);
	}

	/** The next request of this kind. */
	arrival(call: PayApiRecord["call"]): Promise<PayApiRecord> {
		return new Promise((resolve) => this.#awaited.push({ call, resolve }));
	}

	/** Answers that are still to come late are not sent any more. */
	close(): void {
		this.#closing.abort();
	}

	/** The list of providers that was promised. */
	#poll(arrival: Arrival, response: ServerResponse): void {
		const { headers, path } = arrival;
		const id = promised.exec(path.slice(this.#options.partner.length))?.[1];
		const isRight = path.startsWith(this.#options.partner) && headers.authorization === this.#authorization;
		if (!isRight || id === undefined) {
			const verdict =
				id === undefined ? { status: 404, why: "no such call" } : { status: 401, why: "wrong login" };
			this.#write({
				...arrival,
				call: "other",
				repeat: false,
				got: this.#refuse(response, undefined, verdict),
			});
			return;
		}
		const { status, json } = this.#desk.bank.poll(id);
		const got = send(response, status, JSON.stringify(json));
		this.#write({ ...arrival, call: "providers-poll", repeat: false, got });
	}

	#serve(arrival: Arrival, request: PayRequest, response: ServerResponse): void {
		const served = this.#desk.serve(request);
		if (served.answer?.status === 400)
			this.complaints.push(`${request.call}: ${JSON.stringify(served.answer.json)}`);
		const code =
			served.answer?.json !== undefined && "code" in served.answer.json ? ` ${served.answer.json.code}` : "";
		const got = `${deliver(response, served, this.#closing.signal)}${code}`;
		this.#write({ ...arrival, call: request.call, request: request.body, repeat: served.repeat, got });
	}

	#callOf({ method, path }: Arrival): PayRequest["call"] | undefined {
		if (method !== "POST" || !path.startsWith(this.#options.partner)) return undefined;
		return paths[path.slice(this.#options.partner.length)];
	}

	/** What is wrong with a request before its body is looked at. */
	#wrong({ headers }: Arrival, call: PayCall): Verdict | undefined {
		if (headers.authorization !== this.#authorization) return { status: 401, why: "wrong login or password" };
		if (!/^application\/json(;|$)/i.test(headers["content-type"] ?? "")) {
			return { status: 400, why: "content-type is not application/json" };
		}
		if (needToken.has(call) && !tokenPattern.test(`${headers.token}`)) {
			return { status: 400, why: "header token is not base64 and three digits" };
		}
		return undefined;
	}

	#refuse(response: ServerResponse, call: PayCall | undefined, { status, why }: Verdict): string {
		this.complaints.push(`${call ?? "other"}: ${why}`);
		if (status === 401) response.setHeader("www-authenticate", 'Basic realm="Pay API"');
		return `${send(response, status, JSON.stringify({ message: why }))} ${why}`;
	}

	#write(record: PayApiRecord): void {
		this.requests.push(record);
		for (const { call, resolve } of this.#awaited) if (call === record.call) resolve(record);
		this.#awaited = this.#awaited.filter(({ call }) => call !== record.call);
		this.#options.tell?.(record);
	}
}
