import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { firstValueFrom, from, type Observable, of, Subject, skip, toArray } from "rxjs";
import { afterEach, expect, test, vi } from "vitest";
import { serialGeneric } from "../../drivers/scanners/serial-generic.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import { systemClock } from "../../src/clock.ts";
import type { Gone, Port } from "../../src/model/device.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { Verifier } from "../../src/model/scan.ts";
import { Secret } from "../../src/model/secret.ts";
import type { TotpSettings } from "../../src/model/settings/cards.ts";
import { keepOpen } from "../../src/ports/keep-open.ts";
import { openSerial } from "../../src/ports/serial.ts";
import { builtinVerifier } from "../../src/scan/builtin-verifier.ts";
import { type ScannerNews, scans$ } from "../../src/scan/scans.ts";
import { good, scanner, tools } from "./scans-kit.ts";
import { scannerPacket, framing as ssi } from "./ssi-kit.ts";

const unplugged: Gone = { reason: "unplugged", detail: "cable" };
const away = { state: "away", gone: unplugged, retryInMs: 100 } as const;

const portOf = (bytes$: Observable<Uint8Array>): Port => ({
	bytes$,
	gone: Promise.resolve(unplugged),
	write: async () => undefined,
	close: async () => undefined,
});

/** A presence whose port sends these texts and is gone. */
const sends = (...texts: string[]) => ({
	state: "open" as const,
	port: portOf(from(texts.map((text) => Buffer.from(text, "latin1")))),
});

const told = (presences: Parameters<typeof scans$>[1], verifier?: Verifier): Promise<ScannerNews[]> =>
	firstValueFrom(scans$(scanner, presences, tools(verifier)).pipe(toArray()));

afterEach(() => vi.useRealTimers());

test("a read that waits for its turn is told before the next one, and before the scanner's going away", async () => {
	const turns: (() => void)[] = [];
	const turn = () => new Promise<void>((resolve) => turns.push(resolve));
	const news: string[] = [];
	const presence$ = of(sends("]E04601234567893\r]E04600000000008\r"), away);
	scans$(scanner, presence$, tools(good, turn)).subscribe((one) => news.push(one.type));
	for (let count = 0; count < 2; count += 1) {
		await new Promise(setImmediate);
		expect(news).toEqual(["back", "scan"].slice(0, 1 + count));
		expect(turns).toHaveLength(1);
		turns.pop()?.();
	}
	await new Promise(setImmediate);
	expect(news).toEqual(["back", "scan", "scan", "away"]);
});

test("a card that can pay, an old card and a product become their scans, in order", async () => {
	const news = await told(
		of(sends("]C0771234567890123A1G", "97N967\r\n]Q1771234567890123\r", "]E04601234567893\r")),
	);
	expect(news.map((one) => (one.type === "scan" ? one.scan : one))).toEqual([
		{ type: "back", scanner: "front" },
		{
			kind: "payable",
			id: "scan-1",
			scanner: "front",
			symbology: "code128",
			at: expect.any(Number),
			brand: "example",
			cardNumber: new Secret("1234567890123"),
			cardSession: new Secret("A1G97N"),
			password: new Secret("967"),
			verdict: { good: true, stepsOff: 0 },
		},
		{
			kind: "loyalty",
			id: "scan-2",
			scanner: "front",
			symbology: "qr",
			at: expect.any(Number),
			brand: "example",
			cardNumber: new Secret("1234567890123"),
		},
		{
			kind: "foreign",
			id: "scan-3",
			scanner: "front",
			symbology: "ean13",
			at: expect.any(Number),
			bytes: Uint8Array.from(Buffer.from("4601234567893")),
		},
	]);
});

test("a wrong password is told as the clock's fault while the clock is off", async () => {
	const wrong = tools({ ...good, verify: async () => ({ good: false, fault: "password-wrong" }) });
	const presence$ = of(sends("]C0771234567890123A1G97N967\r"));
	const road$ = scans$(scanner, presence$, { ...wrong, clockIsOff: () => true });
	const [, news] = await firstValueFrom(road$.pipe(toArray()));
	expect(news).toMatchObject({ scan: { verdict: { good: false, fault: "clock-off" } } });
});

test("what a card holds is in no print of its news", async () => {
	const [, news] = await told(of(sends("]C0771234567890123A1G97N967\r")));
	for (const print of [inspect(news, { depth: 9 }), JSON.stringify(news)]) {
		expect(print).not.toMatch(/1234567890123|A1G97N|\b967\b/);
	}
});

test("bytes that are no card reach the POS unchanged", async () => {
	const byte = fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 0x0d && byte !== 0x0a);
	await fc.assert(
		fc.asyncProperty(fc.array(byte, { minLength: 1, maxLength: 60 }), async (content) => {
			const [, news] = await told(of(sends(`]d2${Buffer.from(content).toString("latin1")}\r`)));
			expect(news).toMatchObject({
				scan: { kind: "foreign", symbology: "gs1-datamatrix", bytes: Uint8Array.from(content) },
			});
		}),
	);
});

