import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { honeywellHidPos } from "../../drivers/scanners/honeywell-hid-pos.ts";
import { microscanHid } from "../../drivers/scanners/microscan-hid.ts";
import { newlandHidPos } from "../../drivers/scanners/newland-hid-pos.ts";
import { zebraHidPos } from "../../drivers/scanners/zebra-hid-pos.ts";
import { hidDescriptors } from "../../hardware-mocks/scanner/hid-descriptors.ts";
import {
	honeywellMenuReply,
	honeywellReports,
	microscanReports,
	newlandReports,
} from "../../hardware-mocks/scanner/hid-reports.ts";
import { hidPosReads$ } from "../../src/scan/hid-pos.ts";
import { dump, readsUnder } from "./report-kit.ts";

const honeywell = readsUnder(hidPosReads$, honeywellHidPos.framing);
const newland = readsUnder(hidPosReads$, newlandHidPos.framing);
const microscan = readsUnder(hidPosReads$, microscanHid.framing);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

const longUrl = "https://ex.test/r?id=0001234567890&sum=1499.00&t=20260101T1200";
const first = dump(`
	02 38 5D 51 31 68 74 74 70 73 3A 2F 2F 65 78 2E
	74 65 73 74 2F 72 3F 69 64 3D 30 30 30 31 32 33
	34 35 36 37 38 39 30 26 73 75 6D 3D 31 34 39 39
	2E 30 30 26 74 3D 32 30 32 36 30 31 30 73 00 01`);
const second = dump("02 06 5D 51 31 31 54 31 32 30 30 … 73 00 00");

describe("a Honeywell", () => {
	test("sends a QR code of 62 bytes in two reports", () => {
		const scanner = honeywell.open();
		expect(scanner.send(first)).toEqual([]);
		expect(scanner.send(second)).toEqual([`qr ${longUrl}`]);
	});

	test("sends bytes 00 inside a code and at its end", () => {
		expect(honeywell.texts(...honeywellReports("a\0b\0\0", "]d1", "w"))).toEqual(["datamatrix a\0b\0\0"]);
	});

	test("sends nothing with a report that has no data", () => {
		expect(honeywell.texts(dump("02 00 5D 51 31 … 73 00 00"))).toEqual([]);
	});

	test("ends a code of 56 bytes with a report without data as well as with its flag", () => {
		const code = "x".repeat(56);
		const [whole = new Uint8Array()] = honeywellReports(code, "]C0", "j");
		const goesOn = whole.with(63, 1);
		expect(honeywell.texts(whole)).toEqual([`code128 ${code}`]);
		expect(honeywell.texts(goesOn, dump("02 00 5D 43 30 … 6A 00 00"))).toEqual([`code128 ${code}`]);
	});

	test("answers menu commands, and that is neither a scan nor discarded", () => {
		const reply = dump("02 08 5D 5A 36 52 45 56 49 4E 46 06 2E … 36 00 00");
		expect(honeywellMenuReply("REVINF.", "").at(-1)).toEqual(reply);
		const text = "Software: ".repeat(10);
		expect(honeywell.texts(...honeywellMenuReply("REVINF.", text))).toEqual([]);
	});

	test("answers between the reports of a code, which stays whole", () => {
		const [reply = new Uint8Array()] = honeywellMenuReply("REVINF.", "");
		expect(honeywell.texts(first, reply, second)).toEqual([`qr ${longUrl}`]);
	});

	test("sends codes without a letter of their own, too, under ]X0", () => {
		expect(honeywell.texts(...honeywellReports("ABC", "]X0", "."))).toEqual(["other ABC"]);
	});

	test("is understood where the system hides the descriptor, and by the descriptor", () => {
		const shifted = { ...honeywellHidPos.framing.fallback, aim: 12, data: 15, mostData: 46 };
		const wrong = { ...honeywellHidPos.framing, fallback: shifted };
		const byDescriptor = readsUnder(hidPosReads$, wrong, hidDescriptors.honeywell);
		expect(byDescriptor.texts(first, second)).toEqual([`qr ${longUrl}`]);
		expect(byDescriptor.texts(...honeywellMenuReply("REVINF.", "5.0"))).toEqual([]);
		const byFallback = readsUnder(hidPosReads$, honeywellHidPos.framing, Uint8Array.of(0x05));
		expect(byFallback.texts(first, second)).toEqual([`qr ${longUrl}`]);
	});
});

describe("no read is", () => {
	test.each([
		["a report of another id", dump("03 02 5D 51 31 41 42 …")],
		["a report without an AIM identifier in its place", dump("02 02 00 00 00 41 42 …")],
		["a count beyond the room for data", dump("02 39 5D 51 31 41 42 …")],
		["a count beyond the report", dump("02 05 5D 51 31 41 42")],
		["a report without its count", dump("02")],
		["a report of no bytes", new Uint8Array()],
	])("%s", (_, report) => {
		expect(honeywell.texts(report)).toEqual([`not-a-read: ${report.length}`]);
		expect(honeywell.texts(first, second, report, first, second)).toHaveLength(3);
	});
});

test("a report may be shorter than its descriptor says", () => {
	const short = honeywellReports("4006381333931", "]E0", "d").map((report) => report.subarray(0, 61));
	expect(honeywell.texts(...short, ...short)).toEqual(["ean13 4006381333931", "ean13 4006381333931"]);
});

