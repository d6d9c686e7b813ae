import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { Aftermath } from "./pay-api/aftermath.ts";
import { realWorld } from "./pay-api/ambient.ts";
import { watchArrivals } from "./pay-api/arrivals.ts";
import { isTaken, type Transaction } from "./pay-api/bank.ts";
import { makeCertificate } from "./pay-api/certificate.ts";
import { chaosOf } from "./pay-api/chaos.ts";
import { Desk } from "./pay-api/desk.ts";
import { type PostbackRecord, Postbacks } from "./pay-api/postbacks.ts";
import { type PostbackOptions, Postman } from "./pay-api/postman.ts";
import { runPayApiProgram } from "./pay-api/program.ts";
import type { Providers } from "./pay-api/providers.ts";
import { type PayApiRecord, Reception } from "./pay-api/reception.ts";
import { type Rules, usualRules } from "./pay-api/rules.ts";
import type { Script } from "./pay-api/script.ts";
import type { Trouble } from "./pay-api/trouble.ts";

export type { Script };

export type PayApiOptions = {
	readonly login: string;
	readonly password: string;
	/** The story of every transaction that `next` gives no other; accepted at the first poll when left out. */
	readonly script?: Script;
	/** TCP port on localhost; a free one when left out. */
	readonly port?: number;
	/** The storeIds that it knows; all when left out. */
	readonly stores?: readonly string[];
	/** The ways to pay that customers have; SBP, and DOLYAME not available, when left out. */
	readonly providers?: Providers;
	/** Ways to pay that a checkout may name; SBP and DOLYAME when left out. */
	readonly paymentTypes?: Rules["paymentTypes"];
	/** The cardSessions that it knows, and up to how many kopecks each may pay; all, and any, when left out. */
	readonly sessions?: Rules["sessions"];
	/** Up to how many kopecks every other cardSession may pay. */
	readonly limit?: number;
	/** Where it posts what became of transactions; it posts nothing when left out. */
	readonly postback?: PostbackOptions;
	/** A very bad day, the same for the same number: stories and troubles by chance, where none are given. */
	readonly chaos?: number;
	/** A name that its certificate is for instead of localhost, to see a client refuse it. */
	readonly certificateFor?: string;
	/** Is called with each request when its answer is on its way. */
	readonly tell?: (record: PayApiRecord) => void;
	/** Is called with each postback when the till has answered it. */
	readonly tellPostback?: (record: PostbackRecord) => void;
};

/** A Koshelek Pay API (cm_pay_api 1.2.1) that plays scripts. */
export type MockPayApi = {
	/** Base URL with the partner's path, as a till is configured with it. */
	readonly url: string;
	readonly port: number;
	/** The authority to trust, PEM. */
	readonly caPem: string;
	/** Every request since the start. */
	readonly requests: readonly PayApiRecord[];
	readonly transactions: readonly Transaction[];
	/** Every postback since the start. */
	readonly postbacks: readonly PostbackRecord[];
	/** What clients did that the document does not allow, a line each. */
	readonly complaints: readonly string[];
	/** Resolves with the next request of this kind when it has arrived. */
	arrival(call: PayApiRecord["call"]): Promise<PayApiRecord>;
	/** Transactions whose money moved. */
	paymentsMade(): number;
	/** Gives the next transaction a story of its own; may be called several times ahead. */
	next(script: Script): void;
	/**
	 * The customer, or the bank, decides at once: accepted, or rejected with `errorCode`.
	 * @param id of a payment or of a refund.
	 * @returns whether there was something open to decide.
	 */
	decide(id: string, errorCode?: string): boolean;
	/** Makes the next matching calls run into trouble, whatever their transaction. */
	disturb(trouble: Trouble): void;
	/** Cuts all connections and refuses new ones; the books are kept. */
	down(): Promise<void>;
	/** Listens again on the same port. */
	up(): Promise<void>;
	close(): Promise<void>;
};

/** The partner's part of the base URL. */
const partner = "/shop";

/** Starts a Pay API on localhost: HTTPS with a certificate of its own, HTTP/1.1, connections kept for 2 minutes. */
export async function startPayApi(options: PayApiOptions): Promise<MockPayApi> {
	const { caPem, ...identity } = await makeCertificate(options.certificateFor);
	const end = new AbortController();
	const { desk, aftermath, reception, ...back } = backOffice(options, end.signal);
	const server = createServer({ ...identity, minVersion: "TLSv1.2", keepAliveTimeout: 120_000 });
	const arrival = watchArrivals(server);
	server.on("request", async (request, response) => {
		const whole = await arrival(request, reception.cutsRequest(request));
		if (whole === undefined) response.destroy();
		else reception.receive(whole, response);
	});
	const port = await listen(server, options.port ?? 0);
	return {
		url: `https://localhost:${port}${partner}`,
		port,
		caPem,
		requests: reception.requests,
		transactions: desk.bank.transactions,
		postbacks: back.postbacks,
		complaints: reception.complaints,
		arrival: (call) => reception.arrival(call),
		paymentsMade: () => desk.bank.transactions.filter(isTaken).length,
		next: (script) => desk.next(script),
		decide: (id, errorCode) => {
			const isDone = desk.bank.decideById(id, errorCode);
			void aftermath.settle();
			return isDone;
		},
		disturb: (trouble) => desk.disturb(trouble),
		down: () => stopListening(server),
		up: async () => {
			if (!server.listening) await listen(server, port);
		},
		close: async () => {
			end.abort();
			aftermath.close();
			await Promise.all([back.postman?.close(), stopListening(server)]);
		},
	};
}

/** Everything behind the socket. */
function backOffice(options: PayApiOptions, stop: AbortSignal) {
	const { script = {}, stores, providers, chaos, tell, tellPostback } = options;
	const rules = { ...usualRules, ...given(options) };
	const badDay = chaos === undefined ? undefined : chaosOf(chaos);
	const desk = new Desk(script, stores, providers, realWorld, rules, badDay);
	const sent: PostbackRecord[] = [];
	const note = (record: PostbackRecord) => {
		sent.push(record);
		tellPostback?.(record);
	};
	const postman = options.postback && new Postman(options.postback, stop);
	const postbacks = postman && new Postbacks({ postman, ambient: realWorld, stop, tell: note });
	const aftermath = new Aftermath(desk.bank, postbacks);
	const { login, password } = options;
	const gate = { login, password, partner, ...(tell && { tell }) };
	return { desk, aftermath, reception: new Reception(desk, aftermath, gate, stop), postman, postbacks: sent };
}

async function stopListening(server: Server): Promise<void> {
	if (!server.listening) return;
	const closed = once(server, "close");
	server.close();
	server.closeAllConnections();
	await closed;
}

/** The rules that are not the usual ones. */
function given({ paymentTypes, sessions, limit }: PayApiOptions): Partial<Rules> {
	return {
		...(paymentTypes && { paymentTypes }),
		...(sessions && { sessions }),
		...(limit !== undefined && { limit }),
	};
}

async function listen(server: Server, port: number): Promise<number> {
	server.listen(port, "localhost");
	await once(server, "listening");
	return (server.address() as AddressInfo).port;
}

if (import.meta.main) await runPayApiProgram(startPayApi);
