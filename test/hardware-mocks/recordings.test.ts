import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastValueFrom, toArray } from "rxjs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { scannerDrivers } from "../../drivers/index.ts";
import { differences } from "../../src/cli/replay-table.ts";
import type { ScannerDriver } from "../../src/model/device.ts";
import { hexOf, parseRecording, type Recording, writtenRecording } from "../../src/scan/recording.ts";
import { type Played, played$ } from "../../src/scan/recording-play.ts";
import { redacted } from "../../src/scan/recording-redact.ts";

const folder = join(import.meta.dirname, "../../hardware-mocks/recordings");
const files = readdirSync(folder).filter((file) => file.endsWith(".jsonl"));
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");

/** Driver and recording of a file. */
function recorded(file: string): { recording: Recording; driver: ScannerDriver } {
	const recording = parseRecording(textOf(file), file);
	const driver = scannerDrivers[recording.header.driver];
	if (driver === undefined) throw new Error(`${file} is of an unknown driver`);
	return { recording, driver };
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

async function played(
	recording: Recording,
	driver: ScannerDriver,
	speed = 1,
	written: (bytes: Uint8Array) => void = () => undefined,
): Promise<Played[]> {
	const playing = { speed, written, mostPictureBytes: 4_194_304 };
	const all = lastValueFrom(played$(recording, driver, playing).pipe(toArray()));
	await vi.runAllTimersAsync();
	return all;
}

/** Drivers that differ from another one in its settings alone; the other has the recording. */
const variants = ["datalogic-serial-eu", "keyboard-wedge-ru", "zebra-icl", "zebra-nixdorf", "zebra-olivetti"];

test("there is a recording of every family of scanners", () => {
	const seen = new Set(files.map((file) => recorded(file).driver.id));
	const missing = Object.keys(scannerDrivers).filter((id) => !seen.has(id) && !variants.includes(id));
	expect(missing).toEqual([]);
});

describe.each(files)("%s", (file) => {
	test("is written as kassad itself would write it, and names each of its bytes", () => {
		const { recording } = recorded(file);
		expect(JSON.parse(writtenRecording(recording).split("\n")[0] ?? "")).toEqual(
			JSON.parse(textOf(file).split("\n")[0] ?? ""),
		);
		expect(recording.pieces.filter(({ names }) => names === undefined)).toEqual([]);
		expect(recording.pieces.length).toBeGreaterThan(0);
	});

	test("played through its driver gives the reads that it must, at any speed", async () => {
		const { recording, driver } = recorded(file);
		const { expected = [] } = recording.header;
		expect(expected.length).toBeGreaterThan(0);
		for (const speed of [1, 1_000]) {
			expect(differences(await played(recording, driver, speed), expected)).toEqual([]);
		}
	});

	test("redacted gives as many reads, of the same kinds and lengths", async () => {
		const { recording, driver } = recorded(file);
		const { framing = driver.framing, descriptor, aim = driver.aim } = recording.header;
		const rules = { framing, descriptor, codeIds: aim ? null : driver.codeIds, prefixes: ["77"] };
		const pieces = redacted(recording.pieces, rules, new Uint8Array(32).fill(9));
		const shape = (all: readonly Played[]) =>
			all
				.filter(({ kind }) => kind === "read")
				.map((one) => (one.kind === "read" ? [one.symbology, one.content.length] : []));
		const [before, after] = [await played(recording, driver), await played({ ...recording, pieces }, driver)];
		expect(shape(after)).toEqual(shape(before));
		const said = pieces.filter(({ from }) => from === "scanner").map(({ bytes }) => bytes);
		expect(Buffer.concat(said).toString("latin1")).not.toMatch(/DEMO01|4006381333931/);
	});
});

test.each(["zebra-ssi.jsonl", "zebra-ssi-picture.jsonl"])(
	"%s is answered byte for byte as it says",
	async (file) => {
		const { recording, driver } = recorded(file);
		const written: string[] = [];
		await played(recording, driver, 1, (bytes) => written.push(hexOf(bytes)));
		const said = recording.pieces.filter(({ from }) => from === "host").map(({ bytes }) => hexOf(bytes));
		expect(written).toEqual(said);
	},
);
