import type { Check, CheckDesk } from "./check.ts";
import { green, red, remark, usualMs } from "./check.ts";
import { modesVerdict, type Places, roomVerdict, writableVerdict } from "./folders.ts";
import { type LookAtServer, serverChecks } from "./server.ts";

/** A device of the settings that the user may not open. */
export type Denied = { readonly device: string; readonly path: string; readonly detail: string };

/** What the machine is asked with; another room's knowledge arrives here. */
export type InternalTools = {
	readonly places: Places;
	/** Bytes that the journal's disk must have left. */
	readonly leastFreeBytes: number;
	/** How wrong the clock may be, ms. */
	readonly mostSkewMs: number;
	readonly server: LookAtServer;
	/** How many device files there are, and which of them are not open to this user. */
	readonly devices: () => Promise<{ readonly files: number; readonly denied: readonly Denied[] }>;
	/** What is wrong in messages, documents and other texts, a line each. */
	readonly wrongTexts: () => Promise<readonly string[]>;
	/** What is wrong with the journal ("" when nothing is), and how far it was read; undefined where there is none yet. */
	readonly journal: (
		signal: AbortSignal,
	) => Promise<{ readonly wrong: string; readonly rows: number; readonly head: string } | undefined>;
	/** Whether a daemon runs at the socket: its version, "" when nobody is there. Rejects when another is. */
	readonly daemon: (signal: AbortSignal) => Promise<string>;
};

/** The journal may be large: so long it may take to be read, ms. */
const mostReadingMs = 300_000;

/** What can be known without a device and without a person. */
export function internalChecks(tools: InternalTools): readonly Check[] {
	const { places, leastFreeBytes } = tools;
	return [
		internal("folders", () => writableVerdict(places)),
		internal("modes", () => modesVerdict(places.journal)),
		internal("devices", () => devicesVerdict(tools)),
		internal("texts", async () => textsVerdict(await tools.wrongTexts())),
		internal("disk", () => roomVerdict(places.journal, leastFreeBytes)),
		{ ...internal("journal", ({ signal }) => journalVerdict(tools, signal)), mostMs: mostReadingMs },
		...serverChecks(tools.server, tools.mostSkewMs),
		internal("daemon", ({ signal }) => daemonVerdict(tools, signal)),
	];
}

function internal(name: Check["title"]["code"], run: Check["run"]): Check {
	return { name, kind: "internal", title: remark(name), needs: [], mostMs: usualMs, run };
}

async function devicesVerdict({ devices }: InternalTools) {
	const { files, denied } = await devices();
	if (denied.length > 0) {
		return { state: "red", remarks: denied.map((facts) => remark("device-denied", facts)) } as const;
	}
	return files === 0 ? green("devices-none") : green("devices-open", { files });
}

function textsVerdict(wrong: readonly string[]) {
	if (wrong.length === 0) return green("texts");
	return { state: "red", remarks: wrong.map((detail) => remark("texts-wrong", { detail })) } as const;
}

async function journalVerdict({ journal, places }: InternalTools, signal: AbortSignal) {
	const found = await journal(signal);
	if (found === undefined) return green("journal-new");
	const { wrong, rows, head } = found;
	if (wrong === "") return green("journal-sound", { rows, head });
	return red("journal-unsound", { folder: places.journal, detail: wrong });
}

async function daemonVerdict({ daemon, places }: InternalTools, signal: CheckDesk["signal"]) {
	try {
		const version = await daemon(signal);
		return version === "" ? green("socket-free") : green("daemon-runs", { version });
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		return red("socket-taken", { path: places.socket, detail });
	}
}
