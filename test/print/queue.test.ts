import { afterEach, expect, test } from "vitest";
import { printerDrivers } from "../../drivers/index.ts";
import { systemClock } from "../../src/clock.ts";
import type { Block } from "../../src/model/block.ts";
import type { PrinterDriver } from "../../src/model/device.ts";
import type { Log } from "../../src/model/log.ts";
import { openTcp } from "../../src/ports/tcp.ts";
import { printQueue } from "../../src/print/queue.ts";
import { paperOut, ready, type ScriptedPrinter, startScriptedPrinter } from "./scripted-printer.ts";

const driver = printerDrivers["epson-tm-t20iii"] as PrinterDriver;
const deadlines = { statusMs: 5_000, writeMs: 5_000, confirmMs: 5_000 };

const warned: object[] = [];
const ignore = () => undefined;
const log: Log = {
	trace: ignore,
	debug: ignore,
	info: ignore,
	warn: (facts) => warned.push(facts),
	error: ignore,
};

let printer: ScriptedPrinter | undefined;
afterEach(async () => {
	warned.length = 0;
	await printer?.close();
});

async function queueTo(rounds: readonly (readonly number[])[]) {
	const started = await startScriptedPrinter({ rounds, confirms: "yes" });
	printer = started;
	const open = () => openTcp("127.0.0.1", started.port, 1_000);
	return { queue: printQueue({ driver, open, deadlines }, systemClock, log), printer: started };
}

const block = (text: string): Block => [{ kind: "text", text, align: "left", bold: false, size: 1 }];

test("blocks come out one at a time, in the order in which they were given", async () => {
	const { queue, printer } = await queueTo([ready, ready, ready]);
	const begun: string[] = [];
	const names = ["first", "second", "third"];
	const verdicts = await Promise.all(names.map((name) => queue.print(block(name), () => begun.push(name))));
	expect(verdicts.map(({ state }) => state)).toEqual(["printed", "printed", "printed"]);
	expect(begun).toEqual(names);
	expect(
		printer
			.received()
			.toString("latin1")
			.match(/first|second|third/g),
	).toEqual(names);
	expect(printer.connections()).toEqual({ all: 3, most: 1 });
});

test("each block is confirmed by an id of its own", async () => {
	const { queue, printer } = await queueTo([ready, ready]);
	await Promise.all([queue.print(block("a"), ignore), queue.print(block("b"), ignore)]);
	const request = Buffer.from(driver.confirmation("????").request).toString("latin1").slice(0, -4);
	const [, ...confirmations] = printer.received().toString("latin1").split(request);
	const ids = confirmations.map((rest) => rest.slice(0, 4));
	expect(ids).toEqual([expect.stringMatching(/^[0-9a-z]{4}$/), expect.stringMatching(/^[0-9a-z]{4}$/)]);
	expect(new Set(ids).size).toBe(2);
});

test("a block that could not be printed holds up no other", async () => {
	const { queue } = await queueTo([paperOut, ready]);
	const verdicts = await Promise.all([queue.print(block("a"), ignore), queue.print(block("b"), ignore)]);
	expect(verdicts.map(({ state }) => state)).toEqual(["not-printed", "printed"]);
});

test("characters that the printer lacks are counted in the log, without the text", async () => {
	const { queue } = await queueTo([ready]);
	await queue.print(block("Қазақстан"), ignore);
	expect(warned).toEqual([{ driver: "epson-tm-t20iii", unmapped: 2 }]);
});
