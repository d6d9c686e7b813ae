import { Subject } from "rxjs";
import { expect, test } from "vitest";
import type { Gone, Presence } from "../../src/model/device.ts";
import type { PrinterStatus } from "../../src/model/printer.ts";
import { openPrinter } from "../../src/print/printer.ts";
import { asb, portInHand } from "./port-in-hand.ts";
import {
	block,
	blocksIn,
	clockInHand,
	deadlines,
	epson,
	generic,
	keptLog,
	nothing,
	statusEveryMs,
} from "./printing-kit.ts";
import { paperOut, ready } from "./scripted-printer.ts";

const closed: Gone = { reason: "closed", detail: "the printer closed it" };
const refused: Gone = { reason: "refused", detail: "connection refused" };

function scene(driver = epson) {
	const presence$ = new Subject<Presence>();
	const clock = clockInHand();
	const { log, lines } = keptLog();
	let retries = 0;
	const way = {
		presence$,
		retry: () => {
			retries += 1;
		},
	};
	const printer = openPrinter({ name: "receipt", statusEveryMs, deadlines }, driver, way, { clock, log });
	const heard: PrinterStatus[] = [];
	printer.status$.subscribe((status) => heard.push(status));
	const open = () => {
		const hand = portInHand();
		presence$.next({ state: "open", port: hand.port });
		return hand;
	};
	const away = (gone: Gone) => presence$.next({ state: "away", gone, retryInMs: 1 });
	const print = () => printer.print(block, { begun: nothing });
	return { printer, clock, lines, heard, open, away, print, retries: () => retries };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const states = (heard: readonly PrinterStatus[]) => heard.map(({ state }) => state);

test("a channel that opens is greeted: how the printer is, that it shall tell changes, and once what it is", async () => {
	const { heard, open } = scene();
	const first = open();
	await first.asked(epson.identity().request);
	expect(first.written()).toEqual(
		Buffer.concat([epson.status().request, epson.announceChanges, epson.identity().request]),
	);
	await turn();
	const second = open();
	await second.asked(epson.announceChanges);
	await turn();
	expect(second.written()).toEqual(Buffer.concat([epson.status().request, epson.announceChanges]));
	expect(states(heard)).toEqual(["away", "readable"]);
});

test("what the printer reports is told at once, each change once and every bit of it", async () => {
	const { heard, open } = scene();
	const hand = open();
	await hand.asked(epson.announceChanges);
	for (const report of [asb.well, asb.paperOut, asb.paperOut, asb.coverOpen, asb.well]) hand.say(report);
	expect(heard.slice(2)).toMatchObject([
		{ conditions: { online: false, paper: "out", coverOpen: false } },
		{ conditions: { online: false, paper: "enough", coverOpen: true } },
		{ conditions: { online: true, paper: "enough", coverOpen: false } },
	]);
});

test("a printer that tells nothing by itself is asked every so often, and unreadable is a state of its own", async () => {
	const { clock, heard, open } = scene(generic);
	const hand = open();
	await clock.waiting(statusEveryMs);
	hand.habits.status = paperOut;
	clock.lapse(statusEveryMs);
	await hand.asked(generic.status().request, 2);
	await turn();
	hand.habits.status = [];
	await clock.waiting(statusEveryMs);
	clock.pass(deadlines.statusMs);
	clock.lapse(statusEveryMs);
	await hand.asked(generic.status().request, 3);
	await turn();
	expect(states(heard)).toEqual(["away", "readable", "readable", "unreadable"]);
});

test("a block is printed over the channel that is open, and the next one, too", async () => {
	const { open, print } = scene();
	const hand = open();
	expect((await print()).state).toBe("printed");
	expect((await print()).state).toBe("printed");
	expect(blocksIn(hand.written())).toBe(2);
});

test("after each block the printer is told again to tell its changes: clones forget it", async () => {
	const { open, print } = scene();
	const hand = open();
	await print();
	const behind = hand.written().subarray(hand.written().indexOf(Buffer.from(epson.encode(block))));
	expect(behind.indexOf(Buffer.from(epson.announceChanges))).toBeGreaterThan(0);
});

test("a printer that closes an idle channel is not away as long as it opens again at once", async () => {
	const { heard, open, away } = scene();
	const first = open();
	await first.asked(epson.announceChanges);
	away(closed);
	const second = open();
	await second.asked(epson.announceChanges);
	expect(states(heard)).toEqual(["away", "readable"]);
	away(closed);
	away(refused);
	expect(heard.at(-1)).toEqual({ state: "away", detail: "connection refused" });
});

test("a printer that is unplugged is away at once", async () => {
	const { heard, open, away } = scene();
	await open().asked(epson.announceChanges);
	away({ reason: "unplugged", detail: "no such device" });
	expect(heard.at(-1)).toEqual({ state: "away", detail: "no such device" });
});

test("a block for a printer that is away waits for one try, which it has made at once", async () => {
	const { open, away, print, retries } = scene();
	away(refused);
	const lost = print();
	await turn();
	expect(retries()).toBe(1);
	away(refused);
	expect(await lost).toEqual({
		state: "not-printed",
		fault: "printer-unreachable",
		detail: "connection refused",
	});
	const printed = print();
	await turn();
	open();
	expect((await printed).state).toBe("printed");
});

test("a try that takes too long ends the waiting of a block", async () => {
	const { clock, print } = scene();
	clock.pass(deadlines.connectMs);
	expect(await print()).toMatchObject({ state: "not-printed", fault: "printer-unreachable" });
});

test("a channel that turns out dead when a block begins is opened once more", async () => {
	const { open, away, print } = scene();
	const first = open();
	await first.asked(epson.announceChanges);
	await turn();
	first.habits.status = [];
	const verdict = print();
	await first.asked(epson.status().request, 2);
	first.end("reset");
	await turn();
	away({ reason: "failed", detail: "reset" });
	await turn();
	const second = open();
	expect((await verdict).state).toBe("printed");
	expect([blocksIn(first.written()), blocksIn(second.written())]).toEqual([0, 1]);
});

test("a channel in which a block got stuck is closed, so that the next block is not taken for its rest", async () => {
	const { clock, open, print } = scene();
	const hand = open();
	await hand.asked(epson.announceChanges);
	await turn();
	let closes = 0;
	void hand.port.gone.then(() => (closes += 1));
	hand.habits.status = ready;
	const verdict = print();
	await hand.asked(epson.status().request, 2);
	hand.habits.taking = new Promise(() => undefined);
	clock.pass(deadlines.writeMs);
	expect((await verdict).state).toBe("unknown");
	await turn();
	expect(closes).toBe(1);
});
