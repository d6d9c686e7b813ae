import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { realWorld } from "./pay-api/ambient.ts";
import { watchArrivals } from "./pay-api/arrivals.ts";
import { isTaken, type Transaction } from "./pay-api/bank.ts";
import { makeCertificate } from "./pay-api/certificate.ts";
import { Desk } from "./pay-api/desk.ts";
import { runPayApiProgram } from "./pay-api/program.ts";
import type { Providers } from "./pay-api/providers.ts";
import { type PayApiRecord, Reception } from "./pay-api/reception.ts";
import { type Rules, usualRules } from "./pay-api/rules.ts";
import type { Script, Trouble } from "./pay-api/script.ts";

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
	/** A name that its certificate is for instead of localhost, to see a client refuse it. */
	readonly certificateFor?: string;
	/** Is called with each request when its answer is on its way. */
	readonly tell?: (record: PayApiRecord) => void;
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
	/** What clients did that the document does not allow, a line each. */
	readonly complaints: readonly string[];
	/** Resolves with the next request of this kind when it has arrived. */
	arrival(call: PayApiRecord["call"]): Promise<PayApiRecord>;
	/** Transactions whose money moved. */
	paymentsMade(): number;
	/** Gives the next transaction a story of its own; may be called several times ahead. */
	next(script: Script): void;
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
	const rules = { ...usualRules, ...given(options) };
	const desk = new Desk(options.script ?? {}, options.stores, options.providers, realWorld, rules);
	const reception = new Reception(desk, { ...options, partner });
	const server = createServer({ ...identity, minVersion: "TLSv1.2", keepAliveTimeout: 120_000 });
	const arrival = watchArrivals(server);
	server.on("request", async (request, response) => {
		const whole = await arrival(request);
		if (whole === undefined) response.destroy();
		else reception.receive(whole, response);
	});
	const port = await listen(server, options.port ?? 0);
	const down = async () => {
		const closed = once(server, "close");
		server.close();
		server.closeAllConnections();
		await closed;
	};
	return {
		url: `https://localhost:${port}${partner}`,
		port,
		caPem,
		requests: reception.requests,
		transactions: desk.bank.transactions,
		complaints: reception.complaints,
		arrival: (call) => reception.arrival(call),
		paymentsMade: () => desk.bank.transactions.filter(isTaken).length,
		next: (script) => desk.next(script),
		disturb: (trouble) => desk.disturb(trouble),
		down,
		up: async () => void (await listen(server, port)),
		close: async () => {
			reception.close();
			if (server.listening) await down();
		},
	};
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
