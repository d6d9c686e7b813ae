import fc from "fast-check";
import { firstValueFrom, from, map, Subject, toArray } from "rxjs";
import { expect, test } from "vitest";
import type { FaultCode } from "../../src/model/fault.ts";
import type { Cut, Read } from "../../src/model/read.ts";
import { withoutBounces } from "../../src/scan/bounce.ts";

type Arrival = { readonly cut: Cut; readonly receivedAt: number; readonly keptOut: FaultCode | undefined };

const read = (text: string, receivedAt: number, keptOut?: FaultCode): Arrival => ({
	cut: { kind: "frame", bytes: Buffer.from(text) },
	receivedAt,
	keptOut,
});
const textOf = ({ cut }: Arrival) => (cut.kind === "frame" ? Buffer.from(cut.bytes).toString() : cut.kind);

/** What passes, as text and time. */
function passing(arrivals: readonly Arrival[], bounceMs = 1_000, contentOf?: (read: Read) => Uint8Array) {
	const told = map((arrival: Arrival) => `${textOf(arrival)} at ${arrival.receivedAt}`);
	return firstValueFrom(from(arrivals).pipe(withoutBounces(bounceMs, contentOf), told, toArray()));
}

test("the same code within the time is one scan, and a scan of its own when the time is over", async () => {
	expect(await passing([read("a", 0), read("a", 999), read("a", 1_999), read("a", 2_998)])).toEqual([
		"a at 0",
		"a at 1999",
	]);
});

test("a code that lies before the scanner is one scan however long it lies there", async () => {
	const held = Array.from({ length: 100 }, (_, count) => read("a", count * 500));
	expect(await passing(held)).toEqual(["a at 0"]);
});

test("another code in between ends it", async () => {
	expect(await passing([read("a", 0), read("b", 10), read("a", 20)])).toEqual([
		"a at 0",
		"b at 10",
		"a at 20",
	]);
});

test("a code that was kept out and is not any more passes, and the other way round", async () => {
	const busy = "scan-while-paying";
	const shown = [read("a", 0, busy), read("a", 10, busy), read("a", 20), read("a", 30), read("a", 40, busy)];
	expect(await passing(shown)).toEqual(["a at 0", "a at 20", "a at 40"]);
});

test("a clock that was set back makes no bounce", async () => {
	expect(await passing([read("a", 5_000), read("a", 4_999)])).toEqual(["a at 5000", "a at 4999"]);
});

test("what is no read passes, and stands between nothing", async () => {
	const discarded: Arrival = {
		cut: { kind: "discarded", length: 3, why: "checksum" },
		receivedAt: 10,
		keptOut: undefined,
	};
	expect(await passing([read("a", 0), discarded, discarded, read("a", 20)])).toEqual([
		"a at 0",
		"discarded at 10",
		"discarded at 10",
	]);
});

test("the wanted part of a read tells whether it is the same code", async () => {
	const shown = [read("]C0123", 0), read("]Q1123", 10), read("]Q1124", 20)];
	expect(await passing(shown, 1_000, ({ bytes }) => bytes.subarray(3))).toEqual([
		"]C0123 at 0",
		"]Q1124 at 20",
	]);
});

test("with a time of 0 everything passes, and so it does for two scanners that read the same", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.constantFrom("a", "b"), { maxLength: 20 }), async (texts) => {
			expect(
				await passing(
					texts.map((text) => read(text, 0)),
					0,
				),
			).toHaveLength(texts.length);
		}),
	);
	const once = withoutBounces<Arrival>(1_000);
	const [front, side] = [new Subject<Arrival>(), new Subject<Arrival>()];
	const passed: string[] = [];
	front.pipe(once).subscribe((arrival) => passed.push(`front ${textOf(arrival)}`));
	side.pipe(once).subscribe((arrival) => passed.push(`side ${textOf(arrival)}`));
	front.next(read("a", 0));
	side.next(read("a", 0));
	side.next(read("a", 1));
	expect(passed).toEqual(["front a", "side a"]);
});

test("a read passes unless the one before it is the same and younger than the time", async () => {
	const gap = fc.integer({ min: 0, max: 60 });
	const step = fc.record({ text: fc.constantFrom("a", "b"), gap });
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
			let at = 0;
			const shown = steps.map(({ text, gap }) => {
				at += gap;
				return read(text, at);
			});
			const expected = shown.filter((arrival, index) => {
				const before = shown[index - 1];
				if (before === undefined || textOf(before) !== textOf(arrival)) return true;
				return arrival.receivedAt - before.receivedAt >= 30;
			});
			expect(await passing(shown, 30)).toEqual(await passing(expected, 0));
		}),
	);
});
