import { createServer } from "node:net";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plugSsiScanner } from "../../hardware-mocks/scanner/ssi.ts";
import { symbolPng } from "../scan/pictures/drawing.ts";
import { brandKey } from "../settings-file.ts";
import { type Bench, setBench } from "./scanner-bench.ts";

let bench: Bench;
beforeEach(() => {
	bench = setBench();
});
afterEach(() => bench.clear());

const card = { prefix: "77", number: "8067305918246", session: "ZQ7XW9", key: brandKey } as const;
const secrets = /8067305918246|ZQ7XW9|5a 51 37 58 57 39|30 36 37 33 30 35/;
const bells = (screen: string) => screen.split("\u0007").length - 1;
const scan = () => ["scan", "--config", bench.config];

test("at a terminal each read has its tone and colour, and no secret of a card is shown", async () => {
	const running = bench.start("terminal", scan());
	await running.shows("front.*is there");
	await bench.scanner.showCard(card);
	await running.shows(/qr, card of example 80\*{7}8246, session of 6, password good.*\(\d+ ms\)/);
	expect(bells(running.screen)).toBe(1);
	expect(running.screen).toContain("\u001B[32m");
	await bench.scanner.showCard(card);
	await running.shows("password good, but shown before");
	expect(bells(running.screen)).toBe(3);
	expect(running.screen).toContain("\u001B[31m");
	await bench.scanner.show("]E0", "4006381333931");
	await running.shows(/ean13, 13 bytes "4006381333931"/);
	running.interrupt();
	expect(await running.ended).toBe(0);
	expect(stripVTControlCharacters(running.screen)).not.toMatch(secrets);
}, 120_000);

test("a wrong password tells how many steps off it may be", async () => {
	const running = bench.start("pipe", scan());
	await running.shows("is there");
	await bench.scanner.showCard({ ...card, at: Date.now() - 300_000 });
	await running.shows(/password wrong, it may be \d+ steps (old|early): compare the clocks/);
	expect(running.screen).not.toMatch(secrets);
	running.interrupt();
	expect(await running.ended).toBe(0);
}, 120_000);

test("a pipe gets neither colours nor tones, and without a key no password is judged", async () => {
	const running = bench.start("pipe", scan(), { KASSAD_BRAND_KEY: "" });
	await running.shows("No password is checked. brand example: .*KASSAD_BRAND_KEY is not set");
	await running.shows("is there");
	await bench.scanner.showCard(card);
	await running.shows("password not checked: no key of the brand");
	running.interrupt();
	expect(await running.ended).toBe(0);
	expect(stripVTControlCharacters(running.screen)).toBe(running.screen);
	expect(running.screen).not.toContain("\u0007");
}, 120_000);

test("NO_COLOR and --quiet leave the terminal in peace, and a pulled cable is told", async () => {
	const running = bench.start("terminal", [...scan(), "--quiet"], { NO_COLOR: "1" });
	await running.shows("is there");
	await bench.scanner.show("]E0", "4006381333931");
	await running.shows("ean13");
	await bench.scanner.unplug();
	await running.shows("front +is away: ");
	bench.scanner.replug();
	await running.shows(/is away[\s\S]*is there/);
	running.interrupt();
	expect(await running.ended).toBe(0);
	for (const control of ["\u0007", "\u001B[31m", "\u001B[32m"]) expect(running.screen).not.toContain(control);
}, 120_000);

test("a picture with a card is a scan, and one above `pictures.mostBytes` is none", async () => {
	const link = join(bench.folder, "pictures");
	const png = await symbolPng("qrcode", "771234567890123A1G97N967", 3);
	bench.change((settings) => {
		settings.scanners = [{ ...settings.scanners[0], driver: "zebra-ssi", path: link }];
		settings.scans.pictures.mostBytes = Math.max(png.length, 1_024);
	});
	const scanner = plugSsiScanner(link, { sendsPackets: true });
	const running = bench.start("pipe", scan());
	await running.shows("is there");
	const header = Buffer.alloc(10);
	await scanner.picture(Buffer.concat([header, png]));
	await running.shows(/qr, card of example 12\*{7}0123/);
	await scanner.picture(Buffer.concat([header, png, Buffer.alloc(1_024)]));
	await running.shows("bytes are no read: no end came, .* picture above `pictures.mostBytes`");
	running.interrupt();
	expect(await running.ended).toBe(0);
	await scanner.close();
}, 120_000);

test("beside the daemon it does not start, and says what to do", async () => {
	const daemon = createServer().listen(bench.socket);
	const running = bench.start("pipe", scan());
	expect(await running.ended).toBe(1);
	expect(running.screen).toContain(`its socket is ${bench.socket}): stop it`);
	await new Promise((resolve) => daemon.close(resolve));
}, 120_000);

test("a scanner that the settings do not have is told with those that they have", async () => {
	const running = bench.start("pipe", [...scan(), "--scanner", "rear"]);
	expect(await running.ended).toBe(2);
	expect(running.screen).toMatch(/no such scanner .*; it has: front/);
}, 120_000);
