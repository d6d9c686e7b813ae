import type { KeyObject } from "node:crypto";
import { type ChainHead, headOf } from "./chain-head.ts";
import { chainLinks } from "./chain-links.ts";
import { chainedTables } from "./chain-rows.ts";
import { wrongTriggers } from "./chain-tables.ts";
import { demandKey } from "./key-check.ts";
import type { JournalReader } from "./read-journal.ts";
import { sealWith } from "./seal.ts";
import { breakFinding, type Finding, openNames, rowFindings } from "./verify-findings.ts";
import { followLinks, type Linkage } from "./verify-links.ts";
import { newestEntries } from "./verify-newest.ts";
import { compareRows, looseSlips, type Mismatch, type Tools } from "./verify-rows.ts";

/** What a look at the whole journal shows. */
export type Verdict = {
	/** Nothing was found. */
	readonly whole: boolean;
	readonly findings: readonly Finding[];
	/** Rows that are wrong beyond those among `findings`. */
	readonly untold: number;
	readonly head: ChainHead;
	/** How many entries the chain has. */
	readonly entries: number;
	/** How many rows were compared with it. */
	readonly rows: number;
	/** How many rows are gone by `journal.eraseAfterDays`. */
	readonly erased: number;
};

type Options = {
	/** The head that somebody kept: the number of an entry, and how its link begins. */
	readonly kept?: ChainHead;
	/** Hears how much is done, from 0 to 1. */
	readonly progress?: (share: number) => void;
};

/** Whoever changes more than that has changed everything. */
const mostFindings = 10_000;

/**
 * Proves by the chain that every row is as kassad wrote it. It takes some 30 s for a million rows; the daemon may write
 * meanwhile, and waits for nothing.
 * @throws {FaultError} `journal-failed` when the key is not that of the journal, or something cannot be read.
 */
export function verifyJournal(reader: JournalReader, key: KeyObject, options: Options = {}): Verdict {
	demandKey(reader, sealWith(key));
	const links = chainLinks(key);
	const nameOf = openNames(reader);
	const measure = measured(reader, options.progress);
	const newest = newestEntries(reader, measure.newest);
	const compared = compareAll({ reader, links, newest }, measure.rows);
	// After the rows, so that every entry they were compared with is proven.
	const linkage = followLinks(reader, links, measure.entries);
	const findings = [
		...wrongTriggers(reader).map((name) => ({ kind: "trigger", name }) as const),
		...linkage.breaks.map((one) => breakFinding(one, nameOf)),
		...headFindings(reader, options.kept, linkage),
		...rowFindings(compared.mismatches, nameOf),
	];
	return {
		whole: findings.length === 0,
		findings,
		untold: compared.untold,
		head: headOf(reader),
		entries: linkage.entries,
		rows: compared.rows,
		erased: linkage.erased,
	};
}

function compareAll(tools: Tools, upTo: (table: number, row: bigint) => void) {
	const mismatches: Mismatch[] = [];
	let [rows, untold] = [0, 0];
	const mismatch = (one: Mismatch) => {
		if (mismatches.length < mostFindings) mismatches.push(one);
		else untold += 1;
	};
	for (const [index, table] of chainedTables.entries()) {
		rows += compareRows(table, tools, { mismatch, upTo: (row) => upTo(index, row) });
		if (table.name !== "slips") continue;
		const loose = looseSlips(table, tools);
		loose.forEach(mismatch);
		rows += loose.length;
	}
	return { mismatches, rows, untold };
}

/** What a head that somebody kept shows: it is proven by its entry, if that is there. */
function headFindings(
	reader: JournalReader,
	kept: ChainHead | undefined,
	{ last, entries }: Linkage,
): Finding[] {
	if (entries === 0) return [{ kind: "cut-off", head: "1", last: "0" }];
	if (kept === undefined) return [];
	const select = reader.prepare("SELECT hex(link) AS link FROM chain WHERE number = ?");
	const found = reader.read("look for a head", () => select.get(kept.number));
	const facts = { head: `${kept.number}`, last: `${last}` };
	if (found === undefined) return [{ kind: "cut-off", ...facts }];
	const link = String(found.link).toLowerCase();
	return link.startsWith(kept.link.toLowerCase()) ? [] : [{ kind: "rewritten", ...facts }];
}

/** Turns rows and entries into a share of all: each table's numbers rise from 1, as do those of the chain. */
function measured(reader: JournalReader, progress: (share: number) => void = () => undefined) {
	// As text: what was written by hand may be a number beyond those of JavaScript.
	const largest = (key: string, from: string) => {
		const sql = `SELECT CAST(${key} AS TEXT) AS largest FROM ${from} ORDER BY ${key} DESC LIMIT 1`;
		return Math.max(1, Number(reader.prepare(sql).get()?.largest ?? 0));
	};
	const parts = reader.read("measure the journal", () => {
		const entries = largest("number", "chain");
		return [entries, ...chainedTables.map(({ key, from }) => largest(key, from)), entries];
	});
	const all = parts.reduce((one, other) => one + other);
	const before = (index: number) => parts.slice(0, index).reduce((one, other) => one + other, 0);
	const tell = (index: number, at: bigint) => {
		const within = Math.min(parts[index] ?? 0, Math.max(0, Number(at)));
		progress((before(index) + within) / all);
	};
	return {
		newest: (at: bigint) => tell(0, at),
		rows: (index: number, at: bigint) => tell(index + 1, at),
		entries: (at: bigint) => tell(chainedTables.length + 1, at),
	};
}
