import type { IncomingMessage, ServerResponse } from "node:http";
import type { PayCall } from "../../src/model/operation.ts";
import type { Aftermath } from "./aftermath.ts";
import type { Arrival } from "./arrivals.ts";
import { cut, deliver, send } from "./deliver.ts";
import type { Desk, Served } from "./desk.ts";
import { type Call, callOf, type GateOptions, type Verdict, wrongHeaders } from "./gate.ts";
import { type PayRequest, readRequest } from "./requests.ts";
import { type Trouble, wordsOf } from "./trouble.ts";

/** One request as it came, and what became of it. */
export type PayApiRecord = Arrival & {
	/** `warm` is a HEAD request; `other` is nothing that the API has. */
	readonly call: PayCall | "warm" | "other";
	/** The body when it was a right one. */
	readonly request?: PayRequest["body"];
	/** Whether this requestId had come before. */
	readonly repeat: boolean;
	/** What the server answered, before any trouble on its way. */
	readonly answer?: object;
	/** The trouble that it ran into, in a few words. */
	readonly trouble?: string;
	/** What the client got, in a few words: `200`, `422 UNKNOWN_SESSION_ID`, `connection cut`. */
	readonly got: string;
};

type ReceptionOptions = GateOptions & { readonly tell?: (record: PayApiRecord) => void };

type Awaited = { readonly call: PayApiRecord["call"]; readonly resolve: (record: PayApiRecord) => void };

/** Looks at each request from outside, hands the right ones to the desk, and writes all of them down. */
export class Reception {
	readonly requests: PayApiRecord[] = [];
	readonly complaints: string[] = [];
	readonly #desk: Desk;
	readonly #aftermath: Aftermath;
	readonly #options: ReceptionOptions;
	#awaited: Awaited[] = [];
	readonly #stop: AbortSignal;

	/** @param stop answers that are still to come late are not sent after it. */
	constructor(desk: Desk, aftermath: Aftermath, options: ReceptionOptions, stop: AbortSignal) {
		this.#desk = desk;
		this.#aftermath = aftermath;
		this.#options = options;
		this.#stop = stop;
	}

	/** After how many bytes of its body a request is cut whose head has come; undefined: read all of it. */
	cutsRequest(head: Pick<IncomingMessage, "method" | "url">): number | undefined {
		const call = callOf({ method: head.method ?? "", path: head.url ?? "" }, this.#options.partner)?.call;
		return call === undefined || call === "providers-poll" ? undefined : this.#desk.cutsRequest(call);
	}

	receive(arrival: Arrival, response: ServerResponse): void {
		if (arrival.method === "HEAD") {
			this.#write({ ...arrival, call: "warm", repeat: false, got: send(response, 200, "") });
			return;
		}
		const call = callOf(arrival, this.#options.partner);
		if (arrival.cutAt !== undefined && call !== undefined) this.#cut(arrival, call.call, response);
		else if (call === undefined)
			this.#refuse(arrival, response, "other", { status: 404, why: "no such call" });
		else this.#look(arrival, call, response);
	}

	/** The next request of this kind. */
	arrival(call: PayApiRecord["call"]): Promise<PayApiRecord> {
		return new Promise((resolve) => this.#awaited.push({ call, resolve }));
	}

	#cut(arrival: Arrival, call: PayCall, response: ServerResponse): void {
		const trouble = wordsOf({ cutRequestAt: arrival.cutAt ?? 0 });
		const got = `${cut(response)} after ${arrival.body.length} bytes of the request`;
		this.#write({ ...arrival, call, repeat: false, trouble, got });
	}

	#look(arrival: Arrival, call: Call, response: ServerResponse): void {
		const wrong = wrongHeaders(arrival, call.call, this.#options);
		if (wrong !== undefined) this.#refuse(arrival, response, call.call, wrong);
		else if (call.call === "providers-poll") {
			const served = this.#desk.poll(call.availabilityInfoId);
			this.#answer({ ...arrival, call: call.call }, served, response);
		} else {
			const request = readRequest(call.call, arrival.body);
			if (typeof request === "string")
				this.#refuse(arrival, response, call.call, { status: 400, why: request });
			else this.#serve(arrival, request, response);
		}
	}

	#serve(arrival: Arrival, request: PayRequest, response: ServerResponse): void {
		const served = this.#desk.serve(request);
		const known = { ...arrival, call: request.call, request: request.body };
		if (served.answer?.status === 400)
			this.complaints.push(`${request.call}: ${JSON.stringify(served.answer.json)}`);
		if (served.trouble?.twice) {
			const got = "nothing: the gateway hands it over again";
			this.#write({ ...known, repeat: served.repeat, ...told(served.trouble), got });
			this.#serve(arrival, request, response);
			return;
		}
		const wait = this.#aftermath.settle();
		if (wait === undefined) this.#answer(known, served, response);
		else void wait.then(() => this.#answer(known, served, response));
	}

	#answer(known: Omit<PayApiRecord, "repeat" | "got">, served: Served, response: ServerResponse): void {
		const { answer, trouble, repeat } = served;
		const json = answer?.json;
		const code = json !== undefined && "code" in json ? ` ${json.code}` : "";
		const got = `${deliver(response, served, this.#stop)}${code}`;
		this.#write({ ...known, repeat, ...(json && { answer: json }), ...told(trouble), got });
	}

	#refuse(arrival: Arrival, response: ServerResponse, call: PayCall | "other", verdict: Verdict): void {
		const { status, why } = verdict;
		this.complaints.push(`${call}: ${why}`);
		if (status === 401) response.setHeader("www-authenticate", 'Basic realm="Pay API"');
		const got = `${send(response, status, JSON.stringify({ message: why }))} ${why}`;
		this.#write({ ...arrival, call, repeat: false, got });
	}

	#write(record: PayApiRecord): void {
		this.requests.push(record);
		for (const { call, resolve } of this.#awaited) if (call === record.call) resolve(record);
		this.#awaited = this.#awaited.filter(({ call }) => call !== record.call);
		this.#options.tell?.(record);
	}
}

function told(trouble: Trouble | undefined): { trouble?: string } {
	const words = trouble === undefined ? "" : wordsOf(trouble);
	return words === "" ? {} : { trouble: words };
}
