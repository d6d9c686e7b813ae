import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Subject } from "rxjs";
import { parse } from "yaml";
import { printerDrivers } from "../../drivers/index.ts";
import { loadDocuments } from "../../src/documents.ts";
import { openJournal } from "../../src/journal/journal.ts";
import { loadMessages } from "../../src/messages.ts";
import type { Clock } from "../../src/model/clock.ts";
import type { Log } from "../../src/model/log.ts";
import { Secret } from "../../src/model/secret.ts";
import { settings as schema } from "../../src/model/settings/settings.ts";
import { payCalls } from "../../src/pay/calls.ts";
import { PostedDesk } from "../../src/pay/posted.ts";
import { checkedCalls } from "../../src/pos/methods.ts";
import { openPrinter } from "../../src/print/printer.ts";
import type { Rooms } from "../../src/rooms.ts";
import { openQuiet } from "../../src/scan/quiet.ts";
import type { ScannerNews } from "../../src/scan/scans.ts";
import { Till } from "../../src/till.ts";
import { FrailDisk } from "./frail-disk.ts";
import { guardedJournal } from "./guarded-journal.ts";
import { Mortal, never } from "./mortal.ts";
import type { World } from "./world.ts";

const config = join(import.meta.dirname, "../../config");

/** The settings that a shop gets. */
const settings = schema.parse(parse(readFileSync(join(config, "kassad.yaml"), "utf8")));
const { scanners, store } = settings;
const [receipt] = settings.printers;
const [front] = scanners;
if (receipt === undefined || front === undefined) throw new TypeError("the shipped settings have no devices");
/** Two tills; what prints at the second one helps out at the first. */
const till: typeof settings = {
	...settings,
	store: { ...store, terminals: [{ terminalId: "till-2", scanners: ["side"], printer: "bar" }] },
	scanners: [front, { ...front, name: "side" }],
	printers: [
		{ ...receipt, name: "receipt", substitute: "bar" },
		{ ...receipt, name: "bar", substitute: null },
	],
};
const { explain } = loadMessages("ru", { minutes: "5" });
const documents = loadDocuments();

/** Ms that a postback waits for the answer to the request that it is about. */
const keepPostbacksMs = 10_000;

const quiet = () => undefined;
const log: Log = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
const credentials = { login: "partner", password: new Secret("swordfish") };
/** Base64 of a fingerprint, and three digits. */
const token = new Secret("dGlsbA==123");

/** One run of the program: the real till, counter, payment code, journal and print queue, over a shop of glass. */
export type Life = {
	readonly run: Mortal;
	readonly news$: Subject<ScannerNews>;
	call(method: string, params: object): Promise<object>;
	/** A postback arrives. */
	readonly post: PostedDesk["take"];
	/** Tells the POS program all that it has not heard. */
	catchUp(): void;
	/** What a power cut leaves of the journal's log. */
	readonly disk: FrailDisk;
	/** Lets go of the journal's files. */
	close(): void;
};

export function beginLife(world: World, folder: string): Life {
	const run = new Mortal((touch) => world.isLast(touch));
	const clock = clockOf(world, run);
	const disk = diskOf(world, run, folder);
	const journal = openJournal({ ...settings.journal, folder, mostRecentEvents: 256 }, clock, () => disk);
	const guarded = guardedJournal(journal, run, () => world.isDiskFull());
	const news$ = new Subject<ScannerNews>();
	const posted = new PostedDesk(keepPostbacksMs, clock);
	const story = new Till(roomsOf(world, run, { clock, journal: guarded, news$, posted }));
	const calls = checkedCalls(story.methods);
	const { events, onDisk } = journal;
	/** A line to a POS program leaves when the disk holds all that was written before it was said, or never. */
	const leave = () => Promise.resolve(onDisk()).catch(never);
	const catchUp = () => {
		const last = events.lastSeq();
		const upTo: typeof events.since = (...asked) => events.since(...asked).filter(({ seq }) => seq <= last);
		void leave().then(() => run.dead || world.pos.catchUp(upTo));
	};
	// Always from the last one heard: after a restart there may be older ones than the one that comes.
	events.live$.subscribe(() => run.dead || catchUp());
	story.failed.catch((error: unknown) => run.end(`the till failed: ${error}`));
	try {
		story.open();
	} catch (error) {
		run.end(`the till could not open: ${error}`);
	}
	return {
		run,
		news$,
		call: async (method, params) => {
			const call = calls.get(method);
			if (call === undefined) throw new TypeError(`no method ${method}`);
			const answer = call(JSON.parse(JSON.stringify(params)));
			await answer.catch(() => undefined);
			await leave();
			return answer;
		},
		post: (facts) => posted.take(facts),
		catchUp,
		disk,
		close: () => journal.close(),
	};
}

