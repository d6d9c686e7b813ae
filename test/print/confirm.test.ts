import { afterEach, expect, test } from "vitest";
import { asb } from "./port-in-hand.ts";
import {
	block,
	blocksIn,
	budget,
	clockInHand,
	clone,
	closeAll,
	countIn,
	deadlines,
	epson,
	generic,
	printerInHand,
	printerThat,
	printing,
	proofOf,
	statusEveryMs,
	unknownAs,
} from "./printing-kit.ts";
import { paperOut, ready } from "./scripted-printer.ts";

afterEach(closeAll);

test("a block whose process id comes back is printed", async () => {
	const printer = await printerThat({});
	expect(await printing(printer)).toEqual({ state: "printed", evidence: "process-id" });
	expect(blocksIn(printer.received())).toBe(1);
});

test("a block whose paper barrier is passed is printed", async () => {
	const verdict = await printing(await printerThat({}), { driver: generic });
	expect(verdict).toEqual({ state: "printed", evidence: "paper-barrier" });
});

test("flow control and automatic status among the replies change nothing", async () => {
	const noise = [0x13, 0x10, 0x00, 0x11, 0x00, 0x0f];
	for (const driver of [epson, generic]) {
		expect((await printing(await printerThat({ noise }), { driver })).state).toBe("printed");
	}
});

test("the echo of another block proves nothing", async () => {
	const { hand, clock, print } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.say([0x37, 0x22, ...Buffer.from("zzzz"), 0]);
	clock.pass(budget(epson));
	expect(await verdict).toEqual(unknownAs(`no confirmation within ${budget(epson)} ms`));
	expect(blocksIn(hand.written())).toBe(1);
});

test("a paper barrier that tells the end of the paper leaves the block unknown, with that reason", async () => {
	const hidden = await printerThat({ rounds: [], confirms: "without-paper" });
	const clock = clockInHand();
	clock.pass(deadlines.statusMs);
	expect(await printing(hidden, { driver: generic, clock })).toEqual(
		unknownAs("received, and now printer-paper-out"),
	);
	const later = clockInHand();
	later.pass(deadlines.reloadMs);
	const told = await printerThat({ rounds: [ready, paperOut], confirms: "without-paper" });
	expect(await printing(told, { driver: generic, clock: later })).toEqual(
		unknownAs("it did not go on within 4 ms, after printer-paper-out"),
	);
});

test("a printer that has stopped when its paper barrier is passed leaves the block unknown", async () => {
	const printer = await printerThat({ rounds: [ready, paperOut] });
	const clock = clockInHand();
	clock.pass(deadlines.reloadMs);
	expect(await printing(printer, { driver: generic, clock })).toEqual(
		unknownAs("it did not go on within 4 ms, after printer-paper-out"),
	);
});

test("a printer that tells nothing any more when its paper barrier is passed leaves the block unknown", async () => {
	const clock = clockInHand();
	const verdict = printing(await printerThat({ rounds: [ready] }), {
		driver: generic,
		clock,
		hooks: { begun: () => clock.pass(deadlines.statusMs) },
	});
	expect(await verdict).toEqual(unknownAs("received, and it does not tell how it is any more"));
});

test("a paper barrier is enough for a printer that never tells its status, and it is not asked again", async () => {
	const printer = await printerThat({ rounds: [] });
	const clock = clockInHand();
	clock.pass(deadlines.statusMs);
	expect((await printing(printer, { driver: generic, clock })).state).toBe("printed");
	expect(countIn(printer.received(), generic.status().request)).toBe(1);
});

test("a block that is not confirmed because the paper ended is unknown, with that reason", async () => {
	const { hand, clock, print, waits } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.habits.status = paperOut;
	clock.pass(deadlines.reloadMs);
	clock.pass(budget(epson));
	expect(await verdict).toEqual(unknownAs("it did not go on within 4 ms, after printer-paper-out"));
	expect(waits).toEqual(["printer-paper-out"]);
});

test("a printer that cannot confirm is believed neither way", async () => {
	const { hand, print } = printerInHand({ ...generic, confirms: "none" });
	expect(await print()).toEqual({ state: "unknown", fault: "print-unconfirmable" });
	expect(blocksIn(hand.written(), block, generic)).toBe(1);
});

test("a printer that stops in the middle, and prints the rest after the reload, is waited for and confirmed", async () => {
	const { hand, print, waits } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.say(asb.paperOut);
	await turns();
	expect(waits).toEqual(["printer-paper-out"]);
	hand.say(asb.well);
	await turns();
	hand.say([0x37, 0x22, ...Buffer.from("0000"), 0]);
	expect(await verdict).toEqual({ state: "printed", evidence: "process-id" });
	expect(blocksIn(hand.written())).toBe(1);
});

test("an echo proves the block although the paper has ended behind it, before anyone puts in a new roll", async () => {
	const { hand, print } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.say(asb.paperOut);
	await turns();
	hand.say([0x37, 0x22, ...Buffer.from("0000"), 0]);
	expect(await verdict).toEqual({ state: "printed", evidence: "process-id" });
});

test("an echo that comes together with the end of the paper bothers nobody", async () => {
	const { hand, print, waits } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.say([...asb.paperOut, 0x37, 0x22, ...Buffer.from("0000"), 0]);
	expect((await verdict).state).toBe("printed");
	expect(waits).toEqual([]);
});

test("a printer that forgets the rest of a block at a stop leaves it unknown", async () => {
	const { hand, clock, print } = printerInHand({ ...epson, resumes: false });
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.say(asb.coverOpen);
	await turns();
	hand.say(asb.well);
	expect(await verdict).toEqual(unknownAs("it does not print the rest by itself, after printer-cover-open"));
	expect(clock.now()).toBe(0);
});

test("a barrier passed after a stop counts only when the printer stays well for as long as the block takes", async () => {
	for (const [status, verdict] of [
		[ready, { state: "printed", evidence: "paper-barrier" }],
		[paperOut, unknownAs("it did not go on within 4 ms, after printer-paper-out")],
	] as const) {
		const resuming = { ...clone, resumes: true };
		const { hand, clock, print } = printerInHand(resuming);
		hand.habits.barrier = [];
		const printed = print();
		await hand.asked(proofOf(resuming));
		hand.say(asb.paperOut);
		await turns();
		hand.say(asb.well);
		await turns();
		hand.say([0]);
		await clock.waiting(resuming.paperMs(block));
		hand.habits.status = status;
		clock.pass(deadlines.reloadMs);
		clock.pass(resuming.paperMs(block));
		expect(await printed).toEqual(verdict);
	}
});

test("a printer without automatic status is asked while its proof is waited for, so that a stop is told", async () => {
	const { hand, clock, print, waits } = printerInHand(generic);
	hand.habits.barrier = [];
	const verdict = print();
	await hand.asked(proofOf(generic));
	hand.habits.status = paperOut;
	clock.lapse(statusEveryMs);
	await hand.asked(generic.status().request, 2);
	await turns();
	expect(waits).toEqual(["printer-paper-out"]);
	clock.pass(deadlines.reloadMs);
	expect((await verdict).state).toBe("unknown");
});

test("a channel that ends before the proof leaves the block unknown, with the reason", async () => {
	const { hand, print } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.end("the cable was cut");
	expect(await verdict).toEqual(unknownAs("no confirmation before the channel ended: the cable was cut"));
});

/** Lets what has been said be heard: promises, and the scheduler that puts a stop behind an answer. */
async function turns(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
	await new Promise((resolve) => setImmediate(resolve));
}
