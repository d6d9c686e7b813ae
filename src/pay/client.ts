import type { Client } from "undici";
import type { Clock } from "../model/clock.ts";
import type { Log } from "../model/log.ts";
import type { PayApiSettings } from "../model/settings/pay-api.ts";
import { type Apart, type CallTools, type PayCalls, payCalls } from "./calls.ts";
import { openClients } from "./connection.ts";
import { exchange, type Transport } from "./exchange.ts";
import { type SawDate, tellingDates } from "./http-date.ts";
import { knocker } from "./knock.ts";
import { type Connection, Lines, oneAtATime } from "./lines.ts";
import type { PayCredentials } from "./requests.ts";
import { keepWarm } from "./warmth.ts";

/** The Pay API over HTTP. */
export type PayClient = PayCalls & {
	/** Opens all connections before they are needed, and keeps them open. Resolves when it was tried. */
	warm(): Promise<void>;
	/** Ends all connections; what is under way is given up. */
	close(): Promise<void>;
};

type ClientTools = Omit<CallTools, "apart"> & {
	/** Hears the server's clock, with the answers to `warm` too. */
	readonly sawDate?: SawDate;
};

/**
 * A client for the environment that the settings choose. Nothing is sent before the first call or `warm`.
 * @param credentials `ca` is the PEM of authorities to trust besides the usual ones.
 */
export function openPayClient(
	settings: PayApiSettings,
	credentials: PayCredentials & { readonly ca?: string },
	log: Log,
	clock: Clock,
	{ sawDate = () => undefined, ...tools }: ClientTools,
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
		...payCalls(lines.ask, settings, credentials, clock, { ...tools, apart: besidePayments(lines.ask) }),
		warm: warmth.start,
		close: async () => {
			warmth.stop();
			await Promise.all(clients.map((client) => client.destroy()));
		},
	};
}

function besidePayments(transport: Transport): Apart {
	const questions = oneAtATime(transport);
	return { receipt: oneAtATime(transport), providers: questions, "providers-poll": questions };
}
