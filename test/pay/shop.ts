import { onTestFinished } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Log } from "../../src/model/log.ts";
import { nothingToSync } from "../../src/model/on-disk.ts";
import { Secret } from "../../src/model/secret.ts";
import type { PayApiSettings } from "../../src/model/settings/pay-api.ts";
import { Turns } from "../../src/model/turns.ts";
import { openPayClient, type PayClient } from "../../src/pay/client.ts";
import type { SawDate } from "../../src/pay/http-date.ts";
import { type Play, type ScriptedServer, scriptedServer } from "./server.ts";
import { shopSettings } from "./settings.ts";

type Over = Partial<PayApiSettings>;

/** A client, and what it has logged. */
type Shop = { readonly client: PayClient; readonly lines: readonly string[] };

/** A client of a server; it ends with the test. */
export function clientOf(url: string, ca: string | undefined, over: Over = {}, sawDate?: SawDate): Shop {
	const { log, lines } = openLogbook();
	const client = openPayClient(
		{ ...shopSettings, baseUrl: { test: `${url}/partner/`, production: "https://example.invalid" }, ...over },
		{ login: "partner", password: new Secret("пароль:1"), ...(ca === undefined ? {} : { ca }) },
		log,
		systemClock,
		{ onDisk: nothingToSync, turn: new Turns().arrived, ...(sawDate && { sawDate }) },
	);
	onTestFinished(() => client.close());
	return { client, lines };
}

/** A server that plays, and a client of it; both end with the test. */
export async function shop(
	play: Play,
	over: Over = {},
	sawDate?: SawDate,
): Promise<Shop & { readonly server: ScriptedServer }> {
	const server = await scriptedServer(play);
	onTestFinished(() => server[Symbol.asyncDispose]());
	return { server, ...clientOf(server.url, server.ca, over, sawDate) };
}

/** The time for a whole answer, ms. */
export const answerMs = (ms: number): Over => ({
	deadlines: { connectMs: 3_000, startMs: ms, answerMs: ms },
});

/** A log that a test reads. */
export function openLogbook() {
	const lines: string[] = [];
	const write = (level: string) => (facts: object, message: string) =>
		void lines.push(`${level} ${message} ${JSON.stringify(facts)}`);
	const log: Log = {
		trace: write("trace"),
		debug: write("debug"),
		info: write("info"),
		warn: write("warn"),
		error: write("error"),
	};
	return { log, lines };
}
