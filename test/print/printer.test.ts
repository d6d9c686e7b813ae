import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Block } from "../../src/model/block.ts";
import { openTcp } from "../../src/ports/tcp.ts";
import { openPrinter } from "../../src/print/printer.ts";
import {
	closeAll,
	countIn,
	epson,
	keptLog,
	line,
	nothing,
	printerInHand,
	printerThat,
	proofOf,
} from "./printing-kit.ts";
import { paperOut, ready } from "./scripted-printer.ts";

afterEach(closeAll);

async function printerWith(rounds: readonly (readonly number[])[]) {
	const scripted = await printerThat({ rounds });
	const { log, lines } = keptLog();
	const long = { connectMs: 5_000, statusMs: 5_000, writeMs: 5_000, confirmMs: 5_000, reloadMs: 5_000 };
	const facts = { name: "receipt", statusEveryMs: 60_000, deadlines: long };
	const open = () => openTcp("127.0.0.1", scripted.port, 1_000);
	const printer = openPrinter(facts, epson, { open }, { clock: systemClock, log });
	return { printer, scripted, lines };
}

const text = (words: string): Block => line(words);

test("blocks come out one at a time, in the order in which they were given", async () => {
	const { printer, scripted } = await printerWith([ready, ready, ready]);
	const begun: string[] = [];
	const names = ["first", "second", "third"];
	const verdicts = await Promise.all(
		names.map((name) => printer.print(text(name), { begun: () => begun.push(name) })),
	);
	expect(verdicts.map(({ state }) => state)).toEqual(["printed", "printed", "printed"]);
	expect(begun).toEqual(names);
	expect(
		scripted
			.received()
			.toString("latin1")
			.match(/first|second|third/g),
	).toEqual(names);
	expect(scripted.connections()).toEqual({ all: 3, most: 1 });
});

test("each block is confirmed by an id of its own", async () => {
	const { printer, scripted } = await printerWith([ready, ready]);
	await Promise.all(["a", "b"].map((words) => printer.print(text(words), { begun: nothing })));
	const head = Buffer.from(epson.confirmation("????")?.request ?? [])
		.toString("latin1")
		.slice(0, -4);
	const [, ...confirmations] = scripted.received().toString("latin1").split(head);
	const ids = confirmations.map((rest) => rest.slice(0, 4));
	expect(ids).toEqual([expect.stringMatching(/^[0-9A-Za-z]{4}$/), expect.stringMatching(/^[0-9A-Za-z]{4}$/)]);
	expect(new Set(ids).size).toBe(2);
});

test("a block that could not be printed holds up no other", async () => {
	const { printer } = await printerWith([paperOut, ready]);
	const verdicts = await Promise.all(
		["a", "b"].map((words) => printer.print(text(words), { begun: nothing })),
	);
	expect(verdicts.map(({ state }) => state)).toEqual(["not-printed", "printed"]);
});

test("a hook that fails in the middle of a block holds up no other", async () => {
	const { hand, printer, print } = printerInHand(epson, {
		waits: () => {
			throw new TypeError("nobody listens");
		},
	});
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.say([0x18, 0, 0x0c, 0x0f]);
	expect(await verdict).toEqual({
		state: "unknown",
		fault: "print-unconfirmed",
		detail: "nobody listens",
	});
	hand.habits.status = paperOut;
	expect((await printer.print(text("b"), { begun: nothing })).state).toBe("not-printed");
});

test("characters that the printer lacks are counted in the log, without the text", async () => {
	const { printer, lines } = await printerWith([ready]);
	await printer.print(text("Қазақстан"), { begun: nothing });
	expect(lines.map(({ facts }) => facts)).toEqual([{ printer: "receipt", unmapped: 2 }]);
});

test("what is known of a printer stays known between blocks that open their own channels", async () => {
	const { printer } = await printerWith([paperOut]);
	expect(printer.status()).toEqual({ state: "away", detail: "not reached yet" });
	await printer.print(text("a"), { begun: nothing });
	expect(printer.status()).toMatchObject({ state: "readable", conditions: { paper: "out" } });
});

test("a printer that is closed finishes the block under way, and begins none", async () => {
	const { hand, printer, print } = printerInHand(epson);
	hand.habits.echoes = false;
	const [first, second] = [print(), print()];
	await hand.asked(proofOf(epson));
	const closed = printer.close();
	hand.say([0x37, 0x22, ...Buffer.from("0000"), 0]);
	expect(await first).toEqual({ state: "printed", evidence: "process-id" });
	const notBegun = { state: "not-printed", fault: "print-interrupted", detail: "kassad is stopping" };
	expect(await second).toEqual(notBegun);
	expect(await print()).toEqual(notBegun);
	await closed;
	expect(countIn(hand.written(), Buffer.of(0x1b, 0x40))).toBe(1);
});

test("a block that is not confirmed in the time that a closing printer has is unknown", async () => {
	const { hand, clock, printer, print } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	clock.pass(1_500);
	await printer.close();
	expect(await verdict).toEqual({
		state: "unknown",
		fault: "print-interrupted",
		detail: "kassad is stopping",
	});
});
