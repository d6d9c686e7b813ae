import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printerDrivers } from "../../drivers/index.ts";
import { type MockPrinter, type ModelName, startPrinter } from "../../hardware-mocks/printer.ts";
import type { Block } from "../../src/model/block.ts";
import type { Clock } from "../../src/model/clock.ts";
import type { Port, SerialLine } from "../../src/model/device.ts";
import type { PrintVerdict } from "../../src/model/print.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";
import { openPrinterPort } from "../../src/ports/printer-port.ts";
import { openPrinter } from "../../src/print/printer.ts";
import { handClock } from "../print/hand-clock.ts";
import { keptLog } from "../print/printing-kit.ts";

export type Transport = "tcp" | "pty";
export const moments = ["before", "first byte", "middle", "after data", "in confirmation"] as const;
export type Moment = (typeof moments)[number];

export type Model = { readonly model: ModelName; readonly driver: string };

const deadlines = { connectMs: 5_000, statusMs: 1, writeMs: 2, confirmMs: 3, reloadMs: 4 };
/** How often a printer is asked, the silence at the beginning of a channel, and what closing may take, ms. */
const [statusEveryMs, silenceMs, graceMs] = [5, 100, 1_500];

/** A pseudo-terminal that is not read stands for the wire by which a printer holds the host back. */
const line: SerialLine = { baudRate: 38_400, dataBits: 8, parity: "none", stopBits: 1, flow: "none" };

/** The printer's own time: its paper moves at once, and not at all while the gate is shut. */
function gateClock(): Clock & { shut(): void; open(): void } {
	let now = 0;
	let held: (() => void)[] | undefined;
	return {
		now: () => now,
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				const go = () => {
					if (signal?.aborted) return reject(signal.reason);
					now += ms;
					resolve();
				};
				if (held === undefined) queueMicrotask(go);
				else held.push(go);
			}),
		shut: () => {
			held = [];
		},
		open: () => {
			const waiting = held ?? [];
			held = undefined;
			for (const go of waiting) go();
		},
	};
}

/** A printer of a model on a transport, and the paper that comes out of it over all cases. */
export async function openBench({ model, driver: id }: Model, transport: Transport) {
	const link = join(mkdtempSync(join(tmpdir(), "kassad-paper-")), "printer");
	const gate = gateClock();
	const serial = { link, flow: "rts-cts", cable: "rs-232" } as const;
	const channel = transport === "tcp" ? {} : { port: null, serial };
	const mock = await startPrinter({ model, ...channel, mmPerS: 200, clock: gate });
	const connection =
		transport === "tcp"
			? ({ by: "tcp", host: mock.host, port: mock.port } as const)
			: ({ by: "serial", path: link, line } as const);
	const openOnce = () => openPrinterPort(connection, null, deadlines.connectMs);
	// The system lets go of a line a moment after the last call to it has returned.
	const open = transport === "tcp" ? openOnce : () => patiently(openOnce);
	return { driver: printerDrivers[id] as PrinterDriver, mock, gate, open };
}

async function patiently(open: () => Promise<Port>): Promise<Port> {
	for (;;) {
		try {
			return await open();
		} catch (error) {
			if (!String(error).includes("Cannot lock port")) throw error;
			await moment$();
		}
	}
}

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** What befalls a printer, and how the deadlines are to take it. */
export type Trouble = {
	readonly befall: (mock: MockPrinter) => unknown;
	/**
	 * `answers`: nothing has to pass. `stops`: the first proof is not waited for to its end. `silent`: nothing is answered
	 * any more, and all deadlines pass. `garbles`: they pass when the garbage has come.
	 */
	readonly time: "answers" | "stops" | "silent" | "garbles";
	/** Whether a cashier helps at once when told that the printer waits. */
	readonly helps?: true;
};

/** How often the first, the middle and the last line of a block are on paper. */
type OnPaper = readonly [first: number, middle: number, last: number];
export type Outcome = {
	readonly verdict: PrintVerdict;
	/** When the verdict was given, and when everything had been put right. */
	readonly atVerdict: OnPaper;
	readonly inTheEnd: OnPaper;
};

const onPaper = (mock: MockPrinter, mark: string): OnPaper => [
	mock.timesOnPaper(`${mark}A`),
	mock.timesOnPaper(`${mark}M`),
	mock.timesOnPaper(`${mark}Z`),
];

const moment$ = () => new Promise((resolve) => setTimeout(resolve, 1));

