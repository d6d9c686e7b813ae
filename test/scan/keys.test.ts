import fc from "fast-check";
import { concat, from, NEVER, Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { garbageBytes } from "../../hardware-mocks/scanner/barcodes.ts";
import { keyReport, typedReports, type WedgeSettings } from "../../hardware-mocks/scanner/keys.ts";
import type { Cut } from "../../src/model/read.ts";
import { keyReads$ } from "../../src/scan/keys.ts";

const us = { by: "keys", keyboard: "us", ends: [0x0d, 0x09], gapMs: 100 } as const;
const ru = { ...us, keyboard: "ru" } as const;
const byGap = { ...us, ends: [] };

const shown = (cut: Cut): string => {
	if (cut.kind === "frame") return Buffer.from(cut.bytes).toString();
	return cut.kind === "discarded" ? `${cut.why}: ${cut.length}` : cut.kind;
};

/** What comes of the reports, and of the end of the port when it has one. */
function cuts(framing: Parameters<typeof keyReads$>[0], reports: readonly Uint8Array[], ended = false) {
	const all: string[] = [];
	const bytes$ = ended ? from(reports) : concat(from(reports), NEVER);
	const reading = keyReads$(framing, { bytes$ }, 100).subscribe((cut) => all.push(shown(cut)));
	reading.unsubscribe();
	return all;
}

const ascii = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).join("");
const marking = "0104607112345678215Abc;:!\x1d91EE06\x1d92dGVzdA==";
const iso15434 = "[)>\x1e06\x1dP123\x1e\x04";

const settings: readonly (WedgeSettings & { readonly keyboard: "us" | "ru" })[] = (
	["us", "ru"] as const
).flatMap((keyboard) => [
	{ keyboard },
	{ keyboard, controls: "alt" as const },
	{ keyboard, alt: "ansi" as const },
	{ keyboard, alt: "oem" as const },
	{ keyboard, reportId: 1 as const },
	{ keyboard, atOnce: 6 },
]);

test.each(settings)("plain text, marking codes and Russian come out of a scanner set to %j", (setting) => {
	const framing = setting.keyboard === "us" ? us : ru;
	for (const text of [ascii, marking, iso15434, "Молоко №1", "http://a.b/?q=1"])
		expect(cuts(framing, typedReports(text, setting))).toEqual([text]);
});

test("a scanner that drops GS types a code without it", () => {
	expect(cuts(us, typedReports("01\x1d21", { controls: "drop" }))).toEqual(["0121"]);
});

test("Enter, Enter of the keypad, Tab, Ctrl+M and ALT 013 end a read and are no part of it", () => {
	const up = keyReport(0, []);
	const ends = [
		[keyReport(0, [0x28]), up],
		[keyReport(0, [0x58]), up],
		[keyReport(0, [0x2b]), up],
		[keyReport(0x01, [0x10]), up],
		typedReports("", { alt: "ansi" }),
	];
	for (const end of ends) {
		const one = typedReports("one", {}, "");
		expect(cuts(us, [...one, ...end, ...one, ...end, ...end])).toEqual(["one", "one"]);
	}
});

test("a key that is held is typed once", () => {
	const down = keyReport(0, [0x04]);
	expect(cuts(us, [down, down, down, keyReport(0, []), down, ...typedReports("")])).toEqual(["aa"]);
});

test("half a read is discarded when the port is gone", () => {
	expect(cuts(us, typedReports("half", {}, ""), true)).toEqual(["unfinished: 4"]);
	expect(cuts(us, typedReports("whole"), true)).toEqual(["whole"]);
});

test("a report that is none is told and changes nothing", () => {
	const [first, ...rest] = typedReports("ab");
	const noise = [new Uint8Array(), Uint8Array.of(2, 0x04, 0), new Uint8Array(64).fill(0x04)];
	const none = ["not-a-read: 0", "not-a-read: 3", "not-a-read: 64"];
	expect(cuts(us, [first ?? noise[0] ?? keyReport(0, []), ...noise, ...rest])).toEqual([...none, "ab"]);
});