function roomsOf(
	world: World,
	run: Mortal,
	own: Pick<Rooms, "clock" | "journal" | "news$" | "posted">,
): Rooms {
	const { clock } = own;
	const printers = printersOf(world, run, clock);
	const client = payCalls(
		(request, _, signal) => run.wait("ask the server", () => world.ask(request, signal)),
		settings.payApi,
		credentials,
		clock,
		{ onDisk: own.journal.onDisk, turn: () => turnIn(world, run) },
	);
	const verifier: Rooms["verifier"] = {
		verify: async () => ({ good: true, stepsOff: 0 }),
		token: async () => token,
	};
	const tools = {
		explain,
		log,
		newId: () => world.chance.guid(),
		random: () => world.chance.next(),
		// Cards come in behind the scanners here.
		quiet: openQuiet(() => false),
	};
	return { ...own, ...tools, settings: till, documents, version: "sim", client, verifier, printers };
}

/** A sync takes some ms, and may find the disk full. */
function diskOf(world: World, run: Mortal, folder: string): FrailDisk {
	return new FrailDisk(join(folder, "journal.db-wal"), () =>
		run.wait("sync the journal", async () => {
			await world.time.pass(world.chance.between(0, 8));
			if (world.isDiskFull())
				throw Object.assign(new Error("full"), { syscall: "fdatasync", code: "ENOSPC" });
		}),
	);
}

/** An answer has come, and others are before it; or it has its turn at once. */
function turnIn(world: World, run: Mortal): Promise<void> | undefined {
	const ms = world.chance.between(0, 12) - 6;
	return ms <= 0 ? undefined : run.wait("wait for a turn", () => world.time.pass(ms));
}

/** Both printers of the shop, the second one the substitute of the first. Each slip opens its own connection. */
function printersOf(world: World, run: Mortal, clock: Clock): Rooms["printers"] {
	const all = till.printers.map((facts, index) => {
		const printer = world.printers[index as 0 | 1];
		const open = async () => {
			const port = await run.wait("connect to the printer", () => printer.open());
			const write = (bytes: Uint8Array) => run.wait("write to the printer", () => port.write(bytes));
			return { ...port, write };
		};
		const driver = printerDrivers[printer.make];
		if (driver === undefined) throw new TypeError(`there is no driver ${printer.make}`);
		return openPrinter(facts, driver, { open }, { clock, log });
	});
	const find = (wanted: string) => all.find(({ name }) => name === wanted);
	return { all, find, close: async () => undefined };
}

/** The till's clock: its wall time jumps as the plan wants; what it waits for is the world's time. */
function clockOf(world: World, run: Mortal): Clock {
	return {
		now: () => world.wallNow,
		sleep: (ms, signal) =>
			run.wait("wait", () => {
				if (signal?.aborted) return Promise.reject(signal.reason);
				return new Promise<void>((resolve, reject) => {
					const takeBack = world.time.after(ms, () => {
						signal?.removeEventListener("abort", stop);
						resolve();
					});
					const stop = () => {
						takeBack();
						reject(signal?.reason);
					};
					signal?.addEventListener("abort", stop, { once: true });
				});
			}),
	};
}
