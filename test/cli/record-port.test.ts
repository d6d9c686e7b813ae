import { Subject } from "rxjs";
import { expect, test } from "vitest";
import { zebraSsi } from "../../drivers/scanners/zebra-ssi.ts";
import { type RecordedSoFar, recordPort } from "../../src/cli/record-port.ts";
import type { Gone, Port } from "../../src/model/device.ts";
import { hexOf, writtenRecording } from "../../src/scan/recording.ts";

const ssi = { framing: { ...zebraSsi.framing, setup: [] }, mostFrameBytes: 8_192, acknowledges: false };
const byMarks = { by: "marks", start: [], ends: [[13]], settleMs: 0 } as const;
const marks = { framing: byMarks, mostFrameBytes: 8_192, acknowledges: true };

function fakePort() {
	const bytes$ = new Subject<Uint8Array>();
	const { promise: gone, resolve: leave } = Promise.withResolvers<Gone>();
	const port: Port = { bytes$, gone, write: async () => undefined, close: async () => undefined };
	return { port, leave, say: (hex: string) => bytes$.next(new Uint8Array(Buffer.from(hex, "hex"))) };
}

const shown = (pieces: readonly { from: string; bytes: Uint8Array }[]) =>
	pieces.map(({ from, bytes }) => `${from} ${hexOf(bytes)}`);

test("a scanner that wants answers is answered meanwhile, and the answers are recorded", async () => {
	const stop = new AbortController();
	const { port, say } = fakePort();
	const told: RecordedSoFar[] = [];
	const recording = recordPort(port, ssi, stop.signal, (soFar) => told.push(soFar));
	say("0af300001c48454c4c4ffd73");
	stop.abort();
	const { pieces, end } = await recording;
	expect(end).toBe("stopped");
	expect(shown(pieces)).toEqual([
		"host 04e90400ff0f",
		"scanner 0af300001c48454c4c4ffd73",
		"host 04d00400ff28",
	]);
	expect(told.at(-1)).toMatchObject({ pieces: 3, bytes: 12, reads: 1 });
});

test("answers on the link itself are recorded, too", async () => {
	const { port, say, leave } = fakePort();
	const recording = recordPort(port, marks, new AbortController().signal, () => undefined);
	say("41420d");
	leave({ reason: "unplugged", detail: "pulled" });
	const { pieces, end } = await recording;
	expect(end).toEqual({ reason: "unplugged", detail: "pulled" });
	expect(shown(pieces)).toEqual(["scanner 41420d", "host 06"]);
});

test("a scanner that never stops fills one file and no more", async () => {
	const { port, say } = fakePort();
	const recording = recordPort(port, marks, new AbortController().signal, () => undefined);
	for (let index = 0; index < 70_000; index += 1) say("ff".repeat(32));
	const { pieces, end } = await recording;
	expect(end).toBe("full");
	const header = { kassadRecording: 1, channel: "serial", title: "t", redacted: true, driver: "x" } as const;
	expect(writtenRecording({ header, pieces }).length).toBeLessThan(4_194_304);
	expect(pieces.length).toBeGreaterThan(30_000);
});