test("a read of just the longest length is whole, a longer one is discarded, and the next is whole", () => {
	const reports = ["a".repeat(100), "b".repeat(150), "next"].flatMap((text) => typedReports(text));
	expect(cuts(us, reports)).toEqual(["a".repeat(100), "too-long: 102", "too-long: 48", "next"]);
});

test("nothing of one subscription is left for the next", () => {
	const port = new Subject<Uint8Array>();
	const all: string[] = [];
	const read$ = keyReads$(us, { bytes$: port }, 100);
	const first = read$.subscribe((cut) => all.push(shown(cut)));
	port.next(keyReport(0x04, [0x04]));
	for (const report of typedReports("half", {}, "")) port.next(report);
	first.unsubscribe();
	read$.subscribe((cut) => all.push(shown(cut))).add(() => port.complete());
	for (const report of typedReports("whole")) port.next(report);
	expect(all).toEqual(["whole"]);
});

describe("gaps", () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());

	/** Plays a port: texts are typed without an end, numbers are ms that pass. */
	function play(
		framing: Parameters<typeof keyReads$>[0],
		...steps: (string | number | Uint8Array)[]
	): string[] {
		const port = new Subject<Uint8Array>();
		const all: string[] = [];
		const reading = keyReads$(framing, { bytes$: port }, 100).subscribe((cut) => all.push(shown(cut)));
		for (const step of steps) {
			if (typeof step === "number") vi.advanceTimersByTime(step);
			else
				for (const report of typeof step === "string" ? typedReports(step, {}, "") : [step])
					port.next(report);
		}
		reading.unsubscribe();
		expect(vi.getTimerCount()).toBe(0);
		return all;
	}

	test("a read without an end mark ends when no key has come for the gap", () => {
		expect(play(us, "one", 99, "more", 99)).toEqual([]);
		expect(play(us, "one", 99, "more", 100, "two", 100)).toEqual(["onemore", "two"]);
		expect(play(us, "one\r", 100, 1_000, "two\t")).toEqual(["one", "two"]);
	});

	test("without marks only the gap ends a read, and Enter is content", () => {
		expect(play(byGap, "one\rtwo", 100, "three", 99)).toEqual(["one\rtwo"]);
	});

	test("reports without a new key do not put the end off", () => {
		expect(play(us, "one", 60, keyReport(0, []), keyReport(0x02, []), 40)).toEqual(["one"]);
		expect(play(us, "one", keyReport(0, [0x04]), 60, keyReport(0, [0x04]), 40)).toEqual(["onea"]);
	});

	test("digits of an ALT code put it off", () => {
		const alt = (...usages: number[]) => keyReport(0x04, usages);
		expect(play(us, "1", 90, alt(0x5a), alt(), 90, alt(0x61), alt(), 90, keyReport(0, []), "2\r")).toEqual([
			"1\x1d2",
		]);
	});

	test("a read that is too long ends with the gap", () => {
		expect(play(us, "b".repeat(150), 100, "next", 100)).toEqual(["too-long: 102", "too-long: 48", "next"]);
	});
});

test("a stall of the process is not taken for a gap", () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const machine = vi.spyOn(performance, "now").mockReturnValue(0);
	try {
		const port = new Subject<Uint8Array>();
		const all: string[] = [];
		keyReads$(us, { bytes$: port }, 100).subscribe((cut) => all.push(shown(cut)));
		for (const report of typedReports("one ", {}, "")) port.next(report);
		machine.mockReturnValue(500);
		vi.advanceTimersByTime(100);
		for (const report of typedReports("read")) port.next(report);
		expect(all).toEqual(["one read"]);
	} finally {
		machine.mockRestore();
		vi.useRealTimers();
	}
});