describe("half a code", () => {
	test("is dropped after 500 ms of silence, and the next one is whole", async () => {
		const scanner = honeywell.open();
		scanner.send(first);
		await vi.advanceTimersByTimeAsync(499);
		expect(scanner.cuts).toEqual([]);
		await vi.advanceTimersByTimeAsync(1);
		expect(scanner.send(first, second)).toEqual(["unfinished: 56", `qr ${longUrl}`]);
	});

	test("does not live on other reports", async () => {
		const scanner = honeywell.open();
		scanner.send(first);
		await vi.advanceTimersByTimeAsync(400);
		scanner.send(dump("09 00"));
		await vi.advanceTimersByTimeAsync(100);
		expect(scanner.cuts).toEqual(["not-a-read: 2", "unfinished: 56"]);
	});

	test("waits longer when this process stood still meanwhile", () => {
		const scanner = honeywell.open();
		scanner.send(first);
		const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 10_000);
		vi.advanceTimersByTime(500);
		now.mockRestore();
		expect(scanner.send(second)).toEqual([`qr ${longUrl}`]);
	});

	test("is dropped when a code of another kind comes", () => {
		const ean = honeywellReports("4006381333931", "]E0", "d");
		expect(honeywell.texts(first, ...ean)).toEqual(["unfinished: 56", "ean13 4006381333931"]);
	});

	test("is dropped when the scanner is gone", () => {
		expect(honeywell.texts(first)).toEqual(["unfinished: 56"]);
	});

	test("leaves no timer behind when nobody listens any more", () => {
		const scanner = honeywell.open();
		scanner.send(first);
		scanner.leave();
		expect(scanner.cuts).toEqual([]);
	});

	test("that lacks a damaged report makes no read with what follows", () => {
		const [one, two, three] = honeywellReports("x".repeat(120), "]Q1", "s") as [
			Uint8Array,
			Uint8Array,
			Uint8Array,
		];
		const broken = two.with(1, 0xff);
		expect(honeywell.texts(one, broken, three, first, second)).toEqual([
			"not-a-read: 64",
			"unfinished: 64",
			`qr ${longUrl}`,
		]);
		expect(honeywell.texts(one, three.with(1, 0xff), first, second)).toEqual([
			"not-a-read: 64",
			"unfinished: 56",
			`qr ${longUrl}`,
		]);
		expect(honeywell.texts(one.with(1, 0xff), two, three)).toEqual(["not-a-read: 64", "unfinished: 64"]);
	});
});

describe("a code longer than the limit", () => {
	test("is discarded, told while it lasts and at its end", () => {
		const reports = honeywellReports("x".repeat(200), "]Q1", "s");
		expect(honeywell.open(100).send(...reports)).toEqual(["too-long: 112", "too-long: 88"]);
	});

	test("is no longer one when it fits exactly", () => {
		expect(honeywell.open(62).send(first, second)).toEqual([`qr ${longUrl}`]);
		expect(honeywell.open(61).send(first, second)).toEqual(["too-long: 62"]);
	});
});

describe("a Newland", () => {
	test("sends an EAN-13 with a CR behind it, which is taken off", () => {
		const report = dump("02 0E 34 30 30 36 33 38 31 33 33 33 39 33 31 0D … 00 00");
		expect(newland.texts(report)).toEqual(["- 4006381333931"]);
	});

	test("is understood by its descriptor, with the suffix of its driver", () => {
		const byDescriptor = readsUnder(hidPosReads$, newlandHidPos.framing, hidDescriptors.newland);
		const code = "y".repeat(70);
		expect(byDescriptor.texts(...newlandReports(`${code}\r`, 0x71))).toEqual([`- ${code}`]);
	});

	test("may hold as many bytes as the limit says, and its suffix besides", () => {
		expect(newland.open(13).send(...newlandReports("4006381333931\r"))).toEqual(["- 4006381333931"]);
	});
});

test("a scanner with an extra byte in front of the AIM identifier is understood", () => {
	const report = dump("02 03 07 5D 43 31 61 62 63 … 00");
	expect(readsUnder(hidPosReads$, zebraHidPos.framing).texts(report)).toEqual(["gs1-128 abc"]);
	const byDescriptor = readsUnder(hidPosReads$, zebraHidPos.framing, hidDescriptors.extraByte);
	expect(byDescriptor.texts(report)).toEqual(["gs1-128 abc"]);
});

test("the flag is looked for in the bit that the layout says", () => {
	const layout = { ...honeywellHidPos.framing.fallback, moreBit: 5 };
	const reads = readsUnder(hidPosReads$, { ...honeywellHidPos.framing, layout });
	expect(reads.texts(first.with(63, 0x20), second.with(63, 0xdf))).toEqual([`qr ${longUrl}`]);
});

describe("a Microscan", () => {
	test("sends a code of more than a report, which ends with its postamble", () => {
		const code = "z".repeat(60);
		const scanner = microscan.open();
		expect(scanner.send(...microscanReports(code))).toEqual([`- ${code}`]);
		expect(scanner.send(...microscanReports(`${code}${code}1`))).toEqual([`- ${code}`, `- ${code}${code}1`]);
	});

	test("sends a code without a postamble, which ends with a report that is not full, or with silence", async () => {
		const scanner = microscan.open();
		expect(scanner.send(...microscanReports("4006381333931", ""))).toEqual(["- 4006381333931"]);
		const full = "f".repeat(62);
		scanner.send(...microscanReports(full, ""));
		await vi.advanceTimersByTimeAsync(100);
		expect(scanner.cuts).toEqual(["- 4006381333931", `- ${full}`]);
	});

	test("that is gone behind a full report has sent no read", () => {
		expect(microscan.texts(...microscanReports("f".repeat(62), ""))).toEqual(["unfinished: 62"]);
	});
});