test("discarded bytes and a scanner that goes and comes back are told in their order", async () => {
	const news = await told(of(sends("]Q1half"), away, sends("x".repeat(70), "\r]Q1whole\r")));
	expect(news.map((one) => (one.type === "scan" ? one.scan.kind : one))).toEqual([
		{ type: "back", scanner: "front" },
		{ type: "discarded", scanner: "front", length: 7, why: "unfinished" },
		{ type: "away", scanner: "front", gone: unplugged, retryInMs: 100 },
		{ type: "back", scanner: "front" },
		{ type: "discarded", scanner: "front", length: 67, why: "too-long" },
		{ type: "discarded", scanner: "front", length: 3, why: "too-long" },
		"foreign",
	]);
});

test("a scanner that stays away is told once, and again only for another reason", async () => {
	const refused = { ...away, gone: { reason: "refused", detail: "locked" } } as const;
	const news = await told(of(away, { ...away, retryInMs: 200 }, refused, refused, away, sends("")));
	expect(news.map((one) => (one.type === "away" ? one.gone.detail : one.type))).toEqual([
		"cable",
		"locked",
		"cable",
		"back",
	]);
});

test("a verifier that fails leaves a card unchecked and the road open", async () => {
	const card = "]C0771234567890123A1G97N967\r";
	const verify = () => Promise.reject(new FaultError("internal-failure"));
	const [, ...news] = await told(of(sends(card, card)), { ...good, verify });
	const unchecked = { scan: { verdict: { good: false, fault: "password-unchecked" } } };
	expect(news).toMatchObject([unchecked, unchecked]);
});

test("the verifier is not asked about an old card or a product", async () => {
	const verify = vi.fn(good.verify);
	await told(of(sends("]Q1771234567890123\r]E04601234567893\r")), { ...good, verify });
	expect(verify).not.toHaveBeenCalled();
});

test("a scan is there without any timer having run", async () => {
	vi.useFakeTimers();
	const port = new Subject<Uint8Array>();
	const news = firstValueFrom(
		scans$(scanner, of({ state: "open", port: portOf(port) }), tools()).pipe(skip(1)),
	);
	port.next(Buffer.from("]C0771234567890123A1G97N967\r"));
	expect(await news).toMatchObject({ type: "scan", scan: { kind: "payable", verdict: { good: true } } });
	expect(vi.getTimerCount()).toBe(0);
});

test("the time of a scan is that of its last byte, not that of the pause behind it", async () => {
	vi.useFakeTimers({ now: 1_000 });
	const port = new Subject<Uint8Array>();
	const slow = { ...scanner, framing: { by: "silence", gapMs: 50 } as const };
	const news = firstValueFrom(scans$(slow, of({ state: "open", port: portOf(port) }), tools()).pipe(skip(1)));
	port.next(Buffer.from("]E0460123"));
	vi.advanceTimersByTime(30);
	port.next(Buffer.from("4567893"));
	vi.advanceTimersByTime(50);
	expect(await news).toMatchObject({ scan: { at: 1_030 } });
});

test("a real line: cards before and after an unplug are judged, the second showing of one is a replay", async () => {
	const key = "0123456789abcdef0123456789abcdef";
	const totp: TotpSettings = {
		interval: 30,
		passLength: 3,
		hash: "SHA256",
		windowSteps: 10,
		keyDerivation: "hmac-prefix-number",
	};
	const verifier = builtinVerifier(
		[{ name: "example", key: new Secret(key), totp }],
		new Secret("till"),
		systemClock,
	);
	const mock = plugScanner(join(tmpdir(), `scanner-${randomUUID()}`));
	const presence$ = keepOpen(
		() => openSerial(mock.link, serialGeneric.line),
		{ firstWaitMs: 20, factor: 1, mostWaitMs: 20 },
		systemClock,
	);
	const heard: string[] = [];
	const isHeard = (what: string, times = 1) =>
		vi.waitUntil(() => heard.filter((one) => one === what).length >= times, { timeout: 20_000 });
	const watch = scans$(scanner, presence$, tools(verifier)).subscribe((news) => {
		const verdict = news.type === "scan" && news.scan.kind === "payable" ? news.scan.verdict : undefined;
		heard.push(verdict === undefined ? news.type : verdict.good ? "good" : verdict.fault);
	});
	const card = { prefix: "77", number: "1234567890123", key, symbology: "]C0" };
	await isHeard("back");
	const shown = await mock.showCard({ ...card, session: "A1G97N" });
	await isHeard("good");
	await mock.send(shown);
	await isHeard("password-replayed");
	await mock.unplug();
	await isHeard("away");
	await mock.replug();
	await isHeard("back", 2);
	await mock.showCard({ ...card, session: "B2H08P" });
	await isHeard("good", 2);
	watch.unsubscribe();
	await mock.close();
	expect(heard.filter((one) => one !== "away")).toEqual([
		"back",
		"good",
		"password-replayed",
		"back",
		"good",
	]);
});

test("a picture without a code is discarded, also where only the line's language says that pictures may come", async () => {
	const picture = scannerPacket(0xb1, 0, [0, 0, 0, 4, 0, 2, 0, 2, 0x31, 2, 0xff, 0xd8, 0xff, 0xe0]);
	const port = portOf(of(Uint8Array.from(picture)));
	const news = scans$({ ...scanner, framing: ssi }, of({ state: "open", port } as const), tools());
	expect(await firstValueFrom(news.pipe(toArray()))).toEqual([
		{ type: "back", scanner: "front" },
		{ type: "discarded", scanner: "front", length: 4, why: "not-a-read" },
	]);
});
