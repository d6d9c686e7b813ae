import { Subject } from "rxjs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { zebraSerial } from "../../../drivers/scanners/zebra-serial.ts";
import type { Cut } from "../../../src/model/read.ts";
import { cutFrames } from "../../../src/scan/framing.ts";
import { isFrozen, readsOf } from "./serial-kit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a read ends with a pause, with and without a suffix, and line ends inside are content", () => {
	const bytes$ = new Subject<Uint8Array>();
	const reads: string[] = [];
	bytes$.pipe(cutFrames(zebraSerial.framing, 100)).subscribe((cut: Cut) => {
		reads.push(cut.kind === "frame" ? Buffer.from(cut.bytes).toString("latin1") : cut.kind);
	});
	for (const sent of ["]C01", "]C02\r", "]C03\r\n", "]Q1a\r\nb"]) {
		bytes$.next(Buffer.from(sent));
		vi.advanceTimersByTime(60);
	}
	expect(reads).toEqual(["]C01", "]C02", "]C03", "]Q1a\r\nb"]);
});

test("the last read before the cable is pulled is one if it has its suffix", () => {
	expect(readsOf(zebraSerial, "]C0123\r\n")).toEqual(["code128: 123"]);
	expect(readsOf(zebraSerial, "P01123\r", false)).toEqual(["qr: 123"]);
	expect(readsOf(zebraSerial, "]C0123")).toEqual(["unfinished"]);
});

test("the facts cannot be changed by whoever uses them", () => {
	expect(isFrozen(zebraSerial)).toBe(true);
});
