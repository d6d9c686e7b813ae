import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ibmOem } from "../../drivers/scanners/ibm-oem.ts";
import { ibmReports } from "../../hardware-mocks/scanner/hid-reports.ts";
import { ibmOemReads$ } from "../../src/scan/ibm-oem.ts";
import { dump, readsUnder } from "./report-kit.ts";

const ibm = readsUnder(ibmOemReads$, ibmOem.framing);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

const upcA = dump("11 10 03 00 30 33 36 30 30 30 32 39 31 34 35 32 0D …");

describe("a label is told by its trailer", () => {
	test.each([
		["UPC-A, as a DS2208 sent it", upcA, "other 036000291452"],
		["EAN-13", dump("12 10 03 00 34 30 30 36 33 38 31 33 33 33 39 33 31 16 …"), "ean13 4006381333931"],
		[
			"EAN-13 in numbers instead of digits",
			dump("12 10 03 00 04 00 00 06 03 08 01 03 03 03 09 03 01 16 …"),
			"ean13 4006381333931",
		],
		["EAN-8", dump("0D 10 03 00 39 36 33 38 35 30 37 34 0C …"), "ean8 96385074"],
		["Code 128", dump("0A 10 03 00 41 42 43 00 18 0B …"), "code128 ABC"],
		["QR, with bytes 00 in it", dump("0B 10 03 00 41 00 00 0A 00 33 0B …"), "qr A\0\0\n"],
	])("%s", (_, report, cut) => {
		expect(ibm.texts(report)).toEqual([cut]);
	});

	test("and the longest trailer counts", () => {
		const framing = { ...ibmOem.framing, trailers: { "0b": "ean8", "00180b": "code128" } } as const;
		expect(readsUnder(ibmOemReads$, framing).texts(...ibmReports("12", "00180b"))).toEqual(["code128 12"]);
	});
});

test("a host that puts 00 in front of each report is understood", () => {
	expect(ibm.texts(Uint8Array.of(0, ...upcA))).toEqual(["other 036000291452"]);
});

test("status without a label is neither a scan nor discarded", () => {
	expect(ibm.texts(dump("04 10 03 00 …"), upcA)).toEqual(["other 036000291452"]);
});

describe("no read is", () => {
	test.each([
		["a label of a type that is not known", dump("0A 10 03 00 41 42 43 00 99 0B …")],
		["a label without a trailer", dump("07 10 03 00 41 42 43 …")],
		["a UPC or EAN label that has more than digits", dump("07 10 03 00 31 41 16 …")],
		["a UPC or EAN label without digits", dump("05 10 03 00 16 …")],
		["a count beyond the report", dump("41 10 03 00 …")],
		["a count that leaves no room for the status", dump("03 10 03 …")],
		["a report of zeros", dump("…")],
		["a report of one byte", dump("04")],
		["a report of no bytes", new Uint8Array()],
	])("%s", (_, report) => {
		expect(ibm.texts(report)).toEqual([`not-a-read: ${report.length}`]);
		expect(ibm.texts(report, upcA)).toEqual([`not-a-read: ${report.length}`, "other 036000291452"]);
	});
});

describe("a label of more than one report", () => {
	const code = "0123456789".repeat(13);
	const [one, two, three] = ibmReports(code, "00330b") as [Uint8Array, Uint8Array, Uint8Array];

	test("is joined, whatever type the pieces before the last have", () => {
		expect(one.subarray(0, 4)).toEqual(dump("40 10 03 00"));
		expect(one.subarray(-3)).toEqual(dump("10 33 0B"));
		expect(ibm.texts(one, two, three)).toEqual([`qr ${code}`]);
		expect(ibm.texts(one.with(62, 0xff), two.with(62, 0xff), three)).toEqual([`qr ${code}`]);
	});

	test("is whole even when the last report holds nothing but the trailer", () => {
		expect(ibm.texts(one, dump("07 10 03 00 00 33 0B …"))).toEqual([`qr ${code.slice(0, 57)}`]);
	});

	test("is dropped when its rest does not come for half a second, or something else comes", async () => {
		const scanner = ibm.open();
		scanner.send(one);
		await vi.advanceTimersByTimeAsync(500);
		expect(scanner.send(one, upcA)).toEqual(["unfinished: 57", "unfinished: 57", "other 036000291452"]);
	});

	test("is no read when a report of it is damaged", () => {
		expect(ibm.texts(one, two.with(0, 0xff), three, upcA)).toEqual([
			"not-a-read: 64",
			"unfinished: 73",
			"other 036000291452",
		]);
	});
});

test("a longer label than the limit is discarded", () => {
	expect(ibm.open(12).send(upcA)).toEqual(["other 036000291452"]);
	expect(ibm.open(11).send(upcA)).toEqual(["too-long: 12"]);
});
