import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstValueFrom, take, toArray } from "rxjs";
import { expect, test } from "vitest";
import { scannerDrivers } from "../../drivers/index.ts";
import { saidIn, sayAgain } from "../../hardware-mocks/replay.ts";
import { HidDeviceMock } from "../../hardware-mocks/scanner/hid-device.ts";
import { plugScanner } from "../../hardware-mocks/scanner.ts";
import type { Port, ScannerDriver } from "../../src/model/device.ts";
import { openHid } from "../../src/ports/hid.ts";
import { openSerial } from "../../src/ports/serial.ts";
import { reads$ } from "../../src/scan/reads.ts";
import { parseRecording, type Recording } from "../../src/scan/recording.ts";

const folder = join(import.meta.dirname, "../../hardware-mocks/recordings");
const line = { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;

function recorded(file: string): { recording: Recording; driver: ScannerDriver } {
	const recording = parseRecording(readFileSync(join(folder, file), "utf8"), file);
	const driver = scannerDrivers[recording.header.driver];
	if (driver === undefined) throw new Error(`${file} is of an unknown driver`);
	return { recording, driver };
}

const files = readdirSync(folder).filter((file) => file.endsWith(".jsonl"));
const of = (channel: string) => files.filter((file) => recorded(file).recording.header.channel === channel);
/** Their reads end with a mark, so that no pause is needed. */
const marked = of("serial").filter((file) => {
	const { framing } = recorded(file).driver;
	return framing.by === "marks" && framing.settleMs === 0;
});

/** What stands at the ends of as many reads as the recording has; in front of it there may be an identifier. */
async function heard(port: Port, file: string, play: () => Promise<void>): Promise<string[]> {
	const { recording, driver } = recorded(file);
	const { expected = [] } = recording.header;
	const frames = firstValueFrom(reads$(driver.framing, port, 8_192).pipe(take(expected.length), toArray()));
	await play();
	const cuts = await frames;
	await port.close();
	const texts = cuts.map((cut) =>
		cut.kind === "frame" ? Buffer.from(cut.bytes).toString("latin1") : cut.kind,
	);
	return texts.map((text, index) => text.slice(-(contents(file)[index]?.length ?? 0)));
}

function contents(file: string): string[] {
	const { expected = [] } = recorded(file).recording.header;
	return expected.map((one) => ("hex" in one ? Buffer.from(one.hex).toString("latin1") : one.picture));
}

test.each(marked)("%s reaches a host over a real line, without a pause between its pieces", async (file) => {
	const scanner = plugScanner(join(tmpdir(), `replay-${randomUUID()}`));
	const port = await openSerial(scanner.link, line);
	const said = saidIn(join(folder, file));
	const reads = await heard(port, file, () => sayAgain(said, scanner.send, Number.POSITIVE_INFINITY));
	await scanner.close();
	expect(reads).toEqual(contents(file));
});

test.each(of("hid"))("%s reaches a host through a device of node-hid", async (file) => {
	const { recording } = recorded(file);
	const device = new HidDeviceMock(() => undefined);
	const opened = await openHid("/dev/hidraw-none", { open: async () => device });
	const port: Port = {
		...opened,
		hid: { feature: async () => undefined, ...opened.hid, descriptor: recording.header.descriptor },
	};
	const said = saidIn(join(folder, file));
	const reads = await heard(port, file, () =>
		sayAgain(said, (report) => device.send(report), Number.POSITIVE_INFINITY),
	);
	expect(reads).toEqual(contents(file));
});
