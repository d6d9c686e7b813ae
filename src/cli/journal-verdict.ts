import type { ChainHead } from "../journal/chain-head.ts";
import type { Verdict } from "../journal/verify.ts";
import type { Finding, RowName } from "../journal/verify-findings.ts";
import { clean } from "./clean.ts";
import { headWords } from "./report-words.ts";
import { wrap } from "./wrap.ts";

/** More of them nobody reads on a screen. */
const mostShown = 100;

/** A verdict to be read: at most 80 columns, and what was found before what to do. */
export function verdictText(verdict: Verdict, folder: string, kept: ChainHead | undefined): string {
	const { whole, findings, untold } = verdict;
	const all = findings.length + untold;
	const shown = findings.slice(0, mostShown).flatMap((finding) => wrap(clean(findingText(finding)), 2, 6));
	const more = all > mostShown ? wrap(`and ${count(all - mostShown)} more; --json has them.`, 2) : [];
	const lines = whole
		? wholeLines(verdict, folder, kept)
		: [
				...wrap(
					`ATTENTION: the journal in ${folder} is not as kassad wrote it. ${plural(all, "finding")}:`,
					0,
				),
				"",
				...shown,
				...more,
				"",
				...wrap(advice, 0),
			];
	return `${lines.join("\n")}\n`;
}

const advice =
	"Keep a copy of the whole folder as it is now, and call who looks after kassad. The till may go on paying: what it writes from now on is chained as before. An older backup, verified, has the rows as they were.";

function wholeLines({ rows, entries, erased, head }: Verdict, folder: string, kept?: ChainHead): string[] {
	const number = headWords(head);
	const gone =
		erased === 0
			? []
			: [`${plural(erased, "row")} were erased by journal.eraseAfterDays, as the chain tells.`];
	const proven = kept
		? `What was there at ${headWords(kept)} is there still: nothing was cut off.`
		: "Whether the newest entries were cut off, only a head that you kept can tell (--head).";
	return [
		`The journal in ${folder} is whole.`,
		`${plural(rows, "row")} are as kassad wrote them, by a chain of ${plural(entries, "entry", "entries")}; none is missing, and none was put in.`,
		...gone,
		proven,
		`Head of the journal: ${number}. Keep it: kassad journal verify --head ${number} proves later that nothing before it was touched.`,
	].flatMap((line) => wrap(line, 0));
}

const count = (number: number) => number.toLocaleString("en-US");
const plural = (number: number, one: string, many = `${one}s`) =>
	`${count(number)} ${number === 1 ? one : many}`;

/** One finding as a sentence or two. */
function findingText(finding: Finding): string {
	switch (finding.kind) {
		case "changed":
			return `${rowText(finding)}: changed. It is not what kassad wrote ${when(finding)}`;
		case "inserted":
			return `${rowText(finding)}: put in. No entry of the chain tells of it.`;
		case "missing":
			return `${rowText(finding)}: missing, although kassad wrote it ${when(finding)}`;
		case "moved":
			return `${rowText(finding)}: moved. It is what kassad wrote as ${finding.table} ${finding.from} (entry ${finding.entry}).`;
		case "chain-broken":
			return `${span(finding)} of the chain${aboutText(finding.about)}: changed, or not written by kassad.`;
		case "chain-missing":
			return `${span(finding)} of the chain: missing. What they told of is not proven.`;
		case "cut-off":
			return `the end of the chain: cut off. It ends with entry ${finding.last}, and entry ${finding.head} was there.`;
		case "rewritten":
			return `entry ${finding.head} of the chain: not the one whose head was kept. The journal was wound back or written anew, and went on from there.`;
		case "trigger":
			return `trigger ${finding.name}: changed, missing or foreign. What was written without it is not chained; the daemon restores it when it starts.`;
	}
}

function rowText({ table, row, operationId, orderId, about }: RowName): string {
	const place = row === undefined ? `${table} of no operation` : `${table} ${row}`;
	const words = [
		about,
		orderId === undefined ? undefined : `order ${orderId}`,
		operationId === undefined ? undefined : `operation ${operationId}`,
	].filter((word) => word !== undefined);
	return words.length === 0 ? place : `${place} (${words.join(", ")})`;
}

const aboutText = (about: RowName | undefined) =>
	about === undefined ? "" : `, first about ${rowText(about)}`;

function span({
	entries: { from, to },
}: {
	readonly entries: { readonly from: string; readonly to: string };
}) {
	return from === to ? `entry ${from}` : `entries ${from} to ${to}`;
}

function when({ writtenAt, entry }: { readonly writtenAt?: number; readonly entry?: string }): string {
	const at = new Date(writtenAt ?? Number.NaN);
	// Somebody may have written a time into the chain that is none.
	const time = Number.isNaN(at.getTime()) ? "at an unknown time" : `on ${at.toLocaleString("sv-SE")}`;
	return `${time} (entry ${entry}).`;
}

/** A verdict for a program; times as ISO 8601. */
export function verdictJson({ whole, head, entries, rows, erased, findings, untold }: Verdict): string {
	const verdict = {
		whole,
		head: headWords(head),
		entries,
		rows,
		erased,
		findings: findings.map(dated),
		untold,
	};
	return `${JSON.stringify(verdict)}\n`;
}

function dated(finding: Finding): object {
	if (!("writtenAt" in finding) || finding.writtenAt === undefined) return finding;
	const at = new Date(finding.writtenAt);
	const { writtenAt: _, ...others } = finding;
	return Number.isNaN(at.getTime()) ? others : { ...others, writtenAt: at.toISOString() };
}
