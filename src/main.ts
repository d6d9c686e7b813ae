import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printerDrivers, scannerDrivers } from "../drivers/index.ts";
import { systemClock as clock } from "./clock.ts";
import { clockWatch } from "./clock-watch.ts";
import type { LoadedConfig } from "./config.ts";
import { internalTools } from "./counter/self-test-machine.ts";
import { tillOf } from "./counter/tills.ts";
import { loadDocuments } from "./documents.ts";
import { tillFingerprint } from "./fingerprint.ts";
import { type Journal, openJournal } from "./journal/journal.ts";
import { openLog } from "./log.ts";
import { loadMessages } from "./messages.ts";
import type { Log } from "./model/log.ts";
import type { Secret } from "./model/secret.ts";
import type { Settings } from "./model/settings/settings.ts";
import { type Turn, Turns } from "./model/turns.ts";
import { openPayClient } from "./pay/client.ts";
import { servePostbacks } from "./pay/postbacks.ts";
import { noPostbacks } from "./pay/posted.ts";
import { Veil } from "./pay/veil.ts";
import { servePos } from "./pos/server.ts";
import { openPrinters } from "./printers/printers.ts";
import type { Rooms } from "./rooms.ts";
import { compileLayouts } from "./scan/layouts.ts";
import { passwordAt } from "./scan/passwords.ts";
import { openQuiet } from "./scan/quiet.ts";
import { verifierFor } from "./scan/verifiers.ts";
import { openScanners } from "./scanners/scanners.ts";
import { sheetCards } from "./selftest/sheet-cards.ts";
import { Till } from "./till.ts";

/** A device that does not let go must not keep the process: what matters is on disk already. Stopped within 5 s. */
const closingMs = 4_000;

/**
 * Opens every room, tells the till's story until the process is told to stop, and closes them in turn.
 * Rejects when something could not be opened, or when the till can no longer be trusted.
 */
export async function run(config: LoadedConfig): Promise<void> {
	const { settings } = config;
	const log = openLog(settings.log.level);
	for (const detail of config.warnings) log.warn({ detail }, "others may do too much");
	const turns = new Turns();
	const { rooms, warm, close } = await openRooms(config, log, turns.arrived);
	const till = new Till(rooms);
	const { journal, explain } = rooms;
	const { onDisk } = journal;
	const end = Promise.race([toldToStop(), till.failed]);
	const { socketTokens: tokens, socketUsers: users } = config;
	const tools = { explain, log, clock, onDisk, turn: turns.pressed, tokens, ...(users && { users }) };
	const pos = await servePos(settings.socket, till.methods, journal.events, tools);
	try {
		till.open();
		// A server that does not answer keeps nobody waiting: scans and questions are served meanwhile.
		await Promise.race([warm(), end]);
		log.info({ version: rooms.version, socket: settings.socket.path }, "ready");
		log.info({ signal: await end }, "stopping");
	} finally {
		const closed = Promise.all([pos.close(), till.close(), rooms.printers.close()]).then(close);
		const tooLate = clock
			.sleep(closingMs)
			.then(() => log.warn({}, "not all let go in time; stopping anyway"));
		await Promise.race([tooLate, closed]);
	}
}