async function seen(mock: MockPrinter, text: string): Promise<void> {
	while (mock.timesOnPaper(text) === 0) await moment$();
}

function blockOf(mark: string): Block {
	const texts = ["A", "b", "c", "M", "d", "e", "Z"].map((letter) => `${mark}${letter}`);
	const lines = texts.map((text) => ({ kind: "text", text, align: "left", bold: false, size: 1 }) as const);
	return [...lines, { kind: "cut" }];
}

/** Prints one block while that happens at that moment; then everything is put right, and the paper is read again. */
export async function befalling(
	bench: Bench,
	mark: string,
	moment: Moment,
	trouble: Trouble,
): Promise<Outcome> {
	const { driver, mock, gate } = bench;
	const block = blockOf(mark);
	const time = timeFor(deadlines.confirmMs + driver.paperMs(block), trouble);
	let begun = false;
	const happen = async () => {
		await trouble.befall(mock);
		time.takes();
	};
	const ports: Port[] = [];
	const open = async () => {
		const port = await bench.open();
		ports.push(port);
		const write = writing(port, { driver, mock, gate, block, mark, moment, happen, hasBegun: () => begun });
		return { ...port, write };
	};
	const facts = { name: "receipt", statusEveryMs, deadlines };
	const printer = openPrinter(facts, driver, { open }, { clock: time.clock, log: keptLog().log });
	if (moment === "before") await happen();
	if (moment === "in confirmation") gate.shut();
	const verdict = await printer.print(block, {
		begun: () => {
			begun = true;
			if (moment === "first byte") void happen();
		},
		waits: () => {
			if (trouble.helps) mock.reload();
			time.waits();
		},
	});
	time.over();
	const atVerdict = onPaper(mock, mark);
	await putRight(bench, ports);
	return { verdict, atVerdict, inTheEnd: onPaper(mock, mark) };
}

type Writing = Pick<Bench, "driver" | "mock" | "gate"> & {
	readonly block: Block;
	readonly mark: string;
	readonly moment: Moment;
	readonly happen: () => Promise<void>;
	readonly hasBegun: () => boolean;
};

/** Lets the trouble come between two halves of the block, behind it, or behind the question for its proof. */
function writing(port: Port, { driver, mock, gate, block, mark, moment, happen, hasBegun }: Writing) {
	const encoded = Buffer.from(driver.encode(block));
	let isAsked = false;
	return async (bytes: Uint8Array) => {
		const isBlock = encoded.equals(bytes);
		if (isBlock && moment === "middle") {
			const half = encoded.indexOf(`${mark}M`);
			await port.write(bytes.subarray(0, half));
			await seen(mock, `${mark}A`);
			await happen();
			return port.write(bytes.subarray(half));
		}
		await port.write(bytes);
		if (isBlock && moment === "after data") {
			await seen(mock, `${mark}Z`);
			await happen();
		}
		if (!isBlock && !isAsked && hasBegun() && moment === "in confirmation") {
			isAsked = true;
			await happen();
			gate.open();
		}
	};
}

/** The till's time in one case. */
function timeFor(budget: number, trouble: Trouble) {
	const clock = handClock();
	clock.pass(silenceMs);
	clock.pass(graceMs);
	let isOver = false;
	const passAll = () => {
		for (const ms of [deadlines.statusMs, budget, deadlines.reloadMs]) clock.pass(ms);
	};
	const askAgainAndAgain = async () => {
		while (!isOver) {
			clock.lapse(statusEveryMs);
			await moment$();
		}
	};
	return {
		clock,
		takes: () => {
			if (trouble.time === "silent") passAll();
			if (trouble.time === "garbles") setTimeout(passAll, 20);
			if (trouble.time === "stops") void clock.waiting(budget).then(() => clock.lapse(budget));
		},
		waits: () => {
			if (trouble.helps) void askAgainAndAgain();
			else clock.pass(deadlines.reloadMs);
		},
		over: () => {
			isOver = true;
		},
	};
}

/** What waits comes out; then the printer is off and on, so that no rest of a block is the beginning of the next. */
async function putRight({ mock, gate }: Bench, ports: readonly Port[]): Promise<void> {
	gate.open();
	mock.dieAfter(Number.POSITIVE_INFINITY);
	mock.garble();
	mock.mute(false);
	mock.reload();
	// Nobody else can open a line that is still being closed.
	await Promise.all(ports.map((port) => port.close()));
	await mock.powerOff();
	await mock.powerOn();
}
