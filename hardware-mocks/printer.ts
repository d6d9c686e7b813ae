import type { Observable } from "rxjs";
import type { Clock } from "../src/model/clock.ts";
import type { Board } from "./printer/board.ts";
import { Device } from "./printer/device.ts";
import type { PrinterFacts } from "./printer/facts.ts";
import { FifoBoard } from "./printer/fifo-board.ts";
import { type Hands, handsOf } from "./printer/hands.ts";
import { type ModelName, models } from "./printer/models.ts";
import { NetworkBoard } from "./printer/network-board.ts";
import { runPrinterProgram } from "./printer/program.ts";
import { realClock } from "./printer/real-clock.ts";
import type { PrintedReceipt } from "./printer/receipt.ts";
import { columnsOf, type DrawerKick, type Happening, type Loss, PrinterRecord } from "./printer/record.ts";
import { type Garbling, ReplyLine } from "./printer/reply-line.ts";
import type { SeenAs } from "./printer/search.ts";
import { SerialBoard, type SerialOptions } from "./printer/serial-board.ts";
import type { Condition } from "./printer/status.ts";

export type { ModelName, PrintedReceipt };

export type PrinterOptions = Partial<PrinterFacts> & {
	/** Without it a faithful Epson with all that Epsons have; other facts here are the model's exceptions. */
	readonly model?: ModelName;
	/** Characters of font A in a line; must be what `dots` give. */
	readonly columns?: number;
	readonly host?: string;
	/** 0, or nothing, for any free port; null for a printer that is not on the network. */
	readonly port?: number | null;
	/** A serial line besides. */
	readonly serial?: SerialOptions;
	/** A FIFO besides; nothing comes back from it. */
	readonly fifo?: string;
	readonly paper?: Condition["paper"];
	/** Never answers anything, as clones whose network board sends nothing back. */
	readonly mute?: boolean;
	/** A bad line from the start. */
	readonly garbling?: Garbling;
	/** How fast paper moves; it takes no time when left out. A cut takes 300 ms, unless said. */
	readonly mmPerS?: number;
	readonly cutMs?: number;
	/** The computer's own when left out. */
	readonly clock?: Clock;
};

/** A receipt printer that is not there, on lines that are. */
export type MockPrinter = Hands & {
	readonly host: string;
	/** 0 when it is not on the network. */
	readonly port: number;
	/** Every receipt, in the order in which they came out. */
	readonly receipts: readonly PrintedReceipt[];
	readonly receipt$: Observable<PrintedReceipt>;
	/** What hangs in the printer, as if it were torn off now. */
	readonly hanging: PrintedReceipt;
	/**
	 * How often a text is on paper, what hangs in the printer included. `text` (unless said) counts lines that are whole,
	 * `torn` those of which rows of dots are missing, `symbol` the data of whole codes. Spaces count for nothing.
	 */
	timesOnPaper(text: string, as?: SeenAs): number;
	readonly drawerKicks: readonly DrawerKick[];
	/** Unknown commands, and known ones that a real printer would not have obeyed. */
	readonly mistakes: readonly string[];
	readonly mistake$: Observable<string>;
	/** Bytes that it had taken and forgot. */
	readonly losses: readonly Loss[];
	/** All of this and every change of its condition, in order. */
	readonly history: readonly Happening[];
	readonly condition: Condition;
	/** Bytes taken from the line that have not been worked through. */
	readonly waiting: number;
};

/**
 * Switches a printer on.
 * @throws {RangeError} when columns and dots do not belong together.
 */
export async function startPrinter(options: PrinterOptions): Promise<MockPrinter> {
	const { clock = realClock, mute = false, garbling } = options;
	const facts = factsOf(options);
	const record = new PrinterRecord(facts.dots, clock);
	let served: Board | undefined;
	const answers = new ReplyLine((bytes) => served?.reply(bytes), clock);
	answers.mute = mute;
	answers.garble(garbling);
	const boards: Board[] = [];
	const watcher = {
		...record.watcher(),
		reply: (bytes: Uint8Array) => answers.reply(bytes),
		moved: () => {
			for (const board of boards) board.readOn();
		},
	};
	const device = new Device(facts, watcher, speedOf(options, clock));
	if (options.paper !== undefined && options.paper !== "loaded") device.change({ paper: options.paper });
	const heard = (board: Board) => {
		served = board;
	};
	const network = await connect(options, { device, record, boards, heard });
	const hands = handsOf({ device, boards, answers, record, clock });
	return {
		...hands,
		host: network?.host ?? "",
		port: network?.port ?? 0,
		...told(record),
		timesOnPaper: (text, as = "text") => record.times(device, text, as),
		get hanging() {
			return record.hanging(device);
		},
		get condition() {
			return device.condition;
		},
		get waiting() {
			return device.waiting;
		},
	};
}

function factsOf(options: PrinterOptions): PrinterFacts {
	const own = { dots: 576, chinese: false, processId: true, cutter: true };
	const facts = { ...own, ...(options.model && models[options.model]), ...options };
	const { dots, columns = columnsOf(dots) } = facts;
	if (columns !== columnsOf(dots))
		throw new RangeError(`${dots} dots are ${columnsOf(dots)} columns of font A, not ${columns}`);
	return facts;
}

function speedOf({ mmPerS, cutMs = 300 }: PrinterOptions, clock: Clock) {
	return mmPerS === undefined ? undefined : { mmPerS, cutMs, clock };
}

type Inside = {
	readonly device: Device;
	readonly record: PrinterRecord;
	readonly boards: Board[];
	readonly heard: (board: Board) => void;
};

async function connect(options: PrinterOptions, { device, record, boards, heard }: Inside) {
	const { host = "127.0.0.1", port = 0, serial, fifo } = options;
	const network = port === null ? undefined : await NetworkBoard.open(device, heard, host, port);
	if (network !== undefined) boards.push(network);
	const lost = (bytes: Uint8Array) => record.lost("overrun", bytes);
	if (serial !== undefined) boards.push(new SerialBoard(device, heard, lost, serial));
	if (fifo !== undefined) boards.push(new FifoBoard(device, heard, fifo));
	return network;
}

function told(record: PrinterRecord) {
	const { receipts, receipt$, drawerKicks, mistakes, mistake$, losses, history } = record;
	return { receipts, receipt$, drawerKicks, mistakes, mistake$, losses, history };
}

if (import.meta.main) await runPrinterProgram(startPrinter);
