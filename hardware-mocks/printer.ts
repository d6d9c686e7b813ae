import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { type Observable, Subject } from "rxjs";
import { Device, type Watcher } from "./printer/device.ts";
import { fontA } from "./printer/fonts.ts";
import { NetworkBoard } from "./printer/network-board.ts";
import type { PrinterFacts } from "./printer/pen.ts";
import { runPrinterProgram } from "./printer/program.ts";
import { type PrintedReceipt, receiptOf } from "./printer/receipt.ts";

export type { PrintedReceipt };

export type PrinterOptions = Partial<Omit<PrinterFacts, "dots">> & {
	/** Characters of font A in a line; must be what `dots` give. */
	readonly columns?: number;
	/** 384, 512 or 576 on the usual printers. */
	readonly dots: number;
	readonly host?: string;
	/** 0, or nothing, for any free port. */
	readonly port?: number;
	readonly paper?: "loaded" | "low" | "out";
	/** Never answers anything, as clones whose network board sends nothing back. */
	readonly mute?: boolean;
};

export type DrawerKick = { readonly pin: 2 | 5; readonly onMs: number };

/** A receipt printer that is not there, on a TCP port that is. */
export type MockPrinter = {
	readonly host: string;
	readonly port: number;
	/** Every receipt, in the order in which they came out. */
	readonly receipts: readonly PrintedReceipt[];
	readonly receipt$: Observable<PrintedReceipt>;
	readonly drawerKicks: readonly DrawerKick[];
	/** Unknown commands, and known ones that a real printer would not have obeyed. */
	readonly mistakes: readonly string[];
	readonly mistake$: Observable<string>;
	/** Bytes taken from the socket that have not been worked through. */
	readonly waiting: number;
	/** The roll ends: now, or after so many more lines of text. */
	paperOut(afterLines?: number): void;
	paperLow(): void;
	coverOpen(): void;
	/** The blade sticks until DLE ENQ or `reload`. */
	jamCutter(): void;
	/** Offline, and no sensor says why. */
	goOffline(): void;
	/** A new roll, the cover closed, every fault gone: what waits is printed. */
	reload(): void;
	/** The cashier feeds out what has been printed and tears it off: a receipt without a cut. */
	tear(): void;
	mute(isMute?: boolean): void;
	/** Takes no more bytes from the socket, real-time commands included. */
	stopReading(): void;
	/** Takes so many more bytes, then resets the connection. */
	dieAfter(bytes: number): void;
	close(): Promise<void>;
};

/**
 * Switches a printer on. Without more it is a faithful Epson; see `PrinterFacts` for what clones lack.
 * @throws {RangeError} when columns and dots do not belong together.
 */
export async function startPrinter(options: PrinterOptions): Promise<MockPrinter> {
	const { dots, columns = columnsOf(dots), host = "127.0.0.1", port = 0, mute = false } = options;
	if (columns !== columnsOf(dots))
		throw new RangeError(`${dots} dots are ${columnsOf(dots)} columns of font A, not ${columns}`);
	const records = openRecords(dots);
	const { chinese = false, processId = true, cutter = true } = options;
	const device = new Device(
		{ dots, chinese, processId, cutter },
		{ ...records.watcher, reply: (bytes) => board.reply(bytes) },
	);
	const board = new NetworkBoard(device, mute);
	device.change({ paper: options.paper ?? "loaded" });
	const server = createServer((socket) => board.accept(socket));
	server.listen(port, host);
	await once(server, "listening");
	return {
		host,
		port: (server.address() as AddressInfo).port,
		...records.kept,
		...controls(device, board),
		get waiting() {
			return device.waiting;
		},
		close: async () => {
			board.hangUp();
			server.close();
			await once(server, "close");
		},
	};
}

function columnsOf(dots: number): number {
	return Math.floor(dots / fontA.width);
}

/** What the printer has done, as lists and as streams. */
function openRecords(dots: number) {
	const receipts: PrintedReceipt[] = [];
	const drawerKicks: DrawerKick[] = [];
	const mistakes: string[] = [];
	const [receipt$, mistake$] = [new Subject<PrintedReceipt>(), new Subject<string>()];
	const watcher: Omit<Watcher, "reply"> = {
		printed: (piece, bytes) => {
			const receipt = receiptOf(piece, dots, columnsOf(dots), bytes);
			receipts.push(receipt);
			receipt$.next(receipt);
		},
		drawer: (pin, onMs) => drawerKicks.push({ pin, onMs }),
		mistake: (what) => {
			mistakes.push(what);
			mistake$.next(what);
		},
	};
	return { watcher, kept: { receipts, receipt$, drawerKicks, mistakes, mistake$ } };
}

/** What a hand at the printer, or bad luck, can do. */
function controls(device: Device, board: NetworkBoard) {
	return {
		paperOut: (afterLines = 0) => device.endPaperAfter(afterLines),
		paperLow: () => device.change({ paper: "low" }),
		coverOpen: () => device.change({ coverOpen: true }),
		jamCutter: () => device.change({ cutterJammed: true }),
		goOffline: () => device.change({ offline: true }),
		reload: () => {
			device.mend();
			board.startReading();
		},
		tear: () => device.tear(),
		mute: (isMute = true) => {
			board.mute = isMute;
		},
		stopReading: () => board.stopReading(),
		dieAfter: (bytes: number) => board.dieAfter(bytes),
	};
}

if (import.meta.main) await runPrinterProgram(startPrinter);
