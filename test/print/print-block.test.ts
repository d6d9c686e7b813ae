import { createServer } from "node:net";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { Block } from "../../src/model/block.ts";
import { FaultError } from "../../src/model/fault.ts";
import type { PrinterDriver } from "../../src/model/printer-driver.ts";
import { openPrinter } from "../../src/print/printer.ts";
import { dyingPort } from "./dying-port.ts";
import {
	block,
	blocksIn,
	clockInHand,
	closeAll,
	countIn,
	deadlines,
	epson,
	keptLog,
	nothing,
	printerThat,
	printing,
	statusEveryMs,
	unknownAs,
} from "./printing-kit.ts";
import { coverOpen, paperOut, ready } from "./scripted-printer.ts";

afterEach(closeAll);

const statusBytes = epson.status().request.length;

test("a printer without paper gets no byte of the block", async () => {
	const printer = await printerThat({ rounds: [paperOut] });
	const begun: string[] = [];
	const verdict = await printing(printer, { hooks: { begun: () => begun.push("begun") } });
	expect(verdict).toEqual({ state: "not-printed", fault: "printer-paper-out" });
	expect(begun).toEqual([]);
	expect([...printer.received()]).toEqual([...epson.status().request]);
});

test("an open cover is told before the paper that it hides", async () => {
	const printer = await printerThat({ rounds: [coverOpen] });
	expect(await printing(printer)).toEqual({ state: "not-printed", fault: "printer-cover-open" });
});

test("the block leaves only after the print was written down as begun", async () => {
	const printer = await printerThat({});
	const receivedAtBegin: Buffer[] = [];
	await printing(printer, { hooks: { begun: () => receivedAtBegin.push(printer.received()) } });
	expect(receivedAtBegin.map((bytes) => [...bytes])).toEqual([[...epson.status().request]]);
});

test("a print that cannot be written down as begun is not sent", async () => {
	const printer = await printerThat({});
	const begun = () => {
		throw new FaultError("journal-failed", "disk full");
	};
	const verdict = await printing(printer, { hooks: { begun } });
	expect(verdict).toEqual({ state: "not-printed", fault: "journal-failed", detail: "disk full" });
	expect(blocksIn(printer.received())).toBe(0);
});

test("a printer that never tells its status prints all the same", async () => {
	const printer = await printerThat({ rounds: [] });
	const clock = clockInHand();
	clock.pass(deadlines.statusMs);
	expect(await printing(printer, { clock })).toEqual({ state: "printed", evidence: "process-id" });
});

test("three answers of four are no status, and no reason not to print", async () => {
	const printer = await printerThat({ rounds: [[0x1a, 0x32, 0x12]] });
	const clock = clockInHand();
	const verdict = printing(printer, { clock });
	await printer.asked(Buffer.of(0x10, 4, 4));
	clock.pass(deadlines.statusMs);
	expect(await verdict).toEqual({ state: "printed", evidence: "process-id" });
});

test("what lay in the line before shifts no answer: the last four before a silence count", async () => {
	// An old answer of a printer without paper comes first.
	const printer = await printerThat({ rounds: [ready], greets: [0x1a, 0x32, 0x12] });
	expect((await printing(printer)).state).toBe("printed");
});

test("a printer that goes away in the middle of a block leaves it unknown", async () => {
	const printer = await printerThat({ hangUpAt: statusBytes + 1 });
	expect(await printing(printer)).toMatchObject({ state: "unknown", fault: "print-unconfirmed" });
});

test("a printer that goes away before the block, twice, has not printed it", async () => {
	const printer = await printerThat({ hangUpAt: 1 });
	expect(await printing(printer)).toMatchObject({ state: "not-printed", fault: "printer-unreachable" });
	expect(blocksIn(printer.received())).toBe(0);
	expect(printer.connections().all).toBe(2);
});

test("a channel that turns out dead before the first byte is opened once more, and the block comes out once", async () => {
	const printer = await printerThat({ hangUpAt: 1, hangsUp: 1 });
	const begun: string[] = [];
	const verdict = await printing(printer, { hooks: { begun: () => begun.push("begun") } });
	expect(verdict).toEqual({ state: "printed", evidence: "process-id" });
	expect([begun.length, blocksIn(printer.received())]).toEqual([1, 1]);
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
	const printer = await printerThat({ stopReadingAt: statusBytes + 1 });
	const clock = clockInHand();
	const endless: PrinterDriver = { ...epson, encode: () => new Uint8Array(32 * 1_024 * 1_024) };
	let [waiting, mostWaiting] = [0, 0];
	const verdict = printing(printer, {
		driver: endless,
		clock,
		hooks: {
			begun: () => {
				clock.pass(deadlines.writeMs);
				// The port closes slowly, since what was written cannot leave.
				clock.pass(1_500);
			},
		},
		through: (port) => ({
			...port,
			write: async (bytes) => {
				waiting += bytes.length;
				mostWaiting = Math.max(mostWaiting, waiting);
				await port.write(bytes);
				waiting -= bytes.length;
			},
		}),
	});
	expect(await verdict).toEqual(unknownAs("the printer took nothing for 2 ms"));
	expect(mostWaiting).toBeLessThanOrEqual(4_096);
});

test("a channel that closes badly, or never, changes no verdict", async () => {
	for (const close of [
		() => Promise.reject(new TypeError("no such socket")),
		() => new Promise<void>(nothing),
	]) {
		const printer = await printerThat({});
		const clock = clockInHand();
		const closing = () => {
			clock.pass(1_500);
			return close();
		};
		const verdict = await printing(printer, { clock, through: (port) => ({ ...port, close: closing }) });
		expect(verdict.state).toBe("printed");
	}
});

test("wherever a channel dies the verdict is honest, nothing is thrown, and no block is begun twice", async () => {
	const long: Block = Array(300).fill(block[0]);
	const pieces = Math.ceil(epson.encode(long).length / 4_096);
	// The status, the block in pieces, and the question for its proof.
	const writesOfOnePrint = 2 + pieces;
	const facts = { name: "receipt", statusEveryMs, deadlines };
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: writesOfOnePrint + 1 }), fc.boolean(), async (dies, takes) => {
			const taken: Uint8Array[] = [];
			const open = async () => dyingPort(dies, takes, taken);
			const clock = clockInHand();
			clock.pass(1_500);
			const printer = openPrinter(facts, epson, { open }, { clock, log: keptLog().log });
			const begins: number[] = [];
			const verdict = await printer.print(long, { begun: () => void begins.push(1) });
			const begun = begins.length;
			expect(begun).toBe(dies > 1 ? 1 : 0);
			expect(verdict.state).toBe(
				dies === 1 ? "not-printed" : dies <= writesOfOnePrint ? "unknown" : "printed",
			);
			if (verdict.state === "not-printed") expect(Buffer.concat(taken)).not.toContain(0x1b);
			expect(countIn(Buffer.concat(taken), Buffer.of(0x1b, 0x40))).toBe(
				begun === 0 || (dies === 2 && !takes) ? 0 : 1,
			);
		}),
	);
});
