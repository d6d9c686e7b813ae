import type { Client } from "undici";
import type { Clock } from "../model/clock.ts";
import { type FaultCode, FaultError } from "../model/fault.ts";
import type { Log } from "../model/log.ts";
import type { PayCall } from "../model/operation.ts";
import { type CallPolicy, type PayApiSettings, policyOf } from "../model/settings/pay-api.ts";
import { isCertificateTrouble, isNoHttp, openClients, wordsOf } from "./connection.ts";
import { withDeadlines } from "./deadlines.ts";
import { type Exchanged, exchange, type Transport } from "./exchange.ts";
import { type SawDate, tellingDates } from "./http-date.ts";
import { knocker } from "./knock.ts";
import { type Connection, Lines, oneAtATime } from "./lines.ts";
import { type Reply, replyOf } from "./reply.ts";
import { type CallOptions, type PayCredentials, requestMaker } from "./requests.ts";
import { Veil } from "./veil.ts";
import { keepWarm } from "./warmth.ts";

/** The Pay API over HTTP. */
export type PayClient = {
	/**
	 * Sends one request, once, and says what came of it; never rejects.
	 * @param body of a POST; `providers-poll` is a GET and has none.
	 */
	call(call: PayCall, body: object | undefined, options: CallOptions): Promise<Reply>;
	/** Opens all connections before they are needed, and keeps them open. Resolves when it was tried. */
	warm(): Promise<void>;
	/** Ends all connections; what is under way is given up. */
	close(): Promise<void>;
};

/**
 * A client for the environment that the settings choose. Nothing is sent before the first call or `warm`.
 * @param credentials `ca` is the PEM of authorities to trust besides the usual ones.
 * @param sawDate hears the server's clock, with the answers to `warm` too.
 * @param veil hides the till's secrets in the answers.
 */
export function openPayClient(
	settings: PayApiSettings,
	credentials: PayCredentials & { readonly ca?: string },
	log: Log,
	clock: Clock,
	sawDate: SawDate = () => undefined,
	veil = new Veil(),
): PayClient {
	const { origin } = new URL(settings.baseUrl[settings.environment]);
	const clients = openClients(origin, settings, credentials.ca);
	const connectionOf = (client: Client): Connection => ({
		isOpen: () => client.stats.connected,
		transport: (done) => tellingDates((...asked) => exchange(client, done, ...asked), clock, sawDate),
	});
	const lines = new Lines(clients.map(connectionOf));
	const warmth = keepWarm(
		knocker(lines, settings, log, clock),
		{ ...settings.warm, ...settings.retry },
		clock,
		Math.random,
	);
	for (const client of clients) client.on("disconnect", () => warmth.lost());
	return {
		...payClientOver(lines.ask, settings, credentials, clock, besidePayments(lines.ask), veil),
		warm: warmth.start,
		close: async () => {
			warmth.stop();
			await Promise.all(clients.map((client) => client.destroy()));
		},
	};
}

/** How calls go on which no money depends: they must not take the connections from those on which it does. */
type Apart = Partial<Readonly<Record<PayCall, Transport>>>;

function besidePayments(transport: Transport): Apart {
	const questions = oneAtATime(transport);
	return { receipt: oneAtATime(transport), providers: questions, "providers-poll": questions };
}

/**
 * The calls of the Pay API over whatever carries a request to the server that the settings choose.
 * @param apart what carries some of them instead.
 */
export function payClientOver(
	transport: Transport,
	settings: PayApiSettings,
	credentials: PayCredentials,
	clock: Clock,
	apart: Apart = {},
	veil = new Veil(),
): Pick<PayClient, "call"> {
	const requestOf = requestMaker(settings, credentials);
	return {
		call: async (call, body, options) => {
			const request = requestOf(call, body, options);
			veil.learn(body, options.token?.reveal());
			const policy = policyOf(settings, call);
			const carry = apart[call] ?? transport;
			const exchanged = await withDeadlines(policy, clock, options.signals ?? [], (limit, startBy) =>
				carry(request, settings.mostAnswerBytes, limit, startBy),
			);
			return meaningOf(call, veiled(exchanged, veil), policy);
		},
	};
}

function veiled(exchanged: Exchanged, veil: Veil): Exchanged {
	return exchanged.kind === "whole" ? { kind: "whole", answer: veil.over(exchanged.answer) } : exchanged;
}

function meaningOf(call: PayCall, exchanged: Exchanged, { mostRetryAfterMs }: CallPolicy): Reply {
	if (exchanged.kind === "whole") return replyOf(call, exchanged.answer, mostRetryAfterMs);
	const detail = wordsOf(exchanged.error);
	if (exchanged.left) return { kind: "unanswered", fault: silenceOf(exchanged.error), detail };
	const fault = isCertificateTrouble(exchanged.error) ? "server-certificate" : "server-unreachable";
	return { kind: "not-sent", fault, detail };
}

/** The fault of a request that left and has no whole answer. */
function silenceOf(error: unknown): FaultCode {
	if (isNoHttp(error)) return "server-answer-unreadable";
	return error instanceof FaultError ? error.code : "server-silent";
}
