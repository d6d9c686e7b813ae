import type { ChainEntry, ChainLinks } from "./chain-links.ts";
import type { JournalReader } from "./read-journal.ts";

/** Where the chain does not hold. Numbers are those of entries, both inclusive. */
export type Break = {
	/** `missing`: there are no such entries. `broken`: they are not as a kassad with this key wrote them. */
	readonly kind: "broken" | "missing";
	readonly from: bigint;
	readonly to: bigint;
	/** What the first of them is about, where it is there. */
	readonly part?: string;
	readonly row?: bigint;
};

type Linked = ChainEntry & {
	readonly number: bigint;
	readonly row: bigint;
	readonly link: Uint8Array | null;
};

export type Linkage = {
	readonly entries: number;
	/** Of the last entry. */
	readonly last: bigint;
	/** How many tell that a row was erased. */
	readonly erased: number;
	readonly breaks: readonly Break[];
};

const batch = 2_000;
/** Nothing in SQLite has a smaller one. */
const leastNumber = -9_223_372_036_854_775_808n;

/**
 * Follows the chain from its first entry to the last that is there when it comes to the end, while the daemon writes.
 * Where it is broken it goes on behind, so that each break is told.
 */
export function followLinks(
	reader: JournalReader,
	links: ChainLinks,
	upTo: (entry: bigint) => void,
): Linkage {
	// Text as bytes: what stands behind a zero byte would not be read otherwise.
	const select = reader.prepare(
		`SELECT number, at, CAST(part AS BLOB) AS part, row, CAST(deed AS BLOB) AS deed, digest, link FROM chain
		WHERE number >= ? ORDER BY number LIMIT ${batch}`,
	);
	select.setReadBigInts(true);
	const walk = openWalk(links);
	for (let next = leastNumber; ; ) {
		const rows = reader.read("follow the chain", () => select.all(next)) as ReadLinked[];
		for (const row of rows) walk.step({ ...row, part: textIn(row.part), deed: textIn(row.deed) });
		const last = rows.at(-1);
		if (last === undefined || rows.length < batch) return walk.end();
		upTo(last.number);
		next = last.number + 1n;
	}
}

type ReadLinked = Omit<Linked, "part" | "deed"> & { readonly part: Uint8Array; readonly deed: Uint8Array };

const textIn = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");

/** Takes one entry after the other. */
function openWalk(links: ChainLinks) {
	const breaks: Break[] = [];
	let [entries, erased] = [0, 0];
	let last = 0n;
	// The link before the next entry: as it is written and, where that does not fit its entry, as it should be.
	let before: readonly (Uint8Array | null)[] | undefined = [null];
	return {
		step: (entry: Linked) => {
			const { number, deed, link } = entry;
			entries += 1;
			if (deed === "erased") erased += 1;
			if (number > last + 1n) {
				breaks.push({ kind: "missing", from: last + 1n, to: number - 1n });
				before = undefined;
			}
			const fits = number > 0n && (before === undefined || before.some((one) => linkFits(links, one, entry)));
			if (!fits) note(breaks, entry);
			before = fits ? [link] : [link, links.link(before?.[0] ?? null, entry)];
			if (number > 0n) last = number;
			else before = [null];
		},
		end: (): Linkage => ({ entries, last, erased, breaks }),
	};
}

const linkFits = (links: ChainLinks, before: Uint8Array | null, entry: Linked) =>
	entry.link !== null && links.link(before, entry).equals(entry.link);

/** Entries that are broken one after the other are one break: nobody reads a list of all that follow. */
function note(breaks: Break[], { number, part, row }: Linked): void {
	const latest = breaks.at(-1);
	if (latest?.kind === "broken" && latest.to === number - 1n) {
		breaks[breaks.length - 1] = { ...latest, to: number };
	} else breaks.push({ kind: "broken", from: number, to: number, part, row });
}
