import { Subject } from "rxjs";
import type { Gone, Port } from "../../src/model/device.ts";
import { ready } from "./scripted-printer.ts";

/** Automatic status: well, without paper, with the cover open. */
export const asb = {
	well: [0x10, 0, 0, 0x0f],
	paperOut: [0x18, 0, 0x0c, 0x0f],
	coverOpen: [0x38, 0, 0, 0x0f],
} as const;

/** A printer in memory: it answers as it is told to at each moment, and says what the test wants it to say. */
export function portInHand() {
	const bytes$ = new Subject<Uint8Array>();
	const { promise: gone, resolve } = Promise.withResolvers<Gone>();
	const written: Uint8Array[] = [];
	const wanted = new Set<() => void>();
	const habits = {
		/** Answers to DLE EOT 1 to 4; none for a mute one. */
		status: ready as readonly number[],
		/** Whether it echoes process ids, and what it answers to GS r 1. */
		echoes: true,
		barrier: [0] as readonly number[],
		/** The answer to GS I: three texts and the type. */
		identity: Buffer.from("_1.0\0_EPSON\0_TM-T20III\0\x02", "latin1") as Iterable<number>,
		/** What the next write waits for. */
		taking: Promise.resolve(),
	};
	const say = (bytes: Iterable<number>) => bytes$.next(Uint8Array.from(bytes));
	const answer = (bytes: Buffer) => {
		if (bytes[0] === 0x10) return say(habits.status);
		if (bytes.subarray(0, 2).equals(Buffer.of(0x1d, 0x49))) return say(habits.identity);
		const id = bytes.lastIndexOf(Buffer.of(0x1d, 0x28, 0x48));
		if (id >= 0 && habits.echoes) say([0x37, 0x22, ...bytes.subarray(id + 7, id + 11), 0]);
		if (bytes.subarray(-3, -1).equals(Buffer.of(0x1d, 0x72))) say(habits.barrier);
	};
	const port: Port = {
		bytes$,
		gone,
		write: async (bytes) => {
			await habits.taking;
			written.push(bytes);
			answer(Buffer.from(bytes));
			for (const look of wanted) look();
		},
		close: async () => resolve({ reason: "closed", detail: "closed by kassad" }),
	};
	return {
		port,
		habits,
		say,
		end: (detail: string) => {
			resolve({ reason: "failed", detail });
			bytes$.complete();
		},
		written: () => Buffer.concat(written),
		/** Resolves when the bytes have been written, so many times. */
		asked: (bytes: Uint8Array, times = 1) =>
			new Promise<void>((resolve) => {
				const look = () => {
					const text = Buffer.concat(written).toString("latin1");
					if (text.split(Buffer.from(bytes).toString("latin1")).length <= times) return;
					wanted.delete(look);
					resolve();
				};
				wanted.add(look);
				look();
			}),
	};
}

export type PortInHand = ReturnType<typeof portInHand>;
