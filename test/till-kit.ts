import { randomUUID } from "node:crypto";
import { filter, firstValueFrom, NEVER } from "rxjs";
import { systemClock } from "../src/clock.ts";
import type { Log } from "../src/model/log.ts";
import { Secret } from "../src/model/secret.ts";
import { noPostbacks } from "../src/pay/posted.ts";
import type { Rooms } from "../src/rooms.ts";
import { openQuiet } from "../src/scan/quiet.ts";
import { Till } from "../src/till.ts";
import { settled } from "./journal/intents.ts";
import { begun, handClock, opened, temporaryFolder } from "./journal/kit.ts";
import { documents, printersOf, scriptedPrinter } from "./paper-kit.ts";
import { shopSettings } from "./pay/settings.ts";

export const written: string[] = [];
const write = (_: object, words: string) => void written.push(words);
const log: Log = { trace: write, debug: write, info: write, warn: write, error: write };

const store = { storeId: "store 1", terminalId: "till 1", terminals: [] };

const paperSettings = {
	prints: { mostAgeMinutes: 60 },
	printers: [{ name: "receipt", substitute: null }],
};

/** Rooms in which nothing is paid or printed: a real journal, and the scanners' news. */
export function roomsWith(news$: Rooms["news$"], explain: Rooms["explain"], journal = opened()): Rooms {
	const scans = { bounceMs: 0, leaseMs: 1_000 };
	const payApi = { paymentTypeTitles: {}, enums: {} };
	const settings = { store, socket: { scanLifetimeMs: 1_000 }, scans, payApi, ...paperSettings };
	const clock = { now: () => 0, sleep: () => new Promise<void>(() => undefined) };
	const quiet = openQuiet(() => false);
	const printers = printersOf();
	return { settings, journal, news$, explain, clock, log, quiet, printers, documents } as unknown as Rooms;
}

type Call = Rooms["client"]["call"];
export type Answer = (call: string, body: object) => Awaited<ReturnType<Call>>;

/**
 * A till that goes on with what the last run left open, with a server that answers; payment "a" of transaction 1
 * was settled by it.
 * @param last the last thing that it tells.
 */
export async function goingOn(
	lastRun: (journal: Rooms["journal"]) => void,
	answer: Answer,
	last = "operation",
) {
	const folder = temporaryFolder();
	const before = opened(folder);
	begun(before, "a");
	before.finish("operation a", settled, { eventBody: {} });
	lastRun(before);
	before.close();
	const journal = opened(folder);
	const asked: unknown[] = [];
	const call: Call = async (name, body = {}, { token }) => {
		asked.push({ call: name, ...body, token: token?.reveal() });
		return answer(name, body);
	};
	const { blocks, printer } = scriptedPrinter();
	const till = new Till({
		...roomsWith(NEVER, (about) => ({ title: about, text: "" }), journal),
		settings: {
			payApi: shopSettings,
			store,
			socket: { scanLifetimeMs: 1_000 },
			scans: { bounceMs: 0, leaseMs: 1_000 },
			...paperSettings,
		} as unknown as Rooms["settings"],
		clock: { ...systemClock, now: handClock().now },
		client: { call },
		posted: noPostbacks,
		verifier: {
			verify: async () => ({ good: true, stepsOff: 0 }),
			token: async (brand) => new Secret(`token of ${brand}`),
		},
		newId: randomUUID,
		random: () => 0,
		printers: printersOf(printer),
	});
	const told = journal.events.lastSeq();
	const end = firstValueFrom(journal.events.live$.pipe(filter(({ type }) => type === last)));
	till.open();
	await Promise.race([end, till.failed]);
	await till.close();
	return { asked, blocks, journal, events: journal.events.since(told, 10) };
}
