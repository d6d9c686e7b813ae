import { createServer } from "node:net";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { printerDrivers } from "../../drivers/index.ts";
import type { Block } from "../../src/model/block.ts";
import type { Port, PrinterDriver } from "../../src/model/device.ts";
import { FaultError } from "../../src/model/fault.ts";
import { openTcp } from "../../src/ports/tcp.ts";
import { printBlock } from "../../src/print/printer.ts";
import { dyingPort } from "./dying-port.ts";
import { handClock } from "./hand-clock.ts";
import {
	paperOut,
	ready,
	type Script,
	type ScriptedPrinter,
	startScriptedPrinter,
} from "./scripted-printer.ts";

const [epson, generic] = [driver("epson-tm-t20iii"), driver("generic-80mm")];

function driver(id: string): PrinterDriver {
	const found = printerDrivers[id];
	if (found === undefined) throw new FaultError("config-invalid", id);
	return found;
}

const block: Block = [{ kind: "text", text: "Молоко", align: "left", bold: false, size: 1 }, { kind: "cut" }];

const nothing: () => void = () => undefined;

/** Each deadline has a length of its own, by which a test lets it pass. */
const deadlines = { statusMs: 1, writeMs: 2, confirmMs: 3 };

const open: ScriptedPrinter[] = [];
afterEach(() => Promise.all(open.splice(0).map((printer) => printer.close())));

async function printerThat(does: Partial<Script>): Promise<ScriptedPrinter> {
	const printer = await startScriptedPrinter({ rounds: [ready, ready], confirms: "yes", ...does });
	open.push(printer);
	return printer;
}

/** Prints the block on a scripted printer and tells what came of it. */
function printing(
	printer: Pick<ScriptedPrinter, "port">,
	{ driver = epson, clock = handClock(), begun = nothing } = {},
) {
	const access = { driver, open: () => openTcp("127.0.0.1", printer.port, 1_000), deadlines };
	return printBlock(block, access, "A001", begun, clock);
}

const unknownAs = (detail: string) => ({ state: "unknown", fault: "print-unconfirmed", detail });
const countIn = (received: Buffer, wanted: Uint8Array) =>
	received.toString("latin1").split(Buffer.from(wanted).toString("latin1")).length - 1;
const blocksIn = (received: Buffer) => countIn(received, epson.encode(block));

test("a block whose process id comes back is printed", async () => {
	const printer = await printerThat({});
	expect(await printing(printer)).toEqual({ state: "printed", evidence: "process-id" });
	expect(blocksIn(printer.received())).toBe(1);
});

test("a block whose paper barrier is passed is printed", async () => {
	const printer = await printerThat({});
	const verdict = await printing(printer, { driver: generic });
	expect(verdict).toEqual({ state: "printed", evidence: "paper-barrier" });
});

test("a paper barrier that tells the end of the paper leaves the block unknown, with that reason", async () => {
	// Whether its status can be read or not.
	for (const rounds of [[ready], []]) {
		const printer = await printerThat({ rounds, confirms: "without-paper" });
		const clock = handClock();
		clock.pass(deadlines.statusMs);
		const verdict = await printing(printer, { driver: generic, clock });
		expect(verdict).toEqual(unknownAs("received, and now printer-paper-out"));
	}
});

test("a printer that has stopped when its paper barrier is passed leaves the block unknown", async () => {
	const printer = await printerThat({ rounds: [ready, paperOut] });
	const verdict = await printing(printer, { driver: generic });
	expect(verdict).toEqual(unknownAs("received, and now printer-paper-out"));
});

test("a paper barrier is enough for a printer that never tells its status, and it is not asked again", async () => {
	const printer = await printerThat({ rounds: [] });
	const clock = handClock();
	clock.pass(deadlines.statusMs);
	expect((await printing(printer, { driver: generic, clock })).state).toBe("printed");
	expect(countIn(printer.received(), generic.status().request)).toBe(1);
});

test("flow control and automatic status among the replies change nothing", async () => {
	const noise = [0x13, 0x14, 0x00, 0x11, 0x00, 0x0f];
	for (const driver of [epson, generic]) {
		expect((await printing(await printerThat({ noise }), { driver })).state).toBe("printed");
	}
});

test("a printer without paper gets no byte of the block", async () => {
	const printer = await printerThat({ rounds: [paperOut] });
	const begun: string[] = [];
	const verdict = await printing(printer, { begun: () => begun.push("begun") });
	expect(verdict).toEqual({ state: "not-printed", fault: "printer-paper-out" });
	expect(begun).toEqual([]);
	expect([...printer.received()]).toEqual([...epson.status().request]);
});

test("the block leaves only after the print was written down as begun", async () => {
	const printer = await printerThat({});
	const receivedAtBegin: Buffer[] = [];
	await printing(printer, { begun: () => receivedAtBegin.push(printer.received()) });
	expect(receivedAtBegin.map((bytes) => [...bytes])).toEqual([[...epson.status().request]]);
});

test("a print that cannot be written down as begun is not sent", async () => {
	const printer = await printerThat({});
	const begun = () => {
		throw new FaultError("journal-failed", "disk full");
	};
	const verdict = await printing(printer, { begun });
	expect(verdict).toEqual({ state: "not-printed", fault: "journal-failed", detail: "disk full" });
	expect(blocksIn(printer.received())).toBe(0);
});

