import { expect, test } from "vitest";
import { asb } from "./port-in-hand.ts";
import { deadlines, epson, printerInHand, proofOf, unknownAs } from "./printing-kit.ts";

/** Lets what is under way go on until it waits. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A block of more than one piece. */
const long = Array(300).fill({ kind: "text", text: "Молоко", align: "left", bold: false, size: 1 });

test("a printer that takes nothing more because its paper ended is waited for, and gets the rest", async () => {
	const { hand, clock, print, waits } = printerInHand(epson, {
		begun: () => {
			hand.habits.taking = stuck.promise;
			begun.resolve();
		},
	});
	const [stuck, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const verdict = print(long);
	await begun.promise;
	await turn();
	await clock.waiting(deadlines.writeMs);
	hand.say(asb.paperOut);
	clock.lapse(deadlines.writeMs);
	await clock.waiting(deadlines.reloadMs);
	expect(waits).toEqual(["printer-paper-out"]);
	hand.say(asb.well);
	stuck.resolve();
	expect(await verdict).toEqual({ state: "printed", evidence: "process-id" });
	expect(
		hand
			.written()
			.subarray(12)
			.indexOf(Buffer.from(epson.encode(long))),
	).toBe(0);
});

test("a printer that takes nothing more, and says nothing of a stop, is not waited for", async () => {
	const { hand, clock, print, waits } = printerInHand(epson, {
		begun: () => {
			hand.habits.taking = new Promise(() => undefined);
			clock.pass(deadlines.writeMs);
		},
	});
	expect(await print(long)).toEqual(unknownAs("the printer took nothing for 2 ms"));
	expect(waits).toEqual([]);
});

test("a printer that stops again and again is given up", async () => {
	const { hand, clock, print, waits } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	for (let stop = 1; stop <= 8; stop += 1) {
		hand.say(asb.coverOpen);
		await clock.waiting(deadlines.reloadMs);
		hand.say(asb.well);
		await turn();
	}
	hand.say(asb.coverOpen);
	expect(await verdict).toEqual(unknownAs("it did not go on within 4 ms, after printer-cover-open"));
	expect(waits).toHaveLength(8);
});

test("a channel that ends while a new roll is waited for ends the waiting", async () => {
	const { hand, clock, print } = printerInHand(epson);
	hand.habits.echoes = false;
	const verdict = print();
	await hand.asked(proofOf(epson));
	hand.say(asb.paperOut);
	await clock.waiting(deadlines.reloadMs);
	hand.end("the cable was cut");
	expect((await verdict).state).toBe("unknown");
});
