import fc from "fast-check";
import { concat, from, NEVER, Subject } from "rxjs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { honeywellHidPos } from "../../drivers/scanners/honeywell-hid-pos.ts";
import { ibmOem } from "../../drivers/scanners/ibm-oem.ts";
import { microscanHid } from "../../drivers/scanners/microscan-hid.ts";
import { newlandHidPos } from "../../drivers/scanners/newland-hid-pos.ts";
import { zebraHidPos } from "../../drivers/scanners/zebra-hid-pos.ts";
import { garbageBytes } from "../../hardware-mocks/scanner/barcodes.ts";
import { hidDescriptors } from "../../hardware-mocks/scanner/hid-descriptors.ts";
import { type HidForm, hidReports, tells } from "../../hardware-mocks/scanner/hid-kinds.ts";
import { newlandReports } from "../../hardware-mocks/scanner/hid-reports.ts";
import { type Symbology, symbologies } from "../../src/model/scan.ts";
import { hidPosReads$ } from "../../src/scan/hid-pos.ts";
import { ibmOemReads$ } from "../../src/scan/ibm-oem.ts";
import { readsUnder, shown } from "./report-kit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const mostBytes = 4_000;

/** What a scanner of each form sends of a content, and what hears it. A Newland sends CR behind every code. */
const scanners = {
	honeywell: readsUnder(hidPosReads$, honeywellHidPos.framing),
	"honeywell by its descriptor": readsUnder(hidPosReads$, honeywellHidPos.framing, hidDescriptors.honeywell),
	newland: readsUnder(hidPosReads$, newlandHidPos.framing),
	extraByte: readsUnder(hidPosReads$, zebraHidPos.framing, hidDescriptors.extraByte),
	microscan: readsUnder(hidPosReads$, microscanHid.framing),
	ibm: readsUnder(ibmOemReads$, ibmOem.framing),
};
type Name = keyof typeof scanners;

const formOf = (name: Name): HidForm => (name === "honeywell by its descriptor" ? "honeywell" : name);

const reportsOf = (name: Name, symbology: Symbology, content: Uint8Array) =>
	name === "newland"
		? newlandReports(Buffer.concat([content, Buffer.of(0x0d)]))
		: hidReports(formOf(name), symbology, content);

const names = Object.keys(scanners) as Name[];
const contents = fc.oneof(
	fc.uint8Array({ minLength: 1, maxLength: 130 }),
	fc.uint8Array({ minLength: 1, maxLength: mostBytes, size: "max" }),
);

/** Kinds that a form can send and whose content may be any bytes. */
const kindsOf = (name: Name) =>
	symbologies.filter((kind) =>
		name === "ibm" ? tells("ibm", kind) && !kind.startsWith("ean") : kind !== "unknown",
	);

test.each(names)("%s: any content comes back as it is, with its kind where that is told", (name) => {
	const reads = scanners[name];
	const kinds = fc.constantFrom(...kindsOf(name));
	fc.assert(
		fc.property(fc.array(fc.tuple(contents, kinds), { minLength: 1, maxLength: 3 }), (codes) => {
			const reports = codes.flatMap(([content, kind]) => reportsOf(name, kind, content));
			const expected = codes.map(([content, kind]) => ({
				kind: "frame",
				bytes: content,
				...(tells(formOf(name), kind) ? { symbology: kind } : {}),
			}));
			const found = reads.all(reports, mostBytes);
			expect(found).toEqual(expected);
		}),
		{ numRuns: 60 },
	);
});

test.each(names)("%s: damaged reports never throw, and no read is longer than what was sent", (name) => {
	const reads = scanners[name];
	const change = fc.record({ report: fc.nat(9), at: fc.nat(63), to: fc.nat(255), cut: fc.boolean() });
	fc.assert(
		fc.property(contents, fc.array(change, { maxLength: 6 }), (content, changes) => {
			const reports = reportsOf(name, "qr", content).map((report) => Uint8Array.from(report));
			for (const { report, at, to, cut } of changes) {
				const hit = reports[report % reports.length] ?? new Uint8Array();
				reports[report % reports.length] = cut
					? hit.subarray(0, at)
					: hit.with(Math.min(at, hit.length - 1), to);
			}
			const sent = reports.reduce((sum, { length }) => sum + length, 0);
			const lengths = reads.all(reports, 200).map((cut) => ("bytes" in cut ? cut.bytes.length : 0));
			return lengths.every((length) => length <= Math.min(200, sent));
		}),
		{ numRuns: 200 },
	);
});

/** Noise of which every second report looks like one of a scanner: its id, a count that may fit, a `]`. */
function likelyNoise(name: Name, length: number): Uint8Array[] {
	const noise = garbageBytes(2_026, length);
	const head = reportsOf(name, "qr", Buffer.from("x"))[0] ?? new Uint8Array();
	return Array.from({ length: length / 64 }, (_, index) => {
		const report = noise.subarray(index * 64, (index + 1) * 64);
		if (index % 2 === 0) return report;
		const likely = name === "ibm" ? [(report[0] ?? 0) % 65] : [head[0] ?? 0, (report[1] ?? 0) % 60];
		report.set(likely);
		if (index % 4 === 1 && name !== "ibm") report.set(head.subarray(2, 6), 2);
		return report;
	});
}

test.each(names)("%s: 100 MB of noise are heard in bounded memory, and codes after it are read", (name) => {
	vi.useRealTimers();
	const reports$ = new Subject<Uint8Array>();
	let last = "";
	const hearing = scanners[name].over(reports$, mostBytes).subscribe((cut) => {
		last = shown(cut);
	});
	const noise = likelyNoise(name, 1_024_000);
	const before = process.memoryUsage().rss;
	for (let round = 0; round < 100; round += 1) for (const report of noise) reports$.next(report);
	expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
	// The first of them may be taken for the end of a code that the noise began.
	const code = reportsOf(name, "code128", Buffer.from("next"));
	for (const report of [...code, ...code]) reports$.next(report);
	expect(last).toMatch(/^(code128|-) next$/);
	hearing.unsubscribe();
});

test("a code that never ends keeps no more than the limit", () => {
	vi.useRealTimers();
	const reports$ = new Subject<Uint8Array>();
	const cuts: string[] = [];
	const hearing = scanners.honeywell.over(reports$, mostBytes).subscribe((cut) => cuts.push(cut.kind));
	const [goesOn = new Uint8Array()] = hidReports("honeywell", "qr", "x".repeat(57));
	const [empty = new Uint8Array()] = [goesOn.with(1, 0)];
	const before = process.memoryUsage().rss;
	for (let sent = 0; sent < 500_000; sent += 1) reports$.next(sent % 2 === 0 ? goesOn : empty);
	expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
	expect(cuts).toEqual(["discarded"]);
	hearing.unsubscribe();
});

test("the end of one subscription leaves nothing for the next", () => {
	const { over } = scanners.honeywell;
	const [first = new Uint8Array(), second = new Uint8Array()] = hidReports("honeywell", "qr", "x".repeat(60));
	over(concat(from([first]), NEVER))
		.subscribe()
		.unsubscribe();
	const cuts: number[] = [];
	over(from([second])).subscribe((cut) => cuts.push("bytes" in cut ? cut.bytes.length : -1));
	expect(cuts).toEqual([4]);
	expect(vi.getTimerCount()).toBe(0);
});
