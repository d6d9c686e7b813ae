import { expect, test } from "vitest";
import { converse } from "../../src/print/conversation.ts";
import { settleDebts } from "../../src/print/settle-debts.ts";
import { openWatch } from "../../src/print/watch.ts";
import { portInHand } from "./port-in-hand.ts";
import { clockInHand, deadlines, epson, generic, nothing } from "./printing-kit.ts";
import { paperOut, ready } from "./scripted-printer.ts";

/** A printer that owes so many answers, and gives so many when it is asked once more. */
async function settled(owes: number, gives: number, status: readonly number[], driver = generic) {
	const hand = portInHand();
	hand.habits.barrier = Array(gives).fill(0);
	hand.habits.status = status;
	const clock = clockInHand();
	clock.pass(deadlines.statusMs);
	const owed = { count: owes };
	const talk = converse(hand.port, { listen: driver.listen(), owed, unasked: nothing, clock });
	await settleDebts(talk, { driver, deadlines, watch: openWatch(), owed, clock });
	return { left: owed.count, asked: hand.written().length > 0 };
}

test("a printer that owes nothing is asked nothing, nor is one whose proofs have names", async () => {
	expect(await settled(0, 0, ready)).toEqual({ left: 0, asked: false });
	expect(await settled(1, 0, ready, epson)).toEqual({ left: 1, asked: false });
});

test("a printer that gives what it owes owes nothing any more", async () => {
	expect(await settled(2, 3, paperOut)).toEqual({ left: 0, asked: true });
});

test("what a printer that is well does not give has been lost", async () => {
	expect((await settled(2, 1, ready)).left).toBe(0);
});

test("what a printer without paper does not give may still come, and the question that settles, too", async () => {
	expect((await settled(2, 1, paperOut)).left).toBe(2);
	expect((await settled(2, 0, paperOut)).left).toBe(3);
	expect((await settled(2, 0, ready)).left).toBe(3);
});

test("of a printer that does not tell how it is only one answer can be known to be lost", async () => {
	expect((await settled(1, 1, [])).left).toBe(0);
	expect((await settled(2, 1, [])).left).toBe(2);
});
