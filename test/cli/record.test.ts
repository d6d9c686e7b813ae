import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plugSsiScanner } from "../../hardware-mocks/scanner/ssi.ts";
import { parseRecording } from "../../src/scan/recording.ts";
import { brandKey } from "../settings-file.ts";
import { type Bench, setBench } from "./scanner-bench.ts";

let bench: Bench;
let out: string;
beforeEach(() => {
	bench = setBench();
	out = join(bench.folder, "front.jsonl");
});
afterEach(() => bench.clear());

/** Marked like dye. */
const card = { prefix: "77", number: "8067305918246", session: "ZQ7XW9", key: brandKey } as const;
const jpegStart = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
const byName = () => ["record", "--config", bench.config, "--scanner", "front", "--out", out];

test("a card that is recorded leaves nothing of its number, session and password in the file", async () => {
	const running = bench.start("terminal", byName());
	await running.shows("Ctrl-C ends it");
	const sent = await bench.scanner.showCard(card);
	await running.shows(/\d pieces, 28 bytes, 1 reads, \d+ s/);
	running.interrupt();
	expect(await running.ended).toBe(0);
	expect(running.screen).toMatch(/\d+ pieces are in .*front\.jsonl/);
	const text = readFileSync(out, "utf8");
	const { header, pieces } = parseRecording(text, out);
	const said = Buffer.concat(pieces.map(({ bytes }) => bytes)).toString("latin1");
	expect(said).toMatch(/^\]Q177[0-9]{13}[A-Z]{2}[0-9][A-Z]{2}[0-9]{4}\r$/);
	const whole = `${running.screen}${said}${text}`;
	for (const secret of [card.number, card.session, Buffer.from(sent).toString("latin1").slice(5, -1)]) {
		expect(whole).not.toContain(secret);
		expect(whole).not.toContain(Buffer.from(secret).toString("hex"));
	}
	expect(header).toMatchObject({ driver: "serial-generic", channel: "serial", redacted: true });
	expect(statSync(out).mode & 0o077).toBe(0);
}, 120_000);

test("any device is recorded by its path and family for some seconds, and can be replayed", async () => {
	const path = ["--path", bench.scanner.link, "--driver", "serial-generic"];
	const running = bench.start("pipe", [
		"record",
		...path,
		"--out",
		out,
		"--seconds",
		"2",
		"--title",
		"Front",
	]);
	await running.shows("Recording");
	await bench.scanner.show("]E0", "4006381333931");
	expect(await running.ended).toBe(0);
	const replay = bench.start("pipe", ["replay", out, "--config", bench.config]);
	expect(await replay.ended).toBe(0);
	expect(replay.screen).toMatch(/^Front \(serial-generic\)\n/);
	expect(replay.screen).toMatch(/│ \d\.\d{3} +│ ean13 +│ 13 +│ (3\d ){12}3\d +│/);
}, 120_000);

test("a picture above `pictures.mostBytes` is recorded and counts as no read", async () => {
	const link = join(bench.folder, "pictures");
	bench.change((settings) => {
		settings.scanners = [{ ...settings.scanners[0], driver: "zebra-ssi", path: link }];
		settings.scans.pictures.mostBytes = 1_024;
	});
	const scanner = plugSsiScanner(link, { sendsPackets: true });
	const running = bench.start("terminal", byName());
	await running.shows("Ctrl-C ends it");
	const picture = (length: number) => Buffer.concat([Buffer.alloc(10), jpegStart, Buffer.alloc(length - 4)]);
	await scanner.picture(picture(1_025));
	await scanner.picture(picture(1_024));
	await running.shows("1 reads");
	running.interrupt();
	expect(await running.ended).toBe(0);
	expect(running.screen).toMatch(/pieces, \d{4,} bytes, 0 reads/);
	expect(running.screen).not.toContain("2 reads");
	await scanner.close();
}, 120_000);

test("a pulled cable ends the recording, and what had come is kept", async () => {
	const running = bench.start("pipe", byName());
	await running.shows("Recording");
	await bench.scanner.show("]E0", "4006381333931");
	await bench.scanner.unplug();
	expect(await running.ended).toBe(0);
	expect(running.screen).toContain("The scanner is away: ");
	expect(existsSync(out)).toBe(true);
}, 120_000);

test.each([
	["a scanner that the settings do not have", 2, ["--scanner", "rear"], /has no scanner rear; it has: front/],
	["neither a scanner nor a path", 2, [], /expected --scanner, or --path and --driver/],
	["a path without a family", 2, ["--path", "/dev/null"], /expected --scanner, or --path and --driver/],
	[
		"a family that there is not",
		2,
		["--path", "/dev/null", "--driver", "abacus"],
		/there is no driver abacus/,
	],
	["a device that is not there", 1, ["--path", "/dev/none", "--driver", "zebra-ssi"], /\/dev\/none/],
])(
	"%s is told, and no file is made",
	async (_, status, flags, words) => {
		const running = bench.start("pipe", ["record", "--config", bench.config, "--out", out, ...flags]);
		expect(await running.ended).toBe(status);
		expect(running.screen).toMatch(words);
		expect(existsSync(out)).toBe(false);
	},
	60_000,
);

test("a file that is there already stays as it is", async () => {
	const running = bench.start("pipe", [...byName().slice(0, -1), bench.config]);
	expect(await running.ended).toBe(2);
	expect(running.screen).toContain("is there already");
}, 120_000);