/** What scanners send: printable ASCII, GS and RS, now and then a Russian letter or №. */
const text = fc.string({
	unit: fc.constantFrom(...ascii, ...ascii, "\x1d", "\x1e", "№", "Ж"),
	maxLength: 30,
});
const setting = fc.record({
	keyboard: fc.constantFrom("us", "ru"),
	controls: fc.constantFrom("ctrl", "alt"),
	alt: fc.constantFrom(undefined, undefined, "ansi", "oem"),
	reportId: fc.constantFrom(undefined, 1),
	atOnce: fc.integer({ min: 1, max: 6 }),
} as const);

test("any texts come out as they were, however keys are grouped, held and put between noise", () => {
	const extra = fc.array(fc.constantFrom("again", "rollover", "noise" as const), { maxLength: 40 });
	fc.assert(
		fc.property(fc.array(text, { maxLength: 4 }), setting, extra, (texts, setting, extras) => {
			const { reportId, ...rest } = setting;
			const typed = texts.flatMap((text) =>
				typedReports(text, { ...rest, ...(reportId && { reportId }) } as WedgeSettings, "\t"),
			);
			const reports = typed.flatMap((report, index) => {
				const full = Uint8Array.from(report).fill(1, report.length - 6);
				const between = { again: [report, report], rollover: [full], noise: [Uint8Array.of(2, 4, 0)] };
				return [report, ...between[extras[index] ?? "again"]];
			});
			const all = cuts(setting.keyboard === "us" ? us : ru, reports);
			expect(all.filter((cut) => cut !== "not-a-read: 3")).toEqual(texts.filter((text) => text !== ""));
		}),
		{ numRuns: 500 },
	);
});

test("keys that overlap are typed in the order in which they go down", () => {
	const letters = fc.uniqueArray(fc.integer({ min: 0x04, max: 0x1d }), { minLength: 1, maxLength: 26 });
	fc.assert(
		fc.property(letters, fc.integer({ min: 1, max: 5 }), (usages, overlap) => {
			const rolling = usages.map((_, index) =>
				keyReport(0, usages.slice(Math.max(0, index - overlap), index + 1).toReversed()),
			);
			const typed = usages.map((usage) => String.fromCharCode(0x61 + usage - 0x04)).join("");
			expect(cuts(us, [...rolling, keyReport(0, []), ...typedReports("")])).toEqual([typed]);
		}),
	);
});

test("whatever reports come, reads keep their limits and the next scan is whole", () => {
	const report = fc.oneof(
		fc.uint8Array({ minLength: 8, maxLength: 8 }),
		fc.uint8Array({ maxLength: 70 }),
		text.map((text) => typedReports(text)[0] ?? keyReport(0, [])),
	);
	fc.assert(
		fc.property(fc.array(report, { maxLength: 200 }), fc.constantFrom(us, ru), (noise, framing) => {
			const end = [keyReport(0, []), ...typedReports("")];
			const all = cuts(framing, [...noise, ...end, ...typedReports("next")]);
			expect(all.at(-1)).toBe("next");
			for (const cut of all) {
				expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(100);
				expect(cut).not.toMatch(/[\r\t]/);
			}
		}),
	);
});

test("100 MB of random reports are judged in bounded memory", { timeout: 240_000 }, () => {
	const random = garbageBytes(4, 800_000);
	const noise = Array.from({ length: 100_000 }, (_, index) => random.subarray(8 * index, 8 * index + 8));
	const port = new Subject<Uint8Array>();
	let last = "";
	const reading = keyReads$(us, { bytes$: port }, 4_096).subscribe((cut) => {
		last = shown(cut);
	});
	const before = process.memoryUsage().rss;
	for (let round = 0; round < 125; round += 1) for (const report of noise) port.next(report);
	expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
	for (const report of [keyReport(0, []), ...typedReports(""), ...typedReports("next")]) port.next(report);
	expect(last).toBe("next");
	reading.unsubscribe();
});
