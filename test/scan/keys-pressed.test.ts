import fc from "fast-check";
import { expect, test } from "vitest";
import { keyReport } from "../../hardware-mocks/scanner/keys.ts";
import { KeyReports } from "../../src/scan/keys-pressed.ts";

const [a, b, c] = [0x04, 0x05, 0x06];

/** Which keys each of the reports pressed, given the keys that are down in each. */
function pressed(...down: number[][]) {
	const reports = new KeyReports();
	return down.map((usages) => reports.take(keyReport(0, usages))?.pressed);
}

test("a key is pressed when it goes down, not while it stays down", () => {
	expect(pressed([a], [a], [a], [], [a])).toEqual([[a], [], [], [], [a]]);
});

test("keys that go down in one report are pressed in their order, each once", () => {
	expect(pressed([b, a, b, c])).toEqual([[b, a, c]]);
});

test("a key that goes down before the one before is let go is pressed", () => {
	expect(pressed([a], [a, b], [b], [b, c], [c, a])).toEqual([[a], [b], [], [c], [a]]);
});

test("a report of too many keys presses nothing and lets go of nothing", () => {
	const rollover = [1, 1, 1, 1, 1, 1];
	expect(pressed([a], rollover, [a], [])).toEqual([[a], [], [], []]);
	expect(pressed([a], rollover, [a, b])).toEqual([[a], [], [b]]);
	expect(pressed([2, 2, 2, 2, 2, 2], [3, 3, 3, 3, 3, 3], [a])).toEqual([[], [], [a]]);
});

test("modifiers come from the first byte and from the keys", () => {
	const reports = new KeyReports();
	expect(reports.take(keyReport(0x02, [a]))).toEqual({ modifiers: 0x02, pressed: [a] });
	expect(reports.take(keyReport(0x04, [0xe0, b, 0xe7]))).toEqual({ modifiers: 0x85, pressed: [b] });
	expect(reports.take(keyReport(0x00, [0xe8, 0xff]))).toEqual({ modifiers: 0, pressed: [] });
	expect(reports.take(keyReport(0x22, [1, 1, 1, 1, 1, 1]))).toEqual({ modifiers: 0x22, pressed: [] });
});

test("a report id 1 may stand in front", () => {
	expect(new KeyReports().take(keyReport(0x02, [a], 1))).toEqual({ modifiers: 0x02, pressed: [a] });
});

test("anything else is no keyboard report", () => {
	const reports = new KeyReports();
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
			const is = bytes.length === 8 || (bytes.length === 9 && bytes[0] === 1);
			expect(reports.take(bytes) !== undefined).toBe(is);
		}),
	);
	expect(reports.take(Uint8Array.of(2, 0, 0, a, 0, 0, 0, 0, 0))).toBeUndefined();
});

test("after any reports a key that was up and goes down is pressed, and no key twice", () => {
	const report = fc.uint8Array({ minLength: 8, maxLength: 8 });
	fc.assert(
		fc.property(fc.array(report), (before) => {
			const reports = new KeyReports();
			for (const one of before) {
				const { pressed } = reports.take(one) ?? { pressed: [] };
				expect(new Set(pressed).size).toBe(pressed.length);
			}
			reports.take(keyReport(0, []));
			expect(reports.take(keyReport(0, [a]))?.pressed).toEqual([a]);
		}),
	);
});