async function openRooms(config: LoadedConfig, log: Log, turn: Turn) {
	const { settings } = config;
	const { payApi } = settings;
	const { mostRecentEvents } = settings.socket;
	const journal = openJournal({ ...settings.journal, mostRecentEvents }, clock);
	warnOfChain(journal, log);
	const watch = clockWatch(passwordRules(settings), log);
	const veil = veilOf(config);
	const hearing = { onDisk: journal.onDisk, sawDate: watch.saw, veil, turn };
	const client = openPayClient(payApi, credentialsOf(config), log, clock, hearing);
	const postbacks = await postbacksOf(config, log, veil);
	const verifier = verifierOf(config, log);
	const quiet = openQuiet((scanner) => journal.isPaying(tillOf(scanner, settings.store)));
	const layouts = layoutsOf(settings);
	const tools = { layouts, verifier, clock, log, clockIsOff: watch.isOff, newId: randomUUID };
	const scanners = openScanners(settings, scannerDrivers, { ...tools, keptOut: quiet.keptOut, turn });
	const printers = openPrinters(settings, printerDrivers, { clock, log });
	const rooms: Rooms = {
		settings,
		version: versionOf(),
		journal,
		client,
		posted: postbacks?.posted ?? noPostbacks,
		verifier,
		news$: scanners.news$,
		quiet,
		...{ tellScanner: scanners.tell, scannerState: scanners.state },
		printers,
		...wordsOf(settings),
		...selfTestOf(config),
		...{ clock, log, newId: randomUUID, random: Math.random },
	};
	const close = async () => {
		await Promise.all([scanners.close(), client.close(), postbacks?.close(), verifier.close()]);
		journal.close();
	};
	return { rooms, warm: client.warm, close };
}

/** What a self-test is made with: this machine, and cards of the first brand whose passwords kassad makes itself. */
function selfTestOf({ settings, brandKeys, ca }: LoadedConfig): Pick<Rooms, "machine" | "sheetCards"> {
	const daemon = async () => versionOf();
	const machine = internalTools({ settings, ca, clock, daemon });
	const brand = settings.brands.find(({ verifier }) => verifier === "builtin");
	const key = brand && brandKeys.get(brand.name);
	if (brand === undefined || key === undefined) return { machine };
	const passwords = (number: string, at: number) => passwordAt({ ...brand, key }, number, at);
	const tools = { passwordAt: passwords, random: Math.random };
	return { machine, sheetCards: sheetCards(brand, tools, clock.now()) };
}

async function postbacksOf({ settings, postback }: LoadedConfig, log: Log, veil: Veil) {
	const wanted = settings.payApi.postback;
	return wanted && postback && servePostbacks(wanted, postback, { log, clock, veil });
}

/** A shop must sell: what happened to the journal is looked at beside the daemon. */
function warnOfChain({ chain }: Journal, log: Log): void {
	if (chain.lastFits) return;
	log.warn({}, "the end of the journal's chain is not as kassad wrote it: run kassad journal verify");
}

/** What people read, on paper and on the display. */
function wordsOf({ language, waitMinutes }: Settings): Pick<Rooms, "documents" | "explain"> {
	const { explain } = loadMessages(language, { minutes: String(waitMinutes) });
	return { documents: loadDocuments(), explain };
}

function verifierOf({ settings, brandKeys }: LoadedConfig, log: Log) {
	const brands = settings.brands.flatMap((brand) => {
		const key = brandKeys.get(brand.name);
		return key === undefined ? [] : [{ ...brand, key }];
	});
	return verifierFor(brands, settings.bridge, tillFingerprint(clock.now()), { clock, log });
}

const passwordRules = ({ brands }: Settings) => brands.map(({ totp }) => totp);

function layoutsOf({ brands }: Settings) {
	return compileLayouts(
		brands.map(({ name, layouts, totp }) => ({ name, layouts, passLength: totp.passLength })),
	);
}

function credentialsOf({ settings, password, ca }: LoadedConfig) {
	return { login: settings.payApi.login, password, ...(ca !== undefined && { ca }) };
}

/** The server knows all of these, and may write them into any answer. */
function veilOf({ settings, password, brandKeys, postback }: LoadedConfig): Veil {
	const basic = (login: string, word: Secret) => Buffer.from(`${login}:${word.reveal()}`).toString("base64");
	const { login, postback: post } = settings.payApi;
	const posts = postback ? [postback.password.reveal(), basic(post?.login ?? "", postback.password)] : [];
	const keys = [...brandKeys.values()].map((key) => key.reveal());
	return new Veil([password.reveal(), basic(login, password), ...posts, ...keys]);
}

function versionOf(): string {
	return JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")).version;
}

function toldToStop(): Promise<NodeJS.Signals> {
	return new Promise((resolve) => {
		for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
	});
}
