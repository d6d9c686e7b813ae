import { expect, test } from "vitest";
import { asb } from "./port-in-hand.ts";
import { block, clone, deadlines, printerInHand, unknownAs } from "./printing-kit.ts";
import { paperOut } from "./scripted-printer.ts";

const byStatus = { ...clone, confirms: "status" as const, confirmation: () => null };
const paperMs = byStatus.paperMs(block);

/** Prints until the paper's time is waited for. */
async function waitingForPaper() {
	const scene = printerInHand(byStatus);
	const verdict = scene.print();
	await scene.clock.waiting(paperMs);
	return { ...scene, verdict };
}

test("a block is printed when its time is over and the printer is well", async () => {
	const { clock, verdict } = await waitingForPaper();
	clock.pass(paperMs);
	expect(await verdict).toEqual({ state: "printed", evidence: "status" });
});

test("a printer that is not well when the time is over leaves the block unknown", async () => {
	const { hand, clock, verdict, waits } = await waitingForPaper();
	hand.habits.status = paperOut;
	clock.pass(deadlines.reloadMs);
	clock.pass(paperMs);
	expect(await verdict).toEqual(unknownAs("it did not go on within 4 ms, after printer-paper-out"));
	expect(waits).toEqual(["printer-paper-out"]);
});

test("a printer that was seen stopped leaves the block unknown, however well it is afterwards", async () => {
	const { hand, clock, verdict } = await waitingForPaper();
	hand.say(asb.coverOpen);
	await clock.waiting(deadlines.reloadMs);
	hand.say(asb.well);
	expect(await verdict).toEqual(unknownAs("it went on, after printer-cover-open"));
});

test("a printer that does not answer when the time is over leaves the block unknown", async () => {
	const { hand, clock, verdict } = await waitingForPaper();
	hand.habits.status = [];
	clock.pass(deadlines.statusMs);
	clock.pass(paperMs);
	expect(await verdict).toEqual(unknownAs("it does not tell how it is any more"));
});

test("a channel that ends before the time is over leaves the block unknown", async () => {
	const { hand, verdict } = await waitingForPaper();
	hand.end("the cable was cut");
	expect(await verdict).toEqual(unknownAs("the channel ended while it was printed: the cable was cut"));
});