test("a printer that never tells its status prints all the same", async () => {
	const printer = await printerThat({ rounds: [] });
	const clock = handClock();
	clock.pass(deadlines.statusMs);
	expect(await printing(printer, { clock })).toEqual({ state: "printed", evidence: "process-id" });
});

test("three answers of four are no status, and no reason not to print", async () => {
	const printer = await printerThat({ rounds: [[0x1a, 0x32, 0x12]] });
	const clock = handClock();
	const verdict = printing(printer, { clock });
	await printer.asked(Buffer.of(0x10, 4, 4));
	clock.pass(deadlines.statusMs);
	expect(await verdict).toEqual({ state: "printed", evidence: "process-id" });
});

test("a block that is never confirmed is unknown", async () => {
	const printer = await printerThat({ confirms: "never" });
	const clock = handClock();
	const verdict = printing(printer, { clock });
	await printer.asked(epson.confirmation("A001").request);
	clock.pass(deadlines.confirmMs);
	expect(await verdict).toEqual(unknownAs("no confirmation within 3 ms"));
	expect(blocksIn(printer.received())).toBe(1);
});

test("a block that is not confirmed because the paper ended is unknown, with that reason", async () => {
	const printer = await printerThat({ rounds: [ready, paperOut], confirms: "never" });
	const clock = handClock();
	const verdict = printing(printer, { clock });
	await printer.asked(epson.confirmation("A001").request);
	clock.pass(deadlines.confirmMs);
	expect(await verdict).toEqual(unknownAs("no confirmation within 3 ms, and now printer-paper-out"));
});

test("a printer that goes away in the middle of a block leaves it unknown", async () => {
	const printer = await printerThat({ hangUpAt: epson.status().request.length + 1 });
	expect(await printing(printer)).toMatchObject({ state: "unknown", fault: "print-unconfirmed" });
});

test("a printer that goes away before the block has not printed it", async () => {
	const printer = await printerThat({ hangUpAt: 1 });
	expect(await printing(printer)).toMatchObject({ state: "not-printed", fault: "printer-unreachable" });
	expect(blocksIn(printer.received())).toBe(0);
});

test("a printer that refuses the connection has not printed", async () => {
	const refused = createServer();
	await new Promise<void>((resolve) => refused.listen(0, "127.0.0.1", resolve));
	const { port } = refused.address() as { port: number };
	await new Promise((resolve) => refused.close(resolve));
	expect(await printing({ port })).toMatchObject({
		state: "not-printed",
		fault: "printer-unreachable",
		detail: expect.stringContaining("ECONNREFUSED"),
	});
});

test("a printer that stops reading leaves the block unknown, and little of it waits in memory", async () => {
	const printer = await printerThat({ stopReadingAt: epson.status().request.length + 1 });
	const clock = handClock();
	const endless: PrinterDriver = { ...epson, encode: () => new Uint8Array(32 * 1_024 * 1_024) };
	let [waiting, mostWaiting] = [0, 0];
	const open = async (): Promise<Port> => {
		const port = await openTcp("127.0.0.1", printer.port, 1_000);
		const write = async (bytes: Uint8Array) => {
			waiting += bytes.length;
			mostWaiting = Math.max(mostWaiting, waiting);
			await port.write(bytes);
			waiting -= bytes.length;
		};
		return { ...port, write };
	};
	const begun = () => {
		clock.pass(deadlines.writeMs);
		// The port closes slowly, since what was written cannot leave.
		clock.pass(deadlines.statusMs);
	};
	const access = { driver: endless, open, deadlines };
	expect(await printBlock(block, access, "A001", begun, clock)).toEqual(
		unknownAs("the printer did not take all bytes within 2 ms"),
	);
	expect(mostWaiting).toBeLessThanOrEqual(4_096);
});

test("a channel that closes badly, or never, changes no verdict", async () => {
	for (const close of [
		() => Promise.reject(new TypeError("no such socket")),
		() => new Promise<void>(nothing),
	]) {
		const printer = await printerThat({});
		const clock = handClock();
		const open = async (): Promise<Port> => {
			const port = await openTcp("127.0.0.1", printer.port, 1_000);
			const closing = () => {
				clock.pass(deadlines.statusMs);
				return close();
			};
			return { ...port, close: closing };
		};
		const access = { driver: epson, open, deadlines };
		expect((await printBlock(block, access, "A001", nothing, clock)).state).toBe("printed");
	}
});

test("wherever a channel dies the verdict is honest and nothing is thrown", async () => {
	const long: Block = Array(300).fill(block[0]);
	const writesOfOnePrint = 2 + Math.ceil(epson.encode(long).length / 4_096);
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: writesOfOnePrint + 2 }), fc.boolean(), async (dies, takes) => {
			const taken: Uint8Array[] = [];
			const access = { driver: epson, open: async () => dyingPort(dies, takes, taken), deadlines };
			let begun = false;
			const verdict = await printBlock(long, access, "A001", () => (begun = true), handClock());
			expect(begun).toBe(dies > 1);
			expect(verdict.state).toBe(
				dies === 1 ? "not-printed" : dies <= writesOfOnePrint ? "unknown" : "printed",
			);
			if (verdict.state === "not-printed") expect(Buffer.concat(taken)).not.toContain(0x1b);
		}),
	);
});
