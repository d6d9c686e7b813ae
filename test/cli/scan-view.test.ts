import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { drawn, type Paint } from "../../src/cli/scan-view.ts";
import type { PasswordVerdict, Scan } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import { type BrandSettings, brandsSettings } from "../../src/model/settings/cards.ts";
import { shipped } from "../settings-file.ts";

const brands: readonly BrandSettings[] = brandsSettings.parse(parse(readFileSync(shipped, "utf8")).brands);
const plain: Paint = (_, text) => text;
const at = new Date(2026, 0, 2, 3, 4, 5, 6).getTime();
const facts = { brands, stepsOff: () => undefined as number | undefined, unchecked: () => undefined };
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const of = { id: "1", scanner: "front", symbology: "qr", at } as const;

const view = (scan: Scan, more: Partial<Parameters<typeof drawn>[1]> = {}) =>
	drawn({ at, news: { type: "scan", scan }, latencyMs: 7 }, { ...facts, ...more }, plain);

const payable = (verdict: PasswordVerdict): Scan => ({
	...of,
	kind: "payable",
	brand: "example",
	cardNumber: new Secret("8067305918246"),
	cardSession: new Secret("ZQ7XW9"),
	password: new Secret("518"),
	verdict,
});

test("a card that can pay shows when, where, what, the ends of its number, and nothing else of it", () => {
	const { mood, lines } = view(payable({ good: true, stepsOff: 0 }));
	expect(mood).toBe("good");
	expect(lines).toEqual([
		"03:04:05.006  front  qr, card of example 80*******8246, session of 6, password good  (7 ms)",
		"              37 37 38 30 ** ** ** ** ** ** ** 38 32 34 36 **",
		"              ** ** ** ** ** ** ** **",
	]);
});

describe("a password", () => {
	const words = (verdict: PasswordVerdict, more?: Parameters<typeof view>[1]) => {
		const { mood, lines } = view(payable(verdict), more);
		return `${mood}: ${lines[0]?.replace(/^.*session of 6, /, "").replace("  (7 ms)", "")}`;
	};
	const wrong: PasswordVerdict = { good: false, fault: "password-wrong" };

	test.each<[PasswordVerdict, string]>([
		[{ good: true, stepsOff: -1 }, "good: password good, 1 step old"],
		[{ good: true, stepsOff: 2 }, "good: password good, 2 steps early"],
		[wrong, "bad: password wrong"],
		[{ good: false, fault: "password-replayed" }, "bad: password good, but shown before"],
		[{ good: false, fault: "password-unchecked" }, "bad: password not checked: the verifier did not answer"],
	])("%j is told in words", (verdict, told) => {
		expect(words(verdict)).toBe(told);
	});

	test("that would be good at another time tells how far off, and one that cannot be checked why", () => {
		expect(words(wrong, { stepsOff: () => -14 })).toBe(
			"bad: password wrong, it may be 14 steps old: compare the clocks",
		);
		expect(words({ good: false, fault: "password-unchecked" }, { unchecked: () => "no key" })).toBe(
			"bad: no key",
		);
	});
});

test("an old card has no password to tell of", () => {
	const { lines } = view({
		...of,
		kind: "loyalty",
		brand: "example",
		cardNumber: new Secret("8067305918246"),
	});
	expect(lines[0]).toContain("card of example 80*******8246, without a password");
	expect(lines[1]).toBe("              37 37 38 30 ** ** ** ** ** ** ** 38 32 34 36");
});

test("a product shows all its bytes, and no control character reaches the terminal", () => {
	const { mood, lines } = view({ ...of, kind: "foreign", bytes: bytes("01046\x1d21\x1b[2J") });
	expect(mood).toBe("good");
	expect(lines).toEqual([
		'03:04:05.006  front  qr, 12 bytes "01046·21·[2J"  (7 ms)',
		"              30 31 30 34 36 1d 32 31 1b 5b 32 4a",
	]);
	const long = view({ ...of, kind: "foreign", bytes: new Uint8Array(300) }).lines;
	expect(long.at(-1)).toBe("              and 108 bytes more");
});

test.each([
	["in another kind of barcode", "778067305918246ZQ7XW9518"],
	["with its identifier still in front", "]C0778067305918246ZQ7XW9518"],
	["of a length that nobody has set", "778067305918246ZQ7"],
	["twice in one read", "778067305918246ZQ7XW9518\r\n778067305918246ZQ7XW9518"],
])("what looks like a card %s, is not shown", (_, text) => {
	const { mood, lines } = view({ ...of, kind: "foreign", bytes: bytes(text) });
	expect(mood).toBe("bad");
	expect(lines.join()).not.toMatch(/8067|ZQ7|38 30 36/);
	expect(lines[0]).toContain("what may be a card of example");
});

test("a scanner that is moved, exchanged or new is told with what to do, and no control character of its own", () => {
	const told = (news: Parameters<typeof drawn>[0]["news"]) => drawn({ at, news, latencyMs: 0 }, facts, plain);
	expect(told({ type: "moved", scanner: "front", from: "1-2", to: "1-3.1" })).toEqual({
		mood: "quiet",
		lines: ["03:04:05.006  front  sits in another USB socket: 1-2 -> 1-3.1"],
	});
	expect(told({ type: "replaced", scanner: "front", from: "A1", to: "B2\x1b[2J" }).lines).toEqual([
		"03:04:05.006  front  is another device by its serial number: A1 -> B2·[2J",
	]);
	expect(told({ type: "found", driver: "zebra-ssi", path: "usb:05e0:1701/serial=\x07" }).lines).toEqual([
		"03:04:05.006  new  plugged in, and no scanner of the settings: add it with driver: zebra-ssi, path: usb:05e0:1701/serial=·",
	]);
});

test("a scanner that goes, comes and sends rubbish is told as such", () => {
	const gone = { reason: "unplugged", detail: "/dev/ttyACM0 was unplugged" } as const;
	const told = (news: Parameters<typeof drawn>[0]["news"]) => drawn({ at, news, latencyMs: 0 }, facts, plain);
	expect(told({ type: "away", scanner: "front", gone, retryInMs: 250 })).toEqual({
		mood: "bad",
		lines: ["03:04:05.006  front  is away: /dev/ttyACM0 was unplugged"],
	});
	expect(told({ type: "back", scanner: "front" }).mood).toBe("quiet");
	const rubbish = told({ type: "discarded", scanner: "front", length: 9, why: "too-long" });
	expect(rubbish.lines[0]).toContain("9 bytes are no read: no end came");
});
