import type { Clock } from "../../src/model/clock.ts";
import type { Board } from "./board.ts";
import type { Device } from "./device.ts";
import type { PrinterRecord } from "./record.ts";
import type { Garbling, ReplyLine } from "./reply-line.ts";
import type { Condition } from "./status.ts";

/** What a hand at the printer, or bad luck, can do. */
export type Hands = {
	/** The roll ends: now, or after so many more lines of text. */
	paperOut(afterLines?: number): void;
	/** The roll ends after so many more dots, in the middle of whatever is printed there; low `lowBefore` dots earlier. */
	paperOutAfterDots(dots: number, lowBefore?: number): void;
	paperLow(): void;
	coverOpen(): void;
	/** The blade sticks until DLE ENQ or `reload`. */
	jamCutter(): void;
	/** The blade sticks when it moves the next time. */
	jamAtNextCut(): void;
	/** The head is too hot, and cools by itself after so many ms; without them at `reload`. */
	overheat(forMs?: number): void;
	/** Offline, and no sensor says why. */
	goOffline(): void;
	/** Any of what a printer's status bits can say, `broken` (until `befall({ broken: false })` or `reload`) too. */
	befall(change: Partial<Condition>): void;
	/** A new roll if the old one is out, the cover closed, every fault gone: what waits is printed, if it is not lost. */
	reload(): void;
	/** The cashier feeds out what has been printed and tears it off: a receipt without a cut. */
	tear(): void;
	mute(isMute?: boolean): void;
	/** Spoils what the printer answers, until called without anything. */
	garble(garbling?: Garbling): void;
	/** Takes no more bytes from any line, real-time commands included, until `reload`. */
	stopReading(): void;
	/** Takes so many more bytes, then resets the connection. */
	dieAfter(bytes: number): void;
	/** Pulls the plug: what it had not printed is gone, the paper stays, connections end. */
	powerOff(): Promise<void>;
	/** Wakes up with every setting as delivered. */
	powerOn(): Promise<void>;
	/** Takes so many more bytes, then loses its power. Resolves when that has happened and every connection has ended. */
	powerLossAfter(bytes: number): Promise<void>;
	/** Bytes that come by no line, as those of a file. */
	feed(bytes: Uint8Array): void;
	close(): Promise<void>;
};

export type Inside = {
	readonly device: Device;
	readonly boards: readonly Board[];
	readonly answers: ReplyLine;
	readonly record: PrinterRecord;
	readonly clock: Clock;
};

export function handsOf(inside: Inside): Hands {
	return { ...faultsOf(inside), ...linesOf(inside), ...powerOf(inside) };
}

function faultsOf({ device, boards, clock }: Inside) {
	return {
		paperOut: (afterLines = 0) => device.endPaperAfter(afterLines),
		paperOutAfterDots: (dots: number, lowBefore = 0) => device.endRollAfter(dots, lowBefore),
		paperLow: () => device.change({ paper: "low" }),
		coverOpen: () => device.change({ coverOpen: true }),
		jamCutter: () => device.change({ cutterJammed: true }),
		jamAtNextCut: () => device.jamAtNextCut(),
		overheat: (forMs?: number) => {
			device.change({ hot: true });
			if (forMs !== undefined) void clock.sleep(forMs).then(() => device.change({ hot: false }));
		},
		goOffline: () => device.change({ offline: true }),
		befall: (change: Partial<Condition>) => device.change(change),
		reload: () => {
			device.mend();
			for (const board of boards) board.read(true);
		},
		tear: () => device.tear(),
	};
}

function linesOf({ device, boards, answers }: Inside) {
	return {
		mute: (isMute = true) => {
			answers.mute = isMute;
		},
		garble: (garbling?: Garbling) => answers.garble(garbling),
		stopReading: () => {
			for (const board of boards) board.read(false);
		},
		dieAfter: (bytes: number) => {
			for (const board of boards) board.after(bytes, () => void board.reset());
		},
		feed: (bytes: Uint8Array) => device.receive(bytes),
	};
}

function powerOf({ device, boards, record }: Inside) {
	const powerOff = async () => {
		device.powerOff();
		record.power(false);
		await Promise.all(boards.map((board) => board.powerOff()));
	};
	return {
		powerOff,
		powerOn: async () => {
			await Promise.all(boards.map((board) => board.powerOn()));
			record.power(true);
			device.powerOn();
		},
		powerLossAfter: (bytes: number) =>
			new Promise<void>((resolve, reject) => {
				for (const board of boards) board.after(bytes, () => powerOff().then(resolve, reject));
			}),
		close: async () => {
			device.powerOff();
			await Promise.all(boards.map((board) => board.close()));
		},
	};
}
